package org.yuanliu.platform.journal;

import static java.util.Objects.requireNonNull;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yuanliu.ledger.Frontier;
import org.yuanliu.ledger.Leaf;
import org.yuanliu.ledger.Suite;
import org.yuanliu.platform.database.BinaryCopy;
import org.yuanliu.platform.journal.GroupPlan.NewEntry;

/** The writer's statements. Transactions are its business. */
final class JournalTables {
  private static final String ENTRY_COPY =
      """
      copy entry (journal, position, kind, standing, suite, leaf_version, record_time, capture,
        reporter, principal, named, division, industry, identity, event_key, event_time, event_type,
        biz_step, biz_location, event_id, event_hash, hash_version, salt, body)
      from stdin (format binary)
      """;

  private static final int ENTRY_COLUMNS = 24;

  private static final String IDENTITY_COPY =
      "copy identity (key, journal, position, content) from stdin (format binary)";

  private static final int IDENTITY_COLUMNS = 4;

  /** What PostgreSQL says where a key is there already. */
  private static final String UNIQUE_VIOLATION = "23505";

  private final int journal;
  private final Suite suite;

  JournalTables(int journal, Suite suite) {
    this.journal = journal;
    this.suite = requireNonNull(suite, "suite is null");
  }

  /** Which of the identities are taken, by key. */
  Map<UUID, StoredIdentity> identities(Connection connection, Collection<UUID> keys)
      throws SQLException {
    Map<UUID, StoredIdentity> found = new HashMap<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            select i.key, i.journal, i.position, i.content,
              -- Of an entry that retention dropped nobody knows the time any more.
              coalesce(e.record_time,
                (select j.record_time from journal j where j.id = i.journal))
            from identity i left join entry e on e.journal = i.journal and e.position = i.position
            where i.key = any (?)
            """)) {
      Array array = connection.createArrayOf("uuid", keys.toArray());
      statement.setArray(1, array);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.put(
              rows.getObject(1, UUID.class),
              new StoredIdentity(
                  new EntryRef(rows.getInt(2), rows.getLong(3)),
                  Rows.instant(rows, 5),
                  rows.getBytes(4)));
        }
      } finally {
        array.free();
      }
    }
    return found;
  }

  /**
   * Takes identities that are probably all free, in half the time of {@link #takeIdentities}.
   *
   * @return false if one of them was not free; the transaction has then failed
   */
  boolean takeFreeIdentities(Connection connection, List<NewEntry> entries) throws SQLException {
    try (BinaryCopy copy = new BinaryCopy(connection, IDENTITY_COPY, IDENTITY_COLUMNS)) {
      for (NewEntry entry : entries) {
        Identity identity = entry.prepared().draft().identity();
        copy.row()
            .putUuid(identity.key())
            .putInt(journal)
            .putLong(entry.ref().position())
            .putBytes(identity.content());
      }
      long taken = copy.finish();
      if (taken != entries.size()) {
        throw new IllegalStateException(taken + " identities stored, not " + entries.size());
      }
      return true;
    } catch (SQLException e) {
      if (UNIQUE_VIOLATION.equals(e.getSQLState())) {
        return false;
      }
      throw e;
    }
  }

  /**
   * Takes identities, whatever others take at the same time.
   *
   * @return how many were free; fewer than asked for if another journal was faster
   */
  int takeIdentities(Connection connection, List<NewEntry> entries) throws SQLException {
    UUID[] keys = new UUID[entries.size()];
    Long[] positions = new Long[entries.size()];
    byte[][] contents = new byte[entries.size()][];
    for (int i = 0; i < keys.length; i++) {
      NewEntry entry = entries.get(i);
      keys[i] = entry.prepared().draft().identity().key();
      positions[i] = entry.ref().position();
      contents[i] = entry.prepared().draft().identity().content();
    }
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            insert into identity (key, journal, position, content)
            select k, ?, p, c from unnest(?::uuid[], ?::bigint[], ?::bytea[]) as t (k, p, c)
            on conflict do nothing
            """)) {
      statement.setInt(1, journal);
      statement.setArray(2, connection.createArrayOf("uuid", keys));
      statement.setArray(3, connection.createArrayOf("bigint", positions));
      statement.setArray(4, connection.createArrayOf("bytea", contents));
      return statement.executeUpdate();
    }
  }

  /** Keeps the URIs of parties that may be new. */
  void nameParties(Connection connection, Map<UUID, String> uris) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            insert into party_uri (key, uri) select * from unnest(?::uuid[], ?::text[])
            on conflict do nothing
            """)) {
      statement.setArray(1, connection.createArrayOf("uuid", uris.keySet().toArray()));
      statement.setArray(2, connection.createArrayOf("text", uris.values().toArray()));
      statement.executeUpdate();
    }
  }

  void addEntries(Connection connection, List<NewEntry> entries, Instant recordTime)
      throws SQLException {
    try (BinaryCopy copy = new BinaryCopy(connection, ENTRY_COPY, ENTRY_COLUMNS)) {
      for (NewEntry entry : entries) {
        PreparedDraft prepared = entry.prepared();
        Draft draft = prepared.draft();
        Hot hot = draft.hot();
        copy.row()
            .putInt(entry.ref().journal())
            .putLong(entry.ref().position())
            .putShort(draft.kind().code())
            .putShort(draft.standing().code())
            .putShort(suite.code())
            .putShort(Leaf.VERSION)
            .putInstant(recordTime)
            .putUuid(entry.captureId())
            .putUuid(prepared.reporterKey())
            .putUuid(prepared.principalKey())
            .putUuids(draft.scope().named())
            .putText(draft.scope().division())
            .putText(draft.scope().industry())
            .putUuid(draft.identity().key())
            .putUuid(prepared.eventKey())
            .putInstant(hot.eventTime())
            .putText(hot.eventType())
            .putText(hot.bizStep())
            .putText(hot.bizLocation())
            .putText(draft.id())
            .putBytes(draft.hash().length == 0 ? null : draft.hash())
            .putText(draft.hashVersion().isEmpty() ? null : draft.hashVersion())
            .putBytes(prepared.salt())
            .putBytes(prepared.storedBody());
      }
      long taken = copy.finish();
      if (taken != entries.size()) {
        throw new IllegalStateException(taken + " entries stored instead of " + entries.size());
      }
    }
  }

  /** The leaf hashes that a commit wrote at this position; null if none did. */
  byte @Nullable [] leaves(Connection connection, long first) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select hashes from leaf where journal = ? and first = ?")) {
      statement.setInt(1, journal);
      statement.setLong(2, first);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? rows.getBytes(1) : null;
      }
    }
  }

  /**
   * Adds the leaves and moves the head on, if the epoch still is ours and the journal stands where
   * we believe it does.
   *
   * @param leaves their hashes, one after the other
   * @return false if it is not: a newer writer holds the lease
   */
  boolean advance(Connection connection, long epoch, long from, byte[] leaves, JournalState to)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            with advanced as (
              update journal set size = ?, root = ?, frontier = ?, record_time = ?
              where id = ? and epoch = ? and size = ?
              returning id)
            insert into leaf (journal, first, hashes) select id, ?, ? from advanced
            """)) {
      statement.setLong(1, to.size());
      statement.setBytes(2, to.frontier().root());
      statement.setBytes(3, to.frontier().encode());
      statement.setObject(4, Rows.utc(to.recordTime()));
      statement.setInt(5, journal);
      statement.setLong(6, epoch);
      statement.setLong(7, from);
      statement.setLong(8, from);
      statement.setBytes(9, leaves);
      return statement.executeUpdate() == 1;
    }
  }

  /**
   * Marks how far the views are rebuilt; null when they are whole.
   *
   * @return false if a newer writer holds the lease
   */
  boolean markRebuilt(Connection connection, long epoch, @Nullable Long position)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "update journal set rebuilt_to = ? where id = ? and epoch = ?")) {
      statement.setObject(1, position, Types.BIGINT);
      statement.setInt(2, journal);
      statement.setLong(3, epoch);
      return statement.executeUpdate() == 1;
    }
  }

  /** How far the views are rebuilt; null when they are whole. */
  @Nullable Long rebuiltTo(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select rebuilt_to from journal where id = ?")) {
      statement.setInt(1, journal);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        long position = rows.getLong(1);
        return rows.wasNull() ? null : position;
      }
    }
  }

  /** The journal's state, read under the lease, checked against itself. */
  JournalState state(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            select size, root, frontier, record_time,
              (select max(position) from entry where journal = j.id)
            from journal j where id = ?
            """)) {
      statement.setInt(1, journal);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        long size = rows.getLong(1);
        Frontier frontier = Frontier.decode(suite, rows.getBytes(3));
        long last = rows.getLong(5);
        long rowsEnd = rows.wasNull() ? 0 : last + 1;
        if (frontier.size() != size
            || rowsEnd != size
            || !Arrays.equals(frontier.root(), rows.getBytes(2))) {
          throw new IllegalStateException(
              "日志与树不一致 / the journal's tree of %d leaves, its frontier of %d and its entries up to %d do not agree"
                  .formatted(size, frontier.size(), rowsEnd));
        }
        return new JournalState(frontier, Rows.instant(rows, 4));
      }
    }
  }
}
