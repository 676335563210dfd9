package org.yuanliu.codes;

/**
 * Operator code (经营者主体码, SB/T 10680-2012): who trades. An operator keeps the code of the node where
 * it first registered. No check digit.
 *
 * @param value 13 digits: node of first registration 9, serial number 0001 to 9999; 0000 is the
 *     node itself trading
 */
public record OperatorCode(String value) implements NationalCode, InDivision {
  public static final int SERIAL_MAX = 9999;

  static final int LENGTH = 13;

  private static final String NODE_ITSELF = "0000";

  public OperatorCode {
    Digits.check(value, LENGTH, Scheme.OPERATOR);
    Parts.node(value, Scheme.OPERATOR);
  }

  /** Of 13 digits; throws {@link CodeException}. */
  public static OperatorCode of(String value) {
    return new OperatorCode(value);
  }

  /** A new code; {@code serial} from 1 to {@link #SERIAL_MAX}, else {@link CodeException}. */
  public static OperatorCode issue(NodeCode node, int serial) {
    return new OperatorCode(node.value() + Digits.serial(serial, SERIAL_MAX, Scheme.OPERATOR));
  }

  /** The code of a node that trades itself. */
  public static OperatorCode ofNode(NodeCode node) {
    return new OperatorCode(node.value() + NODE_ITSELF);
  }

  @Override
  public Scheme scheme() {
    return Scheme.OPERATOR;
  }

  public NodeCode node() {
    return Parts.node(value, Scheme.OPERATOR);
  }

  @Override
  public DivisionCode division() {
    return node().division();
  }

  /** 0 for the node itself. */
  public int serial() {
    return Digits.number(value, NodeCode.LENGTH, LENGTH);
  }

  public boolean isNodeItself() {
    return value.endsWith(NODE_ITSELF);
  }
}
