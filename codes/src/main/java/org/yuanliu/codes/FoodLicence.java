package org.yuanliu.codes;

import org.yuanliu.codes.Refusal.Reason;

/**
 * Number of a food production licence (食品生产许可证编号).
 *
 * @param value SC, then 14 digits: food 1 or additive 2, category 2, division 6, serial number 4,
 *     check digit 1 (GB/T 17710, MOD 11,10)
 */
public record FoodLicence(String value) implements NationalCode, InDivision {
  public static final int SERIAL_MAX = 9999;

  static final int LENGTH = 16;
  static final int STEM_LENGTH = 11;
  static final String BEGINNING = "SC";

  private static final int DIVISION_FROM = 5;

  public FoodLicence {
    Must.haveLength(value, LENGTH, LENGTH, Scheme.FOOD_LICENCE);
    Must.hold(value.startsWith(BEGINNING), Reason.CHARACTER, Scheme.FOOD_LICENCE);
    Must.beDigits(value, BEGINNING.length(), LENGTH, Scheme.FOOD_LICENCE);
    Must.hold(value.charAt(2) == '1' || value.charAt(2) == '2', Reason.RANGE, Scheme.FOOD_LICENCE);
    Must.hold(
        CheckDigits.mod11And10(value, BEGINNING.length(), LENGTH - 1) == value.charAt(LENGTH - 1),
        Reason.CHECK_DIGIT,
        Scheme.FOOD_LICENCE);
  }

  static boolean fits(String text) {
    return text.length() == LENGTH
        && text.startsWith(BEGINNING)
        && Text.digitsBetween(text, BEGINNING.length(), LENGTH);
  }

  /** Of SC and 14 digits; throws {@link CodeException}. */
  public static FoodLicence of(String value) {
    return new FoodLicence(value);
  }

  @Override
  public Scheme scheme() {
    return Scheme.FOOD_LICENCE;
  }

  /** Whether it licenses additives rather than food. */
  public boolean isForAdditives() {
    return value.charAt(2) == '2';
  }

  /** Category of food (食品类别), 2 digits. */
  public String category() {
    return value.substring(3, DIVISION_FROM);
  }

  @Override
  public DivisionCode division() {
    return new DivisionCode(value.substring(DIVISION_FROM, STEM_LENGTH));
  }
}
