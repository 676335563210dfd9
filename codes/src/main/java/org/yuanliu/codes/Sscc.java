package org.yuanliu.codes;

import java.util.List;

/**
 * Serial shipping container code (系列货运包装箱代码, GB/T 18127), AI 00: one logistic unit.
 *
 * @param sscc 18 digits: extension digit, company prefix with serial reference, check digit
 */
public record Sscc(String sscc) implements Gs1Key {
  public Sscc {
    Gs1Key.checked(Ai.SSCC, sscc, Scheme.SSCC);
  }

  @Override
  public Scheme scheme() {
    return Scheme.SSCC;
  }

  @Override
  public List<Element> elements() {
    return List.of(new Element(Ai.SSCC, sscc));
  }

  /** Of bare digits; throws {@link CodeException}. */
  public static Sscc of(String sscc) {
    return new Sscc(sscc);
  }

  @Override
  public String bareKey() {
    return sscc;
  }
}
