package org.yuanliu.codes;

/**
 * Trace code (追溯码, SB/T 10680-2012) of one line of a receipt; the buyer's entry names it as its
 * batch, which joins the chain. No check digit.
 *
 * @param value 20 digits: selling operator 13, serial number of the trade 7
 */
public record TraceCode(String value) implements NationalCode, InDivision {
  public static final int SERIAL_MAX = 9_999_999;

  static final int LENGTH = 20;

  public TraceCode {
    Digits.check(value, LENGTH, Scheme.TRACE);
    Parts.node(value, Scheme.TRACE);
  }

  /** Of 20 digits; throws {@link CodeException}. */
  public static TraceCode of(String value) {
    return new TraceCode(value);
  }

  /** A new code; {@code serial} from 1 to {@link #SERIAL_MAX}, else {@link CodeException}. */
  public static TraceCode issue(OperatorCode seller, int serial) {
    return new TraceCode(seller.value() + Digits.serial(serial, SERIAL_MAX, Scheme.TRACE));
  }

  @Override
  public Scheme scheme() {
    return Scheme.TRACE;
  }

  /** Who sold. */
  public OperatorCode operator() {
    return new OperatorCode(value.substring(0, OperatorCode.LENGTH));
  }

  /** Where the seller first registered, which need not be where it sold. */
  public NodeCode node() {
    return Parts.node(value, Scheme.TRACE);
  }

  @Override
  public DivisionCode division() {
    return node().division();
  }

  public int serial() {
    return Digits.number(value, OperatorCode.LENGTH, LENGTH);
  }
}
