package org.yuanliu.codes;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * One item of a product: GTIN with serial number (商品单品代码), AI 01 and 21.
 *
 * @param serial 1 to 20 characters of GS1's set 82
 */
public record Sgtin(Gtin gtin, String serial) implements Gs1Key {
  public Sgtin {
    requireNonNull(gtin, "gtin is null");
    Gs1Key.checked(Ai.SERIAL, serial, Scheme.SGTIN);
  }

  @Override
  public Scheme scheme() {
    return Scheme.SGTIN;
  }

  @Override
  public List<Element> elements() {
    return List.of(gtin.elements().getFirst(), new Element(Ai.SERIAL, serial));
  }
}
