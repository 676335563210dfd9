package org.yuanliu.codes;

import org.yuanliu.codes.Refusal.Reason;

/**
 * Special equipment code (特种设备代码), for the equipment's whole life: class of the catalogue 4,
 * manufacturer 5 (licensing division 2, licence number 3), year made 4, serial number. Codes of 17
 * characters have a serial number of 4. No check digit.
 *
 * @param value 17 or 18 digits and capitals
 */
public record EquipmentCode(String value) implements NationalCode {
  /** Beyond 99,999 pieces of a year the serial number begins with a letter. */
  public static final int SERIAL_MAX = 359_999;

  static final int LENGTH = 18;
  static final int STEM_LENGTH = 13;

  private static final int SHORT_LENGTH = 17;
  private static final int YEAR_FROM = 9;
  private static final int PLAIN_SERIALS = 100_000;
  private static final int SERIALS_A_LETTER = 10_000;

  public EquipmentCode {
    Must.haveLength(value, SHORT_LENGTH, LENGTH, Scheme.EQUIPMENT);
    Must.beUpperAlphanumeric(value, Scheme.EQUIPMENT);
    Must.hold(EquipmentClass.mayBegin(value), Reason.RANGE, Scheme.EQUIPMENT);
    Must.beDigits(value, YEAR_FROM, STEM_LENGTH, Scheme.EQUIPMENT);
    Must.hold(
        Years.plausible(Digits.number(value, YEAR_FROM, STEM_LENGTH)),
        Reason.RANGE,
        Scheme.EQUIPMENT);
    Must.beDigits(value, STEM_LENGTH + 1, value.length(), Scheme.EQUIPMENT);
  }

  static boolean fits(String text) {
    return (text.length() == LENGTH || text.length() == SHORT_LENGTH)
        && Text.allUpperAlphanumeric(text)
        && EquipmentClass.mayBegin(text)
        && Text.digitsBetween(text, YEAR_FROM, STEM_LENGTH)
        && Years.plausible(Digits.number(text, YEAR_FROM, STEM_LENGTH))
        && Text.digitsBetween(text, STEM_LENGTH + 1, text.length());
  }

  /** Of 17 or 18 characters; throws {@link CodeException}. */
  public static EquipmentCode of(String value) {
    return new EquipmentCode(value);
  }

  /**
   * A new code of 18 characters; throws {@link CodeException}.
   *
   * @param stem class 4, manufacturer 5, year 4
   * @param serial from 1 to {@link #SERIAL_MAX}
   */
  public static EquipmentCode issue(String stem, int serial) {
    Must.haveLength(stem, STEM_LENGTH, STEM_LENGTH, Scheme.EQUIPMENT);
    Must.hold(serial >= 1 && serial <= SERIAL_MAX, Reason.RANGE, Scheme.EQUIPMENT);
    if (serial < PLAIN_SERIALS) {
      return new EquipmentCode(stem + Text.zeroPadded(serial, 5));
    }
    int beyond = serial - PLAIN_SERIALS;
    char letter = (char) ('A' + beyond / SERIALS_A_LETTER);
    return new EquipmentCode(stem + letter + Text.zeroPadded(beyond % SERIALS_A_LETTER, 4));
  }

  @Override
  public Scheme scheme() {
    return Scheme.EQUIPMENT;
  }

  /** Class of the catalogue (设备基本代码), 4 characters; see {@link EquipmentClass}. */
  public String equipmentClass() {
    return value.substring(0, 4);
  }

  public String manufacturer() {
    return value.substring(4, YEAR_FROM);
  }

  public int yearMade() {
    return Digits.number(value, YEAR_FROM, STEM_LENGTH);
  }
}
