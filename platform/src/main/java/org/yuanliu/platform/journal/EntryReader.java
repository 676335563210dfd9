package org.yuanliu.platform.journal;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Entries out of their rows. */
final class EntryReader {
  /** Entries handed over at once in a replay. */
  static final int BATCH_ENTRIES = 1_000;

  /** Stored bytes handed over at once in a replay; a few times that when decoded. */
  static final int BATCH_BYTES = 4 * 1024 * 1024;

  /** Rows that the driver holds at once: a body has 16 MB at most, an ordinary one 300 bytes. */
  private static final int FETCH_ROWS = 50;

  private static final String SELECT =
      """
      select e.journal, e.position, e.kind, e.standing, e.suite, e.leaf_version, e.record_time,
        e.capture, r.uri, p.uri, e.named, e.division, e.industry, e.identity, i.content, i.journal,
        i.position, e.event_type, e.event_time, e.biz_step, e.biz_location, e.event_id,
        e.event_hash, e.hash_version, e.salt, e.body
      from entry e
        left join party_uri r on r.key = e.reporter
        left join party_uri p on p.key = e.principal
        left join identity i on i.key = e.identity
      """;

  private final Map<EntryKind, SubjectCodec> codecs = new EnumMap<>(EntryKind.class);
  private final int maxBodyBytes;

  EntryReader(Collection<? extends SubjectCodec> codecs, int maxBodyBytes) {
    for (SubjectCodec codec : codecs) {
      SubjectCodec other = this.codecs.put(codec.kind(), codec);
      if (other != null) {
        throw new IllegalArgumentException(
            codec.kind() + " has two codecs: " + other + " and " + codec);
      }
    }
    this.maxBodyBytes = maxBodyBytes;
  }

  /** The entries that are there, by their reference. */
  Map<EntryRef, Entry> read(Connection connection, Collection<EntryRef> refs) throws SQLException {
    Map<EntryRef, Entry> found = new HashMap<>();
    Integer[] journals = refs.stream().map(EntryRef::journal).toArray(Integer[]::new);
    Long[] positions = refs.stream().map(EntryRef::position).toArray(Long[]::new);
    try (BodyCodec bodies = new BodyCodec(maxBodyBytes);
        PreparedStatement statement =
            connection.prepareStatement(
                SELECT
                    + """
                    where (e.journal, e.position) in (select * from unnest(?::integer[], ?::bigint[]))
                    """)) {
      statement.setArray(1, connection.createArrayOf("integer", journals));
      statement.setArray(2, connection.createArrayOf("bigint", positions));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          Entry entry = entry(stored(rows), bodies);
          found.put(entry.ref(), entry);
        }
      }
    }
    return found;
  }

  /** The rows of entries that are there, in order. */
  List<StoredEntry> at(Connection connection, int journal, List<Long> positions)
      throws SQLException {
    List<StoredEntry> found = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            SELECT + "where e.journal = ? and e.position = any (?) order by e.position")) {
      statement.setInt(1, journal);
      statement.setArray(2, connection.createArrayOf("bigint", positions.toArray(Long[]::new)));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(stored(rows));
        }
      }
    }
    return found;
  }

  /**
   * The next entries in order, as many as one batch holds; empty at the end. Inside a transaction
   * the rows are fetched a few at a time.
   *
   * @param end position to stop before
   */
  List<StoredEntry> next(Connection connection, int journal, long from, long end)
      throws SQLException {
    List<StoredEntry> batch = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            SELECT
                + """
                where e.journal = ? and e.position >= ? and e.position < ?
                order by e.position limit ?
                """)) {
      statement.setInt(1, journal);
      statement.setLong(2, from);
      statement.setLong(3, end);
      statement.setInt(4, BATCH_ENTRIES);
      statement.setFetchSize(FETCH_ROWS);
      try (ResultSet rows = statement.executeQuery()) {
        long bytes = 0;
        while (bytes < BATCH_BYTES && rows.next()) {
          StoredEntry stored = stored(rows);
          batch.add(stored);
          bytes += stored.storedBody().length;
        }
      }
    }
    return batch;
  }

  /** All entries of a kind that is rare, in order. */
  List<StoredEntry> ofKind(Connection connection, int journal, EntryKind kind) throws SQLException {
    List<StoredEntry> found = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            SELECT + " where e.journal = ? and e.kind = ? order by e.position")) {
      statement.setInt(1, journal);
      statement.setShort(2, kind.code());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(stored(rows));
        }
      }
    }
    return found;
  }

  /** The entries decoded. */
  List<Entry> entries(List<StoredEntry> stored) {
    try (BodyCodec bodies = new BodyCodec(maxBodyBytes)) {
      List<Entry> entries = new ArrayList<>(stored.size());
      for (StoredEntry one : stored) {
        entries.add(entry(one, bodies));
      }
      return entries;
    }
  }

  private Entry entry(StoredEntry stored, BodyCodec bodies) {
    SubjectCodec codec = codecs.get(stored.kind());
    if (codec == null) {
      throw new IllegalStateException("no codec for entries of the kind " + stored.kind());
    }
    byte[] body = bodies.decode(stored.storedBody());
    return new Entry(
        stored.ref(),
        stored.recordTime(),
        stored.captureId(),
        new Draft(
            stored.kind(),
            new Identity(stored.identity(), present(stored.content(), "identity", stored)),
            present(stored.reporter(), "reporter", stored),
            present(stored.principal(), "principal", stored),
            stored.id(),
            stored.hash(),
            stored.hashVersion(),
            stored.standing(),
            stored.scope(),
            stored.hot(),
            body,
            codec.decode(body)));
  }

  private static <T> T present(@Nullable T value, String what, StoredEntry stored) {
    return requireNonNull(value, () -> "entry " + stored.ref() + " has lost its " + what);
  }

  private static StoredEntry stored(ResultSet rows) throws SQLException {
    int identityJournal = rows.getInt(16);
    EntryRef identityAt = rows.wasNull() ? null : new EntryRef(identityJournal, rows.getLong(17));
    byte[] hash = rows.getBytes(23);
    String hashVersion = rows.getString(24);
    return new StoredEntry(
        new EntryRef(rows.getInt(1), rows.getLong(2)),
        EntryKind.ofCode(rows.getShort(3)),
        Standing.ofCode(rows.getShort(4)),
        rows.getShort(5),
        rows.getShort(6),
        Rows.instant(rows, 7),
        rows.getObject(8, UUID.class),
        rows.getString(9),
        rows.getString(10),
        new Scope(
            rows.getString(12), rows.getString(13), Set.of((UUID[]) rows.getArray(11).getArray())),
        rows.getObject(14, UUID.class),
        rows.getBytes(15),
        identityAt,
        new Hot(
            rows.getString(18),
            Rows.instantOrNull(rows, 19),
            rows.getString(20),
            rows.getString(21)),
        rows.getString(22),
        hash == null ? new byte[0] : hash,
        hashVersion == null ? "" : hashVersion,
        rows.getBytes(25),
        rows.getBytes(26));
  }
}
