package org.yuanliu.platform.problem;

import java.util.stream.IntStream;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.jdk.StringDeserializer;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/**
 * Texts of requests: with no character that no database keeps (NUL, half a pair), none that forges
 * a line or a terminal's command (controls but tabs and line ends), and none that shows a name the
 * other way round.
 */
final class PlainText extends StdScalarDeserializer<String> {
  private static final long serialVersionUID = 1;

  private static final int FIRST_EMBEDDING = 0x202A;
  private static final int LAST_OVERRIDE = 0x202E;

  PlainText() {
    super(String.class);
  }

  @Override
  public String deserialize(JsonParser parser, DeserializationContext context) {
    String text = StringDeserializer.instance.deserialize(parser, context);
    if (text != null && !isPlain(text.codePoints())) {
      throw context.weirdStringException("", String.class, "a character that is no text");
    }
    return text;
  }

  /** Whether these are characters of texts. */
  static boolean isPlain(IntStream characters) {
    return characters.allMatch(
        c ->
            (!Character.isISOControl(c) || c == '\n' || c == '\r' || c == '\t')
                && !(c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)
                && !(c >= FIRST_EMBEDDING && c <= LAST_OVERRIDE));
  }
}
