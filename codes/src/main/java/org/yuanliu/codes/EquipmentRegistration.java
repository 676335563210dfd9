package org.yuanliu.codes;

import org.yuanliu.codes.Refusal.Reason;

/**
 * Registration code of special equipment (特种设备注册代码), given by the registering office under the old
 * rules and still on plates. No check digit.
 *
 * @param value 20: class 4, division of registration 6, month of registration 6 (yyyyMM), serial 4
 */
public record EquipmentRegistration(String value) implements NationalCode, InDivision {
  static final int LENGTH = 20;

  private static final int DIVISION_FROM = 4;
  private static final int MONTH_FROM = 10;

  public EquipmentRegistration {
    Must.haveLength(value, LENGTH, LENGTH, Scheme.EQUIPMENT_REGISTRATION);
    Must.beUpperAlphanumeric(value, Scheme.EQUIPMENT_REGISTRATION);
    Must.beDigits(value, DIVISION_FROM, LENGTH, Scheme.EQUIPMENT_REGISTRATION);
    Must.hold(fits(value), Reason.RANGE, Scheme.EQUIPMENT_REGISTRATION);
  }

  static boolean fits(String text) {
    return text.length() == LENGTH
        && Text.allUpperAlphanumeric(text)
        && EquipmentClass.mayBegin(text)
        && Text.digitsBetween(text, DIVISION_FROM, LENGTH)
        && Years.plausible(Digits.number(text, MONTH_FROM, MONTH_FROM + 4))
        && Digits.number(text, MONTH_FROM + 4, MONTH_FROM + 6) >= 1
        && Digits.number(text, MONTH_FROM + 4, MONTH_FROM + 6) <= 12;
  }

  /** Of 20 characters; throws {@link CodeException}. */
  public static EquipmentRegistration of(String value) {
    return new EquipmentRegistration(value);
  }

  @Override
  public Scheme scheme() {
    return Scheme.EQUIPMENT_REGISTRATION;
  }

  public String equipmentClass() {
    return value.substring(0, DIVISION_FROM);
  }

  @Override
  public DivisionCode division() {
    return new DivisionCode(value.substring(DIVISION_FROM, MONTH_FROM));
  }
}
