package org.yuanliu.platform.binding;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.yuanliu.codes.CanonicalUri;
import org.yuanliu.codes.Code;
import org.yuanliu.codes.CodeReader;
import org.yuanliu.codes.Level;
import org.yuanliu.codes.Reading;

/** Codes as people and events write them, brought to canonical form. */
@Component
public final class CodeTexts {
  private static final Pattern DIVISION = Pattern.compile("[0-9]{6}");
  private static final Pattern GTIN_OF_UNIT =
      Pattern.compile("(https://id\\.gs1\\.org/01/[0-9]{14})(?:/.*)?");

  private final CodeReader reader;

  CodeTexts(CodeReader reader) {
    this.reader = requireNonNull(reader, "reader is null");
  }

  /** Canonical URI of a party, or null where the text names none or could name several. */
  public @Nullable String party(String text) {
    if (text.indexOf(':') > 0) {
      return CanonicalUri.of(text);
    }
    return switch (reader.read(text)) {
      case Reading.Found(Code code) -> code.canonical();
      case Reading.Ambiguous(List<Code> codes) -> {
        // A party is asked for: what else the text could be does not count.
        List<Code> parties = codes.stream().filter(code -> code.level() == Level.PARTY).toList();
        yield parties.size() == 1 ? parties.getFirst().canonical() : null;
      }
      case Reading.Unreadable unreadable -> null;
    };
  }

  /** What a text can be; URIs are taken as they are. */
  public Reading read(String text) {
    return reader.read(text);
  }

  public boolean isDivision(String text) {
    return DIVISION.matcher(text).matches();
  }

  /** A product as the registry knows it: a GTIN's canonical URI, else the goods code as it is. */
  public String product(String text) {
    return text.indexOf(':') > 0 ? CanonicalUri.of(text) : text;
  }

  /** Canonical URI of the GTIN inside a unit's, or null. */
  public @Nullable String gtinOf(String unit) {
    if (!unit.startsWith("https://id.gs1.org/01/")) {
      return null;
    }
    var matcher = GTIN_OF_UNIT.matcher(unit);
    return matcher.matches() ? matcher.group(1) : null;
  }
}
