package org.yuanliu.platform.query;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.yuanliu.codes.CanonicalUri;
import org.yuanliu.codes.Code;
import org.yuanliu.codes.Reading;
import org.yuanliu.epcis.LdContext;
import org.yuanliu.platform.binding.CodeTexts;

/** Units, places and documents in whatever form a question writes them. */
@Component
final class QueryCodes {
  private final CodeTexts texts;

  QueryCodes(CodeTexts texts) {
    this.texts = requireNonNull(texts, "texts is null");
  }

  /** Any written form of a code; a URI of no known scheme stands for itself. */
  String canonical(QueryValue value, String text, LdContext context) {
    if (text.indexOf(':') > 0) {
      return CanonicalUri.of(context.expand(text));
    }
    return switch (texts.read(text)) {
      case Reading.Found(Code code) -> code.canonical();
      case Reading.Ambiguous(List<Code> codes) -> {
        String choices = codes.stream().map(Code::canonical).collect(Collectors.joining(", "));
        throw value.refused(
            "可以是几种编码，请选一种：" + choices, "could be several codes, choose one: " + choices);
      }
      case Reading.Unreadable unreadable ->
          throw value.refused(
              unreadable.refusals().getFirst().zh(), unreadable.refusals().getFirst().en());
    };
  }
}
