package org.yuanliu.platform.trace;

import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.yuanliu.epcis.UnitRole;
import org.yuanliu.platform.access.SqlCondition;

/** Which events name a unit: the unit view's part in queries of events. */
@Component
public final class UnitNaming {

  /**
   * That the event with the alias {@code e}, with the columns {@code journal}, {@code position} and
   * {@code event_time}, names one of the units in one of the roles.
   *
   * <p>One probe of the index of units a unit, whatever the planner last knew of the table: by
   * position it would read all units of an event, and hashed all events of a unit.
   *
   * @param prefix of the names of parameters, so that several conditions stand side by side
   * @param units UnitKeys of canonical URIs
   */
  public SqlCondition naming(String prefix, Collection<UUID> units, Collection<UnitRole> roles) {
    return new SqlCondition(
        """
        exists (select 1 from unit_event u
          where u.unit = any(:%1$sUnits) and u.event_time = e.event_time
            and u.position + 0 = e.position and u.journal + 0 = e.journal
            and u.role = any(:%1$sRoles) offset 0)\
        """
            .formatted(prefix),
        Map.of(prefix + "Units", units.toArray(UUID[]::new), prefix + "Roles", codes(roles)));
  }

  /**
   * The namings of one unit, in the order of event time that their index has. The unit's key is
   * {@code v.value}; the rows have the alias {@code l} and columns {@code event_time}, {@code
   * position} and {@code journal}. More conditions can be put behind.
   */
  public SqlCondition rowsOfUnit(String prefix, Collection<UnitRole> roles) {
    return new SqlCondition(
        """
        select l.event_time, l.position from unit_event l
        where l.unit = v.value and l.role = any(:%sRoles)\
        """
            .formatted(prefix),
        Map.of(prefix + "Roles", codes(roles)));
  }

  private static Short[] codes(Collection<UnitRole> roles) {
    return roles.stream().map(role -> UnitIndex.code(role)).toArray(Short[]::new);
  }
}
