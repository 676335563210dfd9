package org.yuanliu.codes;

import org.yuanliu.codes.Refusal.Reason;

/**
 * Number of a customs declaration (报关单号). No check digit.
 *
 * @param value 18: customs office 4, year 4, direction 1 (1 import, 0 export; I and E on collective
 *     lists), serial number 9
 */
public record CustomsDeclaration(String value) implements NationalCode {
  static final int LENGTH = 18;

  private static final int DIRECTION_AT = 8;

  public CustomsDeclaration {
    Must.haveLength(value, LENGTH, LENGTH, Scheme.CUSTOMS);
    Must.hold(fits(value), Reason.RANGE, Scheme.CUSTOMS);
  }

  static boolean fits(String text) {
    return text.length() == LENGTH
        && Text.digitsBetween(text, 0, DIRECTION_AT)
        && "01EI".indexOf(text.charAt(DIRECTION_AT)) >= 0
        && Text.digitsBetween(text, DIRECTION_AT + 1, LENGTH)
        && Years.plausible(Digits.number(text, 4, DIRECTION_AT));
  }

  /** Of 18 characters; throws {@link CodeException}. */
  public static CustomsDeclaration of(String value) {
    return new CustomsDeclaration(value);
  }

  @Override
  public Scheme scheme() {
    return Scheme.CUSTOMS;
  }

  public boolean isImport() {
    return value.charAt(DIRECTION_AT) == '1' || value.charAt(DIRECTION_AT) == 'I';
  }

  public String office() {
    return value.substring(0, 4);
  }

  public int year() {
    return Digits.number(value, 4, DIRECTION_AT);
  }
}
