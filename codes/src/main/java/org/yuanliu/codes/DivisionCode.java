package org.yuanliu.codes;

/**
 * Division code (行政区划代码, GB/T 2260): province 2, prefecture 2, county 2. Whether such a division
 * exists, and when, is {@link Divisions}' to say.
 *
 * @param value 6 digits
 */
public record DivisionCode(String value) implements NationalCode, InDivision {
  static final int LENGTH = 6;

  public DivisionCode {
    Digits.check(value, LENGTH, Scheme.DIVISION);
  }

  /** Of 6 digits; throws {@link CodeException}. */
  public static DivisionCode of(String value) {
    return new DivisionCode(value);
  }

  @Override
  public Scheme scheme() {
    return Scheme.DIVISION;
  }

  @Override
  public DivisionCode division() {
    return this;
  }
}
