package org.yuanliu.codes;

import java.util.List;

/**
 * Global shipment identification number (全球装运代码), AI 402.
 *
 * @param gsin 17 digits, the last the check digit
 */
public record Gsin(String gsin) implements Gs1Key {
  public Gsin {
    Gs1Key.checked(Ai.GSIN, gsin, Scheme.GSIN);
  }

  @Override
  public Scheme scheme() {
    return Scheme.GSIN;
  }

  @Override
  public List<Element> elements() {
    return List.of(new Element(Ai.GSIN, gsin));
  }
}
