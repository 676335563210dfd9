package org.yuanliu.codes;

/**
 * Batch code (批次码, SB/T 10680-2012) of goods on entry. No check digit.
 *
 * @param value 16 digits: node that first opened a ledger for the batch 9, serial number 7
 */
public record BatchCode(String value) implements NationalCode, InDivision {
  public static final int SERIAL_MAX = 9_999_999;

  static final int LENGTH = 16;

  public BatchCode {
    Digits.check(value, LENGTH, Scheme.BATCH);
    Parts.node(value, Scheme.BATCH);
  }

  /** Of 16 digits; throws {@link CodeException}. */
  public static BatchCode of(String value) {
    return new BatchCode(value);
  }

  /** A new code; {@code serial} from 1 to {@link #SERIAL_MAX}, else {@link CodeException}. */
  public static BatchCode issue(NodeCode node, int serial) {
    return new BatchCode(node.value() + Digits.serial(serial, SERIAL_MAX, Scheme.BATCH));
  }

  @Override
  public Scheme scheme() {
    return Scheme.BATCH;
  }

  public NodeCode node() {
    return Parts.node(value, Scheme.BATCH);
  }

  @Override
  public DivisionCode division() {
    return node().division();
  }

  public int serial() {
    return Digits.number(value, NodeCode.LENGTH, LENGTH);
  }
}
