package org.yuanliu.codes;

import org.yuanliu.codes.Refusal.Reason;

/** Codes that begin with another code: what is wrong in the part is wrong in the whole. */
final class Parts {
  private Parts() {}

  static NodeCode node(String value, Scheme whole) {
    if (Digits.number(value, DivisionCode.LENGTH, NodeCode.LENGTH) == 0) {
      throw new CodeException(Reason.RANGE, whole);
    }
    return new NodeCode(value.substring(0, NodeCode.LENGTH));
  }
}
