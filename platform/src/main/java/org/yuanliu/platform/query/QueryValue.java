package org.yuanliu.platform.query;

import java.util.List;

/**
 * A parameter as it came, by query string or by JSON, and the way to refuse it.
 *
 * @param values one at least; an empty text where the parameter has no value
 */
record QueryValue(String name, List<Literal> values) {
  QueryValue {
    values = List.copyOf(values);
  }

  /** The only value. */
  String single() {
    if (values.size() != 1) {
      throw refused("只能有一个值。", "has one value only.");
    }
    return values.getFirst().text();
  }

  /** Every value, none of them empty. */
  List<String> texts() {
    return values.stream().map(Literal::text).map(this::present).toList();
  }

  String present(String text) {
    if (text.isBlank()) {
      throw refused("值不能为空。", "a value is empty.");
    }
    return text.strip();
  }

  RuntimeException refused(String zh, String en) {
    return org.yuanliu.platform.binding.EpcisProblems.parameter(name, zh, en);
  }
}
