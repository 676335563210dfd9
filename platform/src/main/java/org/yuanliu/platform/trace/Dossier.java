package org.yuanliu.platform.trace;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What is known of one thing: all its codes and every event that names one of them, as far as the
 * viewer may see it.
 *
 * @param id the smallest key among its codes
 * @param units keys of its codes
 * @param direct where it is named, standing events only
 * @param takenBack where it was named in events that were declared in error
 */
record Dossier(UUID id, Set<UUID> units, List<Mention> direct, List<Act> takenBack) {

  static Dossier of(UUID id, Set<UUID> units) {
    return new Dossier(id, units, new ArrayList<>(), new ArrayList<>());
  }

  void add(Mention mention) {
    if (mention.act().stands()) {
      direct.add(mention);
    } else if (mention.act().declared() && !mention.act().is(Act.DECLARATION)) {
      takenBack.add(mention.act());
    }
  }

  UnitKind kind() {
    Set<UnitKind> kinds = new LinkedHashSet<>();
    direct.forEach(mention -> kinds.add(mention.kind()));
    for (UnitKind kind : List.of(UnitKind.LOT, UnitKind.ASSET, UnitKind.CLASS)) {
      if (kinds.contains(kind)) {
        return kind;
      }
    }
    return UnitKind.ITEM;
  }
}
