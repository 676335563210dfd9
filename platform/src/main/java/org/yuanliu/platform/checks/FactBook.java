package org.yuanliu.platform.checks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.yuanliu.platform.database.BinaryCopy;
import org.yuanliu.platform.journal.EntryRef;

/**
 * What one transaction of the view changes of the facts' tables: events that come, go or are
 * replaced, with the keys that they stand under, and when they are to be judged again. Written at
 * its end, by COPY where nothing can be there.
 */
final class FactBook {
  private final Connection connection;
  private final FactStore store;
  private final Catalogue catalogue;
  private final Map<EntryRef, Fresh> fresh = new LinkedHashMap<>();

  /** What the tables have of events that are taken out or replaced. */
  private final Map<EntryRef, Known> removed = new LinkedHashMap<>();

  private final Set<UUID> voids = new LinkedHashSet<>();
  private final Map<EntryRef, List<Instant>> dues = new LinkedHashMap<>();

  /** An event that is to be stored, with the keys that it stands under. */
  private record Fresh(Known known, Set<UUID> keys) {}

  FactBook(Connection connection, FactStore store, Catalogue catalogue) {
    this.connection = connection;
    this.store = store;
    this.catalogue = catalogue;
  }

  void add(Known known, Set<UUID> keys) {
    fresh.put(known.ref(), new Fresh(known, keys));
  }

  /** An event that this transaction has added. */
  Optional<Known> added(UUID eventKey) {
    return fresh.values().stream()
        .map(Fresh::known)
        .filter(one -> one.eventKey().equals(eventKey))
        .findFirst();
  }

  /** Takes an event out, which may come again as another. */
  void remove(Known known) {
    removed.putIfAbsent(known.ref(), known);
    fresh.remove(known.ref());
    due(known.ref(), List.of());
  }

  /** Whatever has this key was declared in error, also if it comes later. */
  void declareVoid(UUID eventKey) {
    voids.add(eventKey);
  }

  boolean isVoid(UUID eventKey) {
    return voids.contains(eventKey);
  }

  /**
   * When an event is to be judged again because time has passed, instead of what was said before.
   */
  void due(EntryRef ref, List<Instant> moments) {
    dues.put(ref, moments);
  }

  /** Of an event that is not there any more, unless something was said of it. */
  void dueNoMore(EntryRef ref) {
    dues.putIfAbsent(ref, List.of());
  }

  void flush() throws SQLException {
    delete("delete from check_event where journal = ? and position = ?", removed.keySet());
    deleteKeys();
    copyEvents();
    copyKeys();
    if (!voids.isEmpty()) {
      try (PreparedStatement insert =
          connection.prepareStatement(
              "insert into check_void (event_key) select unnest(?) on conflict do nothing")) {
        insert.setArray(1, store.uuids(voids));
        insert.executeUpdate();
      }
    }
    Set<EntryRef> stored = new LinkedHashSet<>(dues.keySet());
    stored.removeAll(fresh.keySet());
    stored.addAll(removed.keySet());
    delete("delete from check_due where journal = ? and position = ?", stored);
    copyDues();
  }

  private void deleteKeys() throws SQLException {
    if (removed.isEmpty()) {
      return;
    }
    try (PreparedStatement delete =
        connection.prepareStatement(
            """
            delete from check_key
            where key = any(?) and event_time = ? and journal = ? and position = ?
            """)) {
      for (Known known : removed.values()) {
        delete.setArray(1, store.uuids(catalogue.keys(known)));
        delete.setObject(2, FactStore.at(known.fact().eventTime().truncatedTo(ChronoUnit.MICROS)));
        delete.setInt(3, known.ref().journal());
        delete.setLong(4, known.ref().position());
        delete.addBatch();
      }
      delete.executeBatch();
    }
  }

  private void delete(String sql, Set<EntryRef> refs) throws SQLException {
    if (refs.isEmpty()) {
      return;
    }
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      for (EntryRef ref : refs) {
        delete.setInt(1, ref.journal());
        delete.setLong(2, ref.position());
        delete.addBatch();
      }
      delete.executeBatch();
    }
  }

  /** Of the same events none is there any more, and none stands twice. */
  private void copyDues() throws SQLException {
    if (dues.values().stream().allMatch(List::isEmpty)) {
      return;
    }
    try (BinaryCopy copy =
        new BinaryCopy(
            connection, "copy check_due (due, journal, position) from stdin (format binary)", 3)) {
      for (Map.Entry<EntryRef, List<Instant>> due : dues.entrySet()) {
        for (Instant at : due.getValue()) {
          copy.row().putInstant(at).putInt(due.getKey().journal()).putLong(due.getKey().position());
        }
      }
      copy.finish();
    }
  }

  private void copyEvents() throws SQLException {
    if (fresh.isEmpty()) {
      return;
    }
    try (BinaryCopy copy =
        new BinaryCopy(
            connection,
            """
            copy check_event (journal, position, event_key, event_time, reporter, principal, named,
              division, industry, place, fact) from stdin (format binary)\
            """,
            11)) {
      for (Fresh one : fresh.values()) {
        Known known = one.known();
        copy.row()
            .putInt(known.ref().journal())
            .putLong(known.ref().position())
            .putUuid(known.eventKey())
            .putInstant(known.fact().eventTime())
            .putUuid(known.access().reporter())
            .putUuid(known.access().principal())
            .putUuids(known.access().named())
            .putText(known.access().division())
            .putText(known.access().industry())
            .putUuid(known.place())
            .putText(FactCodec.encode(known));
      }
      copy.finish();
    }
  }

  private void copyKeys() throws SQLException {
    if (fresh.isEmpty()) {
      return;
    }
    try (BinaryCopy copy =
        new BinaryCopy(
            connection,
            "copy check_key (key, event_time, position, journal) from stdin (format binary)",
            4)) {
      for (Fresh one : fresh.values()) {
        Known known = one.known();
        for (UUID key : one.keys()) {
          copy.row()
              .putUuid(key)
              .putInstant(known.fact().eventTime())
              .putLong(known.ref().position())
              .putInt(known.ref().journal());
        }
      }
      copy.finish();
    }
  }
}
