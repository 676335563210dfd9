package org.yuanliu.codes;

import java.util.List;

/**
 * Global service relation number of a recipient (全球服务关系代码, GB/T 23832), AI 8018.
 *
 * @param gsrn 18 digits, the last the check digit
 */
public record Gsrn(String gsrn) implements Gs1Key {
  public Gsrn {
    Gs1Key.checked(Ai.GSRN_RECIPIENT, gsrn, Scheme.GSRN);
  }

  @Override
  public Scheme scheme() {
    return Scheme.GSRN;
  }

  @Override
  public List<Element> elements() {
    return List.of(new Element(Ai.GSRN_RECIPIENT, gsrn));
  }
}
