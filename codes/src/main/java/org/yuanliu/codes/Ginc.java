package org.yuanliu.codes;

import java.util.List;

/**
 * Global identification number for consignment (全球托运代码), AI 401.
 *
 * @param ginc company prefix and consignment reference, up to 30 characters, no check digit
 */
public record Ginc(String ginc) implements Gs1Key {
  public Ginc {
    Gs1Key.checked(Ai.GINC, ginc, Scheme.GINC);
  }

  @Override
  public Scheme scheme() {
    return Scheme.GINC;
  }

  @Override
  public List<Element> elements() {
    return List.of(new Element(Ai.GINC, ginc));
  }
}
