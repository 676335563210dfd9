package org.yuanliu.platform.checks;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yuanliu.industry.CheckFinding;
import org.yuanliu.industry.CheckKeyValues;
import org.yuanliu.industry.CheckLevel;
import org.yuanliu.industry.EventFact.UnitFact;
import org.yuanliu.platform.database.BinaryCopy;
import org.yuanliu.platform.journal.EntryRef;

/**
 * The alerts of the events that one transaction judges: what is found anew is raised, what is found
 * no longer is cleared, at the moment of judging.
 */
final class AlertBook {
  /** Units named in an alert; whoever wants all opens the event. */
  private static final int MAX_UNITS = 20;

  private static final String COLUMNS =
      """
      finding, raised_at, cleared_at, journal, position, industry, pack_version, check_id, level,
      key, link, event_id, event_time, units, unit, reporter, principal, named, division\
      """;

  private static final int COLUMN_COUNT = 19;

  private final Connection connection;
  private final FactStore store;
  private final Map<EntryRef, Map<UUID, Spell>> open = new HashMap<>();
  private final Map<UUID, Map<Instant, Spell>> changed = new LinkedHashMap<>();
  private final Map<UUID, Spell> clearedNow = new HashMap<>();

  /** Events that no transaction before this one knew: no row of theirs can be there. */
  private final Set<EntryRef> unknownBefore = new HashSet<>();

  AlertBook(Connection connection, FactStore store) {
    this.connection = connection;
    this.store = store;
  }

  /**
   * A time during which an alert was open.
   *
   * @param check that found it
   * @param row what is to be stored; null if it stands there
   */
  private record Spell(
      UUID finding, String check, Instant raised, @Nullable Instant cleared, @Nullable Row row) {
    Spell clearedAt(@Nullable Instant moment) {
      return new Spell(finding, check, raised, moment, row);
    }
  }

  private record Row(Known event, CheckFinding found) {}

  static short code(CheckLevel level) {
    return switch (level) {
      case REFUSE -> 1;
      case ALERT -> 2;
      case WARN -> 3;
    };
  }

  static CheckLevel level(int code) {
    return switch (code) {
      case 1 -> CheckLevel.REFUSE;
      case 2 -> CheckLevel.ALERT;
      case 3 -> CheckLevel.WARN;
      default -> throw new IllegalArgumentException("no level has the code " + code);
    };
  }

