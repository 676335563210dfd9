package org.yuanliu.codes;

import java.util.regex.Pattern;
import org.yuanliu.codes.Refusal.Reason;

/**
 * Ecode (物品编码 Ecode, GB/T 31866): version 1, numbering system (NSI) 4 digits in version 1 and 5 in
 * the others, then the system's own code (MD). Read with its name before it only.
 *
 * @param value version, NSI and MD without separators
 */
public record Ecode(String value) implements NationalCode {
  private static final Pattern FORM = Pattern.compile("[0-9][0-9]{4,5}[0-9A-Za-z]{1,64}");
  private static final String NAME = "ecode";

  public Ecode {
    Must.hold(
        value.length() <= 70 && FORM.matcher(value).matches(), Reason.CHARACTER, Scheme.ECODE);
    Must.haveLength(value, systemEnd(value) + 1, 70, Scheme.ECODE);
  }

  private static int systemEnd(String value) {
    return value.charAt(0) == '1' ? 5 : 6;
  }

  static boolean fits(String text) {
    return text.regionMatches(true, 0, NAME, 0, NAME.length())
        && text.length() > NAME.length() + 1
        && ":=".indexOf(text.charAt(NAME.length())) >= 0;
  }

  /** With or without {@code Ecode:} before it; throws {@link CodeException}. */
  public static Ecode of(String text) {
    return new Ecode(fits(text) ? text.substring(NAME.length() + 1) : text);
  }

  @Override
  public Scheme scheme() {
    return Scheme.ECODE;
  }

  public int version() {
    return value.charAt(0) - '0';
  }

  public String numberingSystem() {
    return value.substring(1, systemEnd(value));
  }

  /** The numbering system's own code. */
  public String code() {
    return value.substring(systemEnd(value));
  }

  @Override
  public String plain() {
    return "Ecode:" + value;
  }

  @Override
  public String grouped() {
    return plain();
  }
}
