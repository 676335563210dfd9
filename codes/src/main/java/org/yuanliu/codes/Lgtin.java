package org.yuanliu.codes;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * One batch of a product: GTIN with batch or lot number (商品批次代码), AI 01 and 10.
 *
 * @param batch 1 to 20 characters of GS1's set 82
 */
public record Lgtin(Gtin gtin, String batch) implements Gs1Key {
  public Lgtin {
    requireNonNull(gtin, "gtin is null");
    Gs1Key.checked(Ai.BATCH, batch, Scheme.LGTIN);
  }

  @Override
  public Scheme scheme() {
    return Scheme.LGTIN;
  }

  @Override
  public List<Element> elements() {
    return List.of(gtin.elements().getFirst(), new Element(Ai.BATCH, batch));
  }
}
