package org.yuanliu.codes;

import java.util.List;

/**
 * Global service relation number of a provider (全球服务关系代码, GB/T 23832), AI 8017.
 *
 * @param gsrn 18 digits, the last the check digit
 */
public record Gsrnp(String gsrn) implements Gs1Key {
  public Gsrnp {
    Gs1Key.checked(Ai.GSRN_PROVIDER, gsrn, Scheme.GSRNP);
  }

  @Override
  public Scheme scheme() {
    return Scheme.GSRNP;
  }

  @Override
  public List<Element> elements() {
    return List.of(new Element(Ai.GSRN_PROVIDER, gsrn));
  }
}
