package org.yuanliu.codes;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A spot within a place: GLN with extension component (全球位置码及扩展), AI 414 and 254.
 *
 * @param extension 1 to 20 characters of GS1's set 82
 */
public record Sgln(Gln gln, String extension) implements Gs1Key {
  public Sgln {
    requireNonNull(gln, "gln is null");
    Gs1Key.checked(Ai.GLN_EXTENSION, extension, Scheme.SGLN);
  }

  @Override
  public Scheme scheme() {
    return Scheme.SGLN;
  }

  @Override
  public List<Element> elements() {
    return List.of(gln.elements().getFirst(), new Element(Ai.GLN_EXTENSION, extension));
  }
}
