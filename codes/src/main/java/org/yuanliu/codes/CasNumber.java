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

  /** As labels and safety data sheets print it, spaces left out. */
  private static final Pattern BEFORE =
      Pattern.compile("^CAS(?:RN|NO\\.?|登记号|号)?[:：#]?", Pattern.CASE_INSENSITIVE);

  private static final int BEFORE_MAX = 8;

  public CasNumber {
    Must.hold(value.length() <= 12 && FORM.matcher(value).matches(), Reason.CHARACTER, Scheme.CAS);
    Must.hold(
        CheckDigits.cas(value) == value.charAt(value.length() - 1), Reason.CHECK_DIGIT, Scheme.CAS);
  }

  static boolean fits(String text) {
    return text.length() <= 12 + BEFORE_MAX && FORM.matcher(bare(text)).matches();
  }

  /** With or without CAS, CAS RN, CAS No. or CAS号 before it; throws {@link CodeException}. */
  public static CasNumber of(String text) {
    return new CasNumber(bare(text));
  }

  private static String bare(String text) {
    return BEFORE.matcher(text).replaceFirst("");
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
