package org.yuanliu.codes;

import java.util.List;
import org.yuanliu.codes.WrittenForm.Kind;

/**
 * A code of a Chinese national or trade scheme: one string of digits or capitals. Canonical form:
 * {@code urn:yuanliu:<scheme id>:<value>}.
 */
public sealed interface NationalCode extends Code
    permits CreditCode, DivisionCode, NodeCode, OperatorCode, BatchCode, TraceCode, EarTag {
  /** The whole code, without separators. */
  String value();

  @Override
  default String canonical() {
    return OwnUrn.PREFIX + scheme().id() + ":" + value();
  }

  @Override
  default String plain() {
    return value();
  }

  @Override
  default String grouped() {
    return Text.grouped(value());
  }

  @Override
  default List<WrittenForm> forms(PrefixTable prefixes) {
    return List.of(
        new WrittenForm(Kind.URN, canonical()),
        new WrittenForm(Kind.PLAIN, plain()),
        new WrittenForm(Kind.GROUPED, grouped()));
  }
}
