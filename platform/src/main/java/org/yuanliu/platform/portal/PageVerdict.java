package org.yuanliu.platform.portal;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.springframework.stereotype.Component;
import org.yuanliu.codes.CodeReader;
import org.yuanliu.codes.Reading;
import org.yuanliu.industry.Level;
import org.yuanliu.platform.retention.LastVerdict;

/** The word at the head of a code's page. */
@Component
final class PageVerdict implements LastVerdict {
  private final CodeReader reader;
  private final ChainPages pages;

  PageVerdict(CodeReader reader, ChainPages pages) {
    this.reader = requireNonNull(reader, "reader is null");
    this.pages = requireNonNull(pages, "pages is null");
  }

  @Override
  public Optional<Level> of(String unit) {
    return switch (reader.read(unit)) {
      case Reading.Found(var code) -> pages.page(code).map(page -> page.verdict().level());
      case Reading.Ambiguous _ -> Optional.empty();
      case Reading.Unreadable _ -> Optional.empty();
    };
  }
}
