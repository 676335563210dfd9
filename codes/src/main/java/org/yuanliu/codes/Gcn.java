package org.yuanliu.codes;

import java.util.List;

/**
 * Global coupon number (全球优惠券代码), AI 255; the EPC scheme is called SGCN.
 *
 * @param gcn 12 digits of coupon type, check digit, up to 12 digits of serial number
 */
public record Gcn(String gcn) implements Gs1Key {
  /** Without the optional serial number. */
  static final int TYPE_LENGTH = 13;

  public Gcn {
    Gs1Key.checked(Ai.GCN, gcn, Scheme.SGCN);
  }

  @Override
  public Scheme scheme() {
    return Scheme.SGCN;
  }

  @Override
  public List<Element> elements() {
    return List.of(new Element(Ai.GCN, gcn));
  }
}
