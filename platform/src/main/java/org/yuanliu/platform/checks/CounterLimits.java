package org.yuanliu.platform.checks;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.yuanliu.industry.EventFact.UnitFact;
import org.yuanliu.industry.RefusingCounters;

/** What records have said of units that limits a counter, the doses of a vial for instance. */
final class CounterLimits {
  private final Connection connection;
  private final Map<UUID, BigDecimal> known = new HashMap<>();
  private final Map<UUID, BigDecimal> said = new TreeMap<>();

  CounterLimits(Connection connection) {
    this.connection = connection;
  }

  /** Reads what was said of the events' units in one round trip. */
  void prefetch(Catalogue catalogue, List<Known> events) throws SQLException {
    Set<UUID> keys = new LinkedHashSet<>();
    for (Known event : events) {
      for (String element :
          catalogue.version(event.pack(), event.version()).counters().elements()) {
        for (UnitFact unit : event.fact().units()) {
          keys.add(key(event, element, unit.unit()));
        }
      }
    }
    if (keys.isEmpty()) {
      return;
    }
    try (PreparedStatement select =
        connection.prepareStatement(
            "select key, value from check_counter_said where key = any(?)")) {
      select.setArray(1, connection.createArrayOf("uuid", keys.toArray()));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          known.put(rows.getObject(1, UUID.class), rows.getBigDecimal(2));
        }
      }
    }
  }

  Optional<BigDecimal> of(Known event, String element, String unit) {
    return Optional.ofNullable(known.get(key(event, element, unit)));
  }

  /** Takes down what an event says. */
  void take(Known event, RefusingCounters counters) {
    counters
        .says(event.fact())
        .forEach(
            (element, value) -> {
              for (UnitFact unit : event.fact().units()) {
                UUID key = key(event, element, unit.unit());
                known.put(key, value);
                said.put(key, value);
              }
            });
  }

  void flush() throws SQLException {
    if (said.isEmpty()) {
      return;
    }
    try (PreparedStatement upsert =
        connection.prepareStatement(
            """
            insert into check_counter_said (key, value)
            select * from unnest(?::uuid[], ?::numeric[])
            on conflict (key) do update set value = excluded.value
            """)) {
      upsert.setArray(1, connection.createArrayOf("uuid", said.keySet().toArray()));
      upsert.setArray(2, connection.createArrayOf("numeric", said.values().toArray()));
      upsert.executeUpdate();
    }
  }

  private static UUID key(Known event, String element, String unit) {
    return FactKeys.hash("said\n" + event.pack() + '\n' + element + '\n' + unit);
  }
}
