package org.yuanliu.codes;

import java.util.List;

/**
 * Global returnable asset identifier (全球可回收资产代码, GB/T 23833), AI 8003: crates, kegs, trolleys.
 *
 * @param grai digit 0, 12 digits of asset type, check digit, up to 16 characters of serial number
 */
public record Grai(String grai) implements Gs1Key {
  /** Without the optional serial number. */
  static final int TYPE_LENGTH = 14;

  public Grai {
    Gs1Key.checked(Ai.GRAI, grai, Scheme.GRAI);
  }

  @Override
  public Scheme scheme() {
    return Scheme.GRAI;
  }

  @Override
  public List<Element> elements() {
    return List.of(new Element(Ai.GRAI, grai));
  }
}
