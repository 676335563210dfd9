package org.yuanliu.platform.trace;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yuanliu.epcis.EventType;
import org.yuanliu.epcis.UnitRole;
import org.yuanliu.platform.journal.EntryRef;

/**
 * An event in the history of a unit: named in it, or shared with a container.
 *
 * @param unit which of the unit's codes
 * @param role the unit's own or, where shared, its container's
 * @param witness an event whose body names the unit
 * @param certain false where only clocks that may differ put it into the container's time
 */
record Trail(
    Act act,
    UUID unit,
    UnitRole role,
    UnitKind kind,
    boolean shared,
    boolean certain,
    EntryRef witness,
    @Nullable BigDecimal quantity,
    @Nullable String uom) {

  /** By what happened, never by what was stored first. */
  static final Comparator<Trail> ORDER =
      Comparator.<Trail, Instant>comparing(trail -> trail.act.time())
          .thenComparing(trail -> trail.act.key())
          .thenComparing(trail -> trail.act.ref())
          .thenComparing(Trail::role)
          .thenComparing(Trail::unit);

  static Trail of(Mention mention) {
    return new Trail(
        mention.act(),
        mention.unit(),
        mention.role(),
        mention.kind(),
        false,
        true,
        mention.act().ref(),
        mention.quantity(),
        mention.uom());
  }

  boolean input() {
    return role == UnitRole.INPUT;
  }

  boolean output() {
    return role == UnitRole.OUTPUT;
  }

  boolean gives() {
    return !input() && act.gives();
  }

  boolean takes() {
    return !input() && !output() && act.takes();
  }

  /** Whether the unit was made here and did not come from elsewhere. */
  boolean creates() {
    return output() || (adds() && !act.takes());
  }

  /** An ObjectEvent with DELETE: the unit, or this quantity of it, is no more. */
  boolean deletes() {
    return role == UnitRole.EPC
        && act.is(Act.DELETE)
        && act.type() == EventType.OBJECT_EVENT
        && !shared;
  }

  /** An ObjectEvent or the like with ADD. */
  boolean adds() {
    return role == UnitRole.EPC
        && act.is(Act.ADD)
        && act.type() == EventType.OBJECT_EVENT
        && !shared;
  }

  /** Whether who answers for the event had the goods, and did not only look at them. */
  boolean custodial() {
    return input()
        || output()
        || act.gives()
        || act.takes()
        || adds()
        || (role == UnitRole.CHILD && act.is(Act.ADD));
  }
}
