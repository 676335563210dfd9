package org.yuanliu.platform.journal;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.yuanliu.ledger.Frontier;
import org.yuanliu.ledger.Leaf;
import org.yuanliu.ledger.Suite;
import org.yuanliu.ledger.TreeHead;

/**
 * Computes every leaf and the root anew from the rows and compares them with what is stored. Reads
 * one snapshot, in order, in bounded memory, about 30,000 entries a second; the server may go on.
 */
@Component
public final class TreeCheck {
  private static final int BYTES_PER_MB = 1024 * 1024;

  private final DataSource dataSource;
  private final EntryReader reader;
  private final int maxBodyBytes;

  @Autowired
  TreeCheck(DataSource dataSource, JournalSettings settings) {
    this(dataSource, settings.bodyMb() * BYTES_PER_MB);
  }

  TreeCheck(DataSource dataSource, int maxBodyBytes) {
    this.dataSource = requireNonNull(dataSource, "dataSource is null");
    this.maxBodyBytes = maxBodyBytes;
    reader = new EntryReader(List.of(), maxBodyBytes);
  }

  /** What the check found. */
  public sealed interface Result {}

  /** Rows, leaves and head agree. */
  public record Sound(TreeHead head) implements Result {}

  /**
   * They don't.
   *
   * @param position the first one that differs; the tree's size where all rows agree with their
   *     leaves and only the head does not
   * @param what for a person
   */
  public record Broken(long position, String what) implements Result {}

  /**
   * Checks the journal.
   *
   * @throws JournalUnavailableException if it cannot be read
   */
  public Result check() {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      try {
        return check(connection, PostgresJournal.JOURNAL);
      } finally {
        connection.rollback();
        connection.setReadOnly(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw new JournalUnavailableException("the journal cannot be read", e);
    }
  }

  private Result check(Connection connection, int journal) throws SQLException {
    Head head = Head.read(connection, journal);
    if (head == null) {
      return new Broken(0, "there is no journal");
    }
    Leaves leaves = new Leaves(head.log, head.suite);
    Frontier.Builder tree = Frontier.empty(head.suite).builder();
    StoredLeaves stored = new StoredLeaves(connection, journal);
    try (BodyCodec bodies = new BodyCodec(maxBodyBytes)) {
      while (true) {
        List<StoredEntry> batch = reader.next(connection, journal, tree.size(), Long.MAX_VALUE);
        if (batch.isEmpty()) {
          break;
        }
        for (StoredEntry entry : batch) {
          long position = tree.size();
          if (entry.ref().position() != position) {
            return new Broken(position, "the entry is missing");
          }
          byte[] leaf = stored.at(position);
          String wrong = compare(entry, leaf, head.suite, leaves, bodies);
          if (wrong != null) {
            return new Broken(position, wrong);
          }
          tree.append(requireNonNull(leaf, "leaf is null"));
        }
      }
    }
    if (tree.size() != head.size) {
      return new Broken(
          Math.min(tree.size(), head.size),
          "%d entries, but the head says %d".formatted(tree.size(), head.size));
    }
    if (stored.at(tree.size()) != null) {
      return new Broken(tree.size(), "a leaf without an entry");
    }
    if (!Arrays.equals(tree.root(), head.root)
        || !Arrays.equals(tree.build().encode(), head.frontier)) {
      return new Broken(tree.size(), "the root is not that of the leaves");
    }
    return new Sound(new TreeHead(head.log, head.size, head.root, head.time));
  }

  /** What is wrong with an entry; null if nothing is. */
  private static @Nullable String compare(
      StoredEntry entry, byte @Nullable [] leaf, Suite suite, Leaves leaves, BodyCodec bodies) {
    if (leaf == null) {
      return "the leaf is missing";
    }
    if (entry.suite() != suite.code() || entry.leafVersion() != Leaf.VERSION) {
      return "a leaf of another kind";
    }
    if (entry.reporter() == null || entry.principal() == null) {
      return "the name of reporter or principal is missing";
    }
    if (entry.content() == null || !entry.ref().equals(entry.identityAt())) {
      return "the identity does not lead to the entry";
    }
    try {
      byte[] digest = leaves.bodyDigest(bodies.decode(entry.storedBody()));
      byte[] computed =
          leaves.hash(
              leaves.leafRecord(
                  entry.ref().position(),
                  entry.recordTime(),
                  entry.captureId(),
                  entry.reporter(),
                  entry.principal(),
                  entry.id(),
                  entry.hash(),
                  entry.hashVersion(),
                  digest),
              entry.salt());
      return Arrays.equals(computed, leaf) ? null : "the entry is not what its leaf says";
    } catch (IllegalArgumentException e) {
      return "the entry cannot be read: " + e.getMessage();
    }
  }

  /** The journal's row, as it stands there. */
  @SuppressWarnings("ArrayRecordComponent") // read once
  private record Head(
      String log, Suite suite, long size, byte[] root, byte[] frontier, Instant time) {

    static @Nullable Head read(Connection connection, int journal) throws SQLException {
      try (PreparedStatement statement =
          connection.prepareStatement(
              "select name, suite, size, root, frontier, record_time from journal where id = ?")) {
        statement.setInt(1, journal);
        try (ResultSet rows = statement.executeQuery()) {
          return rows.next()
              ? new Head(
                  rows.getString(1),
                  Suite.ofCode((byte) rows.getShort(2)),
                  rows.getLong(3),
                  rows.getBytes(4),
                  rows.getBytes(5),
                  Rows.instant(rows, 6))
              : null;
        }
      }
    }
  }

  /** Leaf hashes by position, asked for in order; one row of them is held at a time. */
  private static final class StoredLeaves {
    private final Connection connection;
    private final int journal;
    private long first;
    private byte[] hashes = new byte[0];

    StoredLeaves(Connection connection, int journal) {
      this.connection = connection;
      this.journal = journal;
    }

    byte @Nullable [] at(long position) throws SQLException {
      long end = first + hashes.length / Suite.HASH_BYTES;
      if (position >= end && !next(end)) {
        return null;
      }
      int from = Math.toIntExact(position - first) * Suite.HASH_BYTES;
      return from < 0 || from + Suite.HASH_BYTES > hashes.length
          ? null
          : Arrays.copyOfRange(hashes, from, from + Suite.HASH_BYTES);
    }

    private boolean next(long from) throws SQLException {
      try (PreparedStatement statement =
          connection.prepareStatement("select hashes from leaf where journal = ? and first = ?")) {
        statement.setInt(1, journal);
        statement.setLong(2, from);
        try (ResultSet rows = statement.executeQuery()) {
          if (!rows.next()) {
            return false;
          }
          first = from;
          hashes = rows.getBytes(1);
          return true;
        }
      }
    }
  }
}
