package org.yuanliu.platform.trace;

import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.yuanliu.epcis.UnitRole;
import org.yuanliu.platform.access.SqlCondition;

/**
 * Which events name a unit: the unit view's part in queries of events. All SQL is about one row
 * with the columns {@code journal} and {@code position}.
 */
@Component
public final class UnitNaming {

  /**
   * That the event with the alias {@code e} names one of the units in one of the roles.
   *
   * @param prefix of the names of parameters, so that several conditions stand side by side
   * @param units UnitKeys of canonical URIs
   */
  public SqlCondition naming(String prefix, Collection<UUID> units, Collection<UnitRole> roles) {
    return new SqlCondition(
        """
        exists (select 1 from unit_event u
          where u.journal = e.journal and u.position = e.position
            and u.unit = any(:%1$sUnits) and u.role = any(:%1$sRoles))\
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
