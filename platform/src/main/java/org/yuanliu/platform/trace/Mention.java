package org.yuanliu.platform.trace;

import java.math.BigDecimal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yuanliu.epcis.UnitRole;

/**
 * A unit named in an event: a row of {@code unit_event} with its event.
 *
 * @param parent of a child: what it was put into or taken out of
 */
record Mention(
    Act act,
    UUID unit,
    UnitRole role,
    UnitKind kind,
    @Nullable UUID parent,
    @Nullable BigDecimal quantity,
    @Nullable String uom) {

  /** Whether it opens a containment. */
  boolean packs() {
    return role == UnitRole.CHILD && parent != null && act.aggregates() && act.is(Act.ADD);
  }

  boolean unpacks() {
    return role == UnitRole.CHILD && parent != null && act.aggregates() && act.is(Act.DELETE);
  }
}
