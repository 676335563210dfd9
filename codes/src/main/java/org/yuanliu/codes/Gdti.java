package org.yuanliu.codes;

import java.util.List;

/**
 * Global document type identifier (全球文件类型代码), AI 253: certificates, permits.
 *
 * @param gdti 12 digits of document type, check digit, up to 17 characters of serial number
 */
public record Gdti(String gdti) implements Gs1Key {
  /** Without the optional serial number. */
  static final int TYPE_LENGTH = 13;

  public Gdti {
    Gs1Key.checked(Ai.GDTI, gdti, Scheme.GDTI);
  }

  @Override
  public Scheme scheme() {
    return Scheme.GDTI;
  }

  @Override
  public List<Element> elements() {
    return List.of(new Element(Ai.GDTI, gdti));
  }
}
