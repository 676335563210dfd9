package org.yuanliu.codes;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Component or part identifier (组件与部件代码), AI 8010, one part of it with AI 8011.
 *
 * @param cpid company prefix and part reference, up to 30 characters of GS1's set 39
 * @param serial 1 to 12 digits without leading zero, or null for the kind of part
 */
public record Cpi(String cpid, @Nullable String serial) implements Gs1Key {
  public Cpi {
    Gs1Key.checked(Ai.CPID, cpid, Scheme.CPI);
    if (serial != null) {
      Gs1Key.checked(Ai.CPID_SERIAL, serial, Scheme.CPI);
    }
  }

  @Override
  public Scheme scheme() {
    return Scheme.CPI;
  }

  @Override
  public Level level() {
    return serial == null ? Level.PRODUCT : Level.ITEM;
  }

  @Override
  public List<Element> elements() {
    Element key = new Element(Ai.CPID, cpid);
    return serial == null ? List.of(key) : List.of(key, new Element(Ai.CPID_SERIAL, serial));
  }
}
