package org.yuanliu.codes;

import java.time.LocalDate;
import org.yuanliu.codes.Refusal.Reason;

/**
 * Trade voucher number (交易凭证号 tran_id): unique in a market, at most 20 characters. The form
 * recommended here makes it unique everywhere. No check digit.
 *
 * @param value 20 digits: node 9, day 6 (yyMMdd), serial number 5 from 00001
 */
public record VoucherNumber(String value) implements NationalCode, InDivision {
  public static final int SERIAL_MAX = 99_999;

  static final int LENGTH = 20;
  static final int STEM_LENGTH = 15;

  private static final int CENTURY = 2000;

  public VoucherNumber {
    Digits.check(value, LENGTH, Scheme.VOUCHER);
    Parts.node(value, Scheme.VOUCHER);
    day(value);
    Must.hold(Digits.number(value, STEM_LENGTH, LENGTH) >= 1, Reason.RANGE, Scheme.VOUCHER);
  }

  private static LocalDate day(String value) {
    return Must.beDay(
        CENTURY + Digits.number(value, 9, 11),
        Digits.number(value, 11, 13),
        Digits.number(value, 13, STEM_LENGTH),
        Scheme.VOUCHER);
  }

  static boolean fits(String text) {
    return text.length() == LENGTH
        && Text.allDigits(text)
        && Digits.number(text, 11, 13) >= 1
        && Digits.number(text, 11, 13) <= 12
        && Digits.number(text, 13, STEM_LENGTH) >= 1
        && Digits.number(text, 13, STEM_LENGTH) <= 31;
  }

  /** Of 20 digits; throws {@link CodeException}. */
  public static VoucherNumber of(String value) {
    return new VoucherNumber(value);
  }

  /** A new number; {@code serial} from 1 to {@link #SERIAL_MAX}, else {@link CodeException}. */
  public static VoucherNumber issue(NodeCode node, LocalDate day, int serial) {
    return new VoucherNumber(
        node.value()
            + Text.zeroPadded(day.getYear() - CENTURY, 2)
            + Text.zeroPadded(day.getMonthValue(), 2)
            + Text.zeroPadded(day.getDayOfMonth(), 2)
            + Digits.serial(serial, SERIAL_MAX, Scheme.VOUCHER));
  }

  @Override
  public Scheme scheme() {
    return Scheme.VOUCHER;
  }

  public NodeCode node() {
    return Parts.node(value, Scheme.VOUCHER);
  }

  @Override
  public DivisionCode division() {
    return node().division();
  }

  public LocalDate day() {
    return day(value);
  }
}
