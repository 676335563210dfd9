package org.yuanliu.codes;

import java.util.List;

/**
 * Global location number (全球位置码, GB/T 16828) of a physical location, AI 414.
 *
 * @param gln 13 digits: company prefix with location reference, check digit
 */
public record Gln(String gln) implements Gs1Key {
  public Gln {
    Gs1Key.checked(Ai.GLN, gln, Scheme.GLN);
  }

  @Override
  public Scheme scheme() {
    return Scheme.GLN;
  }

  @Override
  public List<Element> elements() {
    return List.of(new Element(Ai.GLN, gln));
  }

  /** Of bare digits; throws {@link CodeException}. */
  public static Gln of(String gln) {
    return new Gln(gln);
  }

  @Override
  public String bareKey() {
    return gln;
  }
}
