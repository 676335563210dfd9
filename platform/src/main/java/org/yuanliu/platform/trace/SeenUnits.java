package org.yuanliu.platform.trace;

import static java.util.Objects.requireNonNull;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.yuanliu.platform.access.Disclosure;
import org.yuanliu.platform.access.SqlCondition;
import org.yuanliu.platform.access.Viewer;
import org.yuanliu.platform.registry.UnitWhereabouts;

/** Whether a viewer may read a record of a unit, by the unit view. */
@Component
class SeenUnits implements UnitWhereabouts {
  private final JdbcClient jdbc;
  private final Disclosure disclosure;

  SeenUnits(JdbcClient jdbc, Disclosure disclosure) {
    this.jdbc = requireNonNull(jdbc, "jdbc is null");
    this.disclosure = requireNonNull(disclosure, "disclosure is null");
  }

  @Override
  public boolean seen(Viewer viewer, UUID unit) {
    SqlCondition condition = disclosure.condition(viewer);
    return jdbc.sql(
            """
            select exists (
              select from unit_event u
              cross join lateral (
                select * from trace_event e
                where e.journal = u.journal and e.position = u.position offset 0) e
              where u.unit = :unit and %s)
            """
                .formatted(condition.sql()))
        .param("unit", unit)
        .params(condition.parameters())
        .query(Boolean.class)
        .single();
  }
}
