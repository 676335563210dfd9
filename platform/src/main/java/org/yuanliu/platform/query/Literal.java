package org.yuanliu.platform.query;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One value of a parameter.
 *
 * @param text as written
 * @param number whether it came as a number, which only a query's JSON form tells; a number never
 *     equals a text that is written otherwise, such as 007
 */
public record Literal(String text, boolean number) {
  /** Digits of a number before and after the point: beyond any measurement. */
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(?:0|[1-9][0-9]{0,30})(?:\\.[0-9]{1,30})?(?:[eE][+-]?[0-9]{1,3})?");

  public Literal {
    requireNonNull(text, "text is null");
  }

  static Literal text(String text) {
    return new Literal(text, false);
  }

  /** The value as a number, or null where it is none. */
  @Nullable BigDecimal decimal() {
    return decimal(text);
  }

  /** The value as a time with its zone, or null where it is none. */
  @Nullable Instant time() {
    return time(text);
  }

  static @Nullable BigDecimal decimal(String text) {
    return DECIMAL.matcher(text).matches() ? new BigDecimal(text) : null;
  }

  static @Nullable Instant time(String text) {
    // Every time begins with the year and holds a T; the parser's exception is dear.
    if (text.length() < 16 || text.charAt(4) != '-' || text.indexOf('T') != 10) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }
}
