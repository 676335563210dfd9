package org.yuanliu.codes;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Piece of a trade item that comes in several (贸易项目组件代码), AI 8006, with AI 21 or AI 10.
 *
 * @param itip GTIN-14, number of the piece (2 digits), how many pieces there are (2 digits)
 * @param serial of one item, or null
 * @param batch of its batch, or null; never together with a serial number, which is finer
 */
public record Itip(String itip, @Nullable String serial, @Nullable String batch) implements Gs1Key {
  public Itip {
    Gs1Key.checked(Ai.ITIP, itip, Scheme.ITIP);
    if (serial != null) {
      Gs1Key.checked(Ai.SERIAL, serial, Scheme.ITIP);
    }
    if (batch != null) {
      Gs1Key.checked(Ai.BATCH, batch, Scheme.ITIP);
    }
    if (serial != null && batch != null) {
      throw new IllegalArgumentException("a serial number leaves no place for a batch");
    }
  }

  @Override
  public Scheme scheme() {
    return Scheme.ITIP;
  }

  @Override
  public Level level() {
    if (serial != null) {
      return Level.ITEM;
    }
    return batch != null ? Level.LOT : Level.PRODUCT;
  }

  @Override
  public List<Element> elements() {
    Element key = new Element(Ai.ITIP, itip);
    if (serial != null) {
      return List.of(key, new Element(Ai.SERIAL, serial));
    }
    return batch == null ? List.of(key) : List.of(key, new Element(Ai.BATCH, batch));
  }
}
