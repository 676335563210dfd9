package org.yuanliu.platform.checks;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
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
  private final Equivalents equivalents;
  private final Map<UUID, Said> known = new HashMap<>();
  private final Map<UUID, Said> said = new TreeMap<>();

  CounterLimits(Connection connection, Equivalents equivalents) {
    this.connection = connection;
    this.equivalents = equivalents;
  }

  /**
   * What a record said.
   *
   * @param position of the record
   */
  private record Said(BigDecimal value, long position) {}

  /**
   * Reads what was said of the events' units in one round trip.
   *
   * @param joining codes that are joined with others or parted from them meanwhile
   */
  void prefetch(Catalogue catalogue, Collection<Known> events, Collection<String> joining)
      throws SQLException {
    Set<String> more = new HashSet<>(joining);
    if (!joining.isEmpty()) {
      more.addAll(equivalents.known());
    }
    Set<UUID> keys = new LinkedHashSet<>();
    for (Known event : events) {
      for (String element :
          catalogue.version(event.pack(), event.version()).counters().asked(event.fact())) {
        for (UnitFact unit : event.joined().own().units()) {
          equivalents.members(unit.unit()).forEach(code -> keys.add(key(event, element, code)));
        }
        more.forEach(code -> keys.add(key(event, element, code)));
      }
    }
    if (keys.isEmpty()) {
      return;
    }
    try (PreparedStatement select =
        connection.prepareStatement(
            "select key, value, position from check_counter_said where key = any(?)")) {
      select.setArray(1, connection.createArrayOf("uuid", keys.toArray()));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          known.put(
              rows.getObject(1, UUID.class), new Said(rows.getBigDecimal(2), rows.getLong(3)));
        }
      }
    }
  }

  /** Whichever of the unit's codes it was said of. */
  Optional<BigDecimal> of(Known event, String element, String unit) {
    Said last = null;
    for (String code : equivalents.members(unit)) {
      Said one = known.get(key(event, element, code));
      if (one != null && (last == null || one.position() > last.position())) {
        last = one;
      }
    }
    return Optional.ofNullable(last).map(Said::value);
  }

  /** Takes down what an event says. */
  void take(Known event, RefusingCounters counters) {
    counters
        .says(event.fact())
        .forEach(
            (element, value) -> {
              for (UnitFact unit : event.joined().own().units()) {
                UUID key = key(event, element, unit.unit());
                Said now = new Said(value, event.ref().position());
                known.put(key, now);
                said.put(key, now);
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
            insert into check_counter_said (key, value, position)
            select * from unnest(?::uuid[], ?::numeric[], ?::bigint[])
            on conflict (key) do update set value = excluded.value, position = excluded.position
            """)) {
      upsert.setArray(1, connection.createArrayOf("uuid", said.keySet().toArray()));
      upsert.setArray(
          2,
          connection.createArrayOf(
              "numeric", said.values().stream().map(Said::value).toArray(BigDecimal[]::new)));
      upsert.setArray(
          3,
          connection.createArrayOf(
              "bigint", said.values().stream().map(Said::position).toArray(Long[]::new)));
      upsert.executeUpdate();
    }
  }

  private static UUID key(Known event, String element, String unit) {
    return FactKeys.hash("said\n" + event.pack() + '\n' + element + '\n' + unit);
  }
}
