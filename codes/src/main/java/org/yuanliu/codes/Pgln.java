package org.yuanliu.codes;

import java.util.List;

/**
 * Global location number (全球位置码, GB/T 16828) of a party, AI 417.
 *
 * @param gln 13 digits: company prefix with party reference, check digit
 */
public record Pgln(String gln) implements Gs1Key {
  public Pgln {
    Gs1Key.checked(Ai.PARTY_GLN, gln, Scheme.PGLN);
  }

  @Override
  public Scheme scheme() {
    return Scheme.PGLN;
  }

  @Override
  public List<Element> elements() {
    return List.of(new Element(Ai.PARTY_GLN, gln));
  }
}
