package org.yuanliu.codes;

import java.util.regex.Pattern;
import org.yuanliu.codes.Refusal.Reason;

/**
 * CAS registry number of a substance (化学文摘登记号), read with its hyphens only: without them it is any
 * number.
 *
 * @param value such as {@code 7697-37-2}; the last digit is the check digit
 */
public record CasNumber(String value) implements NationalCode {
  private static final Pattern FORM = Pattern.compile("[1-9][0-9]{1,6}-[0-9]{2}-[0-9]");

  public CasNumber {
    Must.hold(fits(value), Reason.CHARACTER, Scheme.CAS);
    Must.hold(
        CheckDigits.cas(value) == value.charAt(value.length() - 1), Reason.CHECK_DIGIT, Scheme.CAS);
  }

  static boolean fits(String text) {
    return text.length() <= 12 && FORM.matcher(text).matches();
  }

  /** Throws {@link CodeException}. */
  public static CasNumber of(String value) {
    return new CasNumber(value);
  }

  @Override
  public Scheme scheme() {
    return Scheme.CAS;
  }

  @Override
  public String grouped() {
    return value;
  }
}