  /**
   * Reads the open alerts of events in one round trip; of new events there are none.
   *
   * @param now what was cleared at this very moment may go on
   */
  void prefetch(Collection<EntryRef> refs, Instant now) throws SQLException {
    Set<EntryRef> missing = new HashSet<>(refs);
    missing.removeAll(open.keySet());
    if (missing.isEmpty()) {
      return;
    }
    missing.forEach(ref -> open.put(ref, new LinkedHashMap<>()));
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            select journal, position, finding, raised_at, cleared_at, check_id from alert
            where (cleared_at is null or cleared_at = ?) and (journal, position) in
              (select * from unnest(?::integer[], ?::bigint[]))
            """)) {
      statement.setObject(1, FactStore.at(now));
      statement.setArray(
          2,
          connection.createArrayOf(
              "integer", missing.stream().map(EntryRef::journal).toArray(Integer[]::new)));
      statement.setArray(
          3,
          connection.createArrayOf(
              "bigint", missing.stream().map(EntryRef::position).toArray(Long[]::new)));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          UUID finding = rows.getObject(3, UUID.class);
          Instant raised = rows.getObject(4, OffsetDateTime.class).toInstant();
          OffsetDateTime cleared = rows.getObject(5, OffsetDateTime.class);
          if (cleared == null) {
            open.getOrDefault(new EntryRef(rows.getInt(1), rows.getLong(2)), new HashMap<>())
                .put(finding, new Spell(finding, rows.getString(6), raised, null, null));
          } else {
            clearedNow.put(
                finding, new Spell(finding, rows.getString(6), raised, cleared.toInstant(), null));
          }
        }
      }
    }
  }

  /** An entry that this transaction takes has no alerts yet. */
  void isNew(EntryRef ref) {
    if (open.putIfAbsent(ref, new LinkedHashMap<>()) == null) {
      unknownBefore.add(ref);
    }
  }

  /**
   * What is found for the event now; everything else of it that these checks found is cleared.
   *
   * @param checks that were asked; null for all
   */
  void found(Known event, List<CheckFinding> findings, @Nullable Set<String> checks, Instant now)
      throws SQLException {
    prefetch(List.of(event.ref()), now);
    Map<UUID, Spell> before = open.getOrDefault(event.ref(), Map.of());
    if (before.isEmpty() && findings.isEmpty()) {
      return;
    }
    Map<UUID, Spell> after = new LinkedHashMap<>();
    for (CheckFinding found : findings) {
      UUID finding =
          FactKeys.hash(
              event.ref()
                  + "\n"
                  + event.pack()
                  + '\n'
                  + found.check()
                  + '\n'
                  + event.joined().ownKey(found.key()));
      Spell known = before.get(finding);
      if (known == null) {
        known = reopened(finding, now);
        if (known == null) {
          known = new Spell(finding, found.check(), now, null, new Row(event, found));
        }
        put(known);
      }
      after.put(finding, known);
    }
    before.forEach(
        (finding, spell) -> {
          if (!after.containsKey(finding)) {
            if (checks == null || checks.contains(spell.check())) {
              put(spell.clearedAt(now));
            } else {
              after.put(finding, spell);
            }
          }
        });
    open.put(event.ref(), after);
  }

  private void put(Spell spell) {
    changed
        .computeIfAbsent(spell.finding(), finding -> new LinkedHashMap<>())
        .put(spell.raised(), spell);
  }

  /** Cleared and raised again at one moment: it was open all the time. */
  private @Nullable Spell reopened(UUID finding, Instant now) {
    for (Spell spell : changed.getOrDefault(finding, Map.of()).values()) {
      if (now.equals(spell.cleared())) {
        return spell.clearedAt(null);
      }
    }
    Spell stored = clearedNow.get(finding);
    return stored != null && now.equals(stored.cleared()) ? stored.clearedAt(null) : null;
  }

  /** Most are of new events, and COPY takes a fraction of what an insert takes that looks first. */
  void flush() throws SQLException {
    List<Spell> fresh = new ArrayList<>();
    try (PreparedStatement insert =
            connection.prepareStatement(
                """
                insert into alert (%s)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (finding, raised_at) do update set cleared_at = excluded.cleared_at
                """
                    .formatted(COLUMNS));
        PreparedStatement update =
            connection.prepareStatement(
                "update alert set cleared_at = ? where finding = ? and raised_at = ?");
        PreparedStatement delete =
            connection.prepareStatement("delete from alert where finding = ? and raised_at = ?")) {
      boolean inserts = false;
      boolean updates = false;
      for (Spell spell : changed.values().stream().flatMap(m -> m.values().stream()).toList()) {
        Row row = spell.row();
        boolean isUnknown = row != null && unknownBefore.contains(row.event().ref());
        if (spell.raised().equals(spell.cleared())) {
          // It was open for no time, whether it is stored yet or not.
          if (!isUnknown) {
            delete.setObject(1, spell.finding());
            delete.setObject(2, FactStore.at(spell.raised()));
            delete.executeUpdate();
          }
        } else if (row == null) {
          update.setObject(1, FactStore.at(spell.cleared()));
          update.setObject(2, spell.finding());
          update.setObject(3, FactStore.at(spell.raised()));
          update.addBatch();
          updates = true;
        } else if (isUnknown) {
          fresh.add(spell);
        } else {
          set(insert, spell, row);
          insert.addBatch();
          inserts = true;
        }
      }
      if (updates) {
        update.executeBatch();
      }
      if (inserts) {
        insert.executeBatch();
      }
    }
    copy(fresh);
  }

  private void copy(List<Spell> spells) throws SQLException {
    if (spells.isEmpty()) {
      return;
    }
    try (BinaryCopy copy =
        new BinaryCopy(
            connection,
            "copy alert (%s) from stdin (format binary)".formatted(COLUMNS),
            COLUMN_COUNT)) {
      for (Spell spell : spells) {
        Row row = requireNonNull(spell.row(), "an alert that is stored already");
        Known event = row.event();
        String key = event.joined().ownKey(row.found().key());
        copy.row()
            .putUuid(spell.finding())
            .putInstant(spell.raised())
            .putInstant(spell.cleared())
            .putInt(event.ref().journal())
            .putLong(event.ref().position())
            .putText(event.pack())
            .putInt(event.version())
            .putText(row.found().check())
            .putShort(code(row.found().level()))
            .putText(key)
            .putText(event.fact().link().id())
            .putText(event.eventId())
            .putInstant(event.fact().eventTime())
            .putTexts(units(event))
            .putText(unit(event, key))
            .putUuid(event.access().reporter())
            .putUuid(event.access().principal())
            .putUuids(event.access().named())
            .putText(event.access().division());
      }
      copy.finish();
    }
  }

  private void set(PreparedStatement insert, Spell spell, Row row) throws SQLException {
    Known event = row.event();
    insert.setObject(1, spell.finding());
    insert.setObject(2, FactStore.at(spell.raised()));
    insert.setObject(3, FactStore.at(spell.cleared()));
    insert.setInt(4, event.ref().journal());
    insert.setLong(5, event.ref().position());
    insert.setString(6, event.pack());
    insert.setInt(7, event.version());
    insert.setString(8, row.found().check());
    insert.setShort(9, code(row.found().level()));
    String key = event.joined().ownKey(row.found().key());
    insert.setString(10, key);
    insert.setString(11, event.fact().link().id());
    insert.setString(12, event.eventId());
    insert.setObject(13, FactStore.at(event.fact().eventTime()));
    insert.setArray(14, connection.createArrayOf("text", units(event).toArray()));
    insert.setString(15, unit(event, key));
    insert.setObject(16, event.access().reporter());
    insert.setObject(17, event.access().principal());
    insert.setArray(18, store.uuids(event.access().named()));
    insert.setString(19, event.access().division());
  }

  private static List<String> units(Known event) {
    return event.joined().own().units().stream()
        .map(UnitFact::unit)
        .distinct()
        .limit(MAX_UNITS)
        .toList();
  }

  /** The unit among the parts of the key. */
  private static @Nullable String unit(Known event, String key) {
    List<String> parts = CheckKeyValues.parts(key);
    return event.joined().own().units().stream()
        .map(UnitFact::unit)
        .filter(parts::contains)
        .findFirst()
        .orElse(null);
  }
}
