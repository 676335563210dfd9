package org.yuanliu.platform.trace;

import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.yuanliu.platform.access.SqlCondition;

/** Which events name a unit: the unit view's part in queries over the journal's entries. */
@Component
public final class UnitNaming {

  /**
   * That an entry names one of the units, in whichever role.
   *
   * @param units UnitKeys of canonical URIs
   */
  public SqlCondition naming(Collection<UUID> units) {
    return new SqlCondition(
        """
        (e.journal, e.position) in (
          select u.journal, u.position from unit_event u where u.unit = any(:namedUnits))""",
        Map.of("namedUnits", units.toArray(UUID[]::new)));
  }
}
