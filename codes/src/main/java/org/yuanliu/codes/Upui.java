package org.yuanliu.codes;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Unit pack identifier: GTIN with a third party's serialised extension, AI 01 and 235.
 *
 * @param extension 1 to 28 characters of GS1's set 82
 */
public record Upui(Gtin gtin, String extension) implements Gs1Key {
  public Upui {
    requireNonNull(gtin, "gtin is null");
    Gs1Key.checked(Ai.TPX, extension, Scheme.UPUI);
  }

  @Override
  public Scheme scheme() {
    return Scheme.UPUI;
  }

  @Override
  public List<Element> elements() {
    return List.of(gtin.elements().getFirst(), new Element(Ai.TPX, extension));
  }
}
