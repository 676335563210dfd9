package org.yuanliu.codes;

import java.util.List;

/**
 * Global individual asset identifier (全球单个资产代码, GB/T 23833), AI 8004: vehicles, devices.
 *
 * @param giai company prefix and reference, up to 30 characters, no check digit
 */
public record Giai(String giai) implements Gs1Key {
  public Giai {
    Gs1Key.checked(Ai.GIAI, giai, Scheme.GIAI);
  }

  @Override
  public Scheme scheme() {
    return Scheme.GIAI;
  }

  @Override
  public List<Element> elements() {
    return List.of(new Element(Ai.GIAI, giai));
  }
}
