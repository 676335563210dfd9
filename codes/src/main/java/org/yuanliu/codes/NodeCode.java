package org.yuanliu.codes;

import org.yuanliu.codes.Refusal.Reason;

/**
 * Node code (流通节点主体码, SB/T 10680-2012): a slaughterhouse, market, supermarket or canteen. No check
 * digit.
 *
 * @param value 9 digits: division 6, serial number of registration 001 to 999
 */
public record NodeCode(String value) implements NationalCode, InDivision {
  public static final int SERIAL_MAX = 999;

  static final int LENGTH = 9;

  public NodeCode {
    Digits.check(value, LENGTH, Scheme.NODE);
    if (Digits.number(value, DivisionCode.LENGTH, LENGTH) == 0) {
      throw new CodeException(Reason.RANGE, Scheme.NODE);
    }
  }

  /** Of 9 digits; throws {@link CodeException}. */
  public static NodeCode of(String value) {
    return new NodeCode(value);
  }

  /** A new code; {@code serial} from 1 to {@link #SERIAL_MAX}, else {@link CodeException}. */
  public static NodeCode issue(DivisionCode division, int serial) {
    return new NodeCode(division.value() + Digits.serial(serial, SERIAL_MAX, Scheme.NODE));
  }

  @Override
  public Scheme scheme() {
    return Scheme.NODE;
  }

  @Override
  public DivisionCode division() {
    return new DivisionCode(value.substring(0, DivisionCode.LENGTH));
  }

  public int serial() {
    return Digits.number(value, DivisionCode.LENGTH, LENGTH);
  }
}
