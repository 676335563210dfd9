package org.yuanliu.platform.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.yuanliu.codes.UnitKey;
import org.yuanliu.ledger.Frontier;
import org.yuanliu.ledger.Suite;
import org.yuanliu.ledger.TreeHead;

/**
 * A journal of many valid entries, written by COPY past the journal: for what only shows in a large
 * tree, or has to be measured on one. The unit view stays empty.
 */
public final class ManyEntries {
  private static final int BATCH = 2_000;
  private static final int THREADS = 2;
  private static final Instant BEGIN = Instant.parse("2026-11-21T00:00:00Z");
  private static final String PLACEHOLDER = "urn:uuid:00000000-0000-0000-0000-000000000000";

  private ManyEntries() {}

  /**
   * Fills an empty database.
   *
   * @param like an event with the id {@value #PLACEHOLDER}, which each entry takes with its own
   */
  public static TreeHead fill(DataSource dataSource, Suite suite, long count, Draft like)
      throws SQLException {
    JournalTables tables = new JournalTables(PostgresJournal.JOURNAL, suite);
    Batches batches = new Batches(suite, like, new String(like.body(), UTF_8), count);
    Frontier.Builder tree = Frontier.empty(suite).builder();
    Instant time = BEGIN;
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        Connection connection = dataSource.getConnection();
        Statement sql = connection.createStatement()) {
      connection.setAutoCommit(false);
      // One by one they would cost most of the time.
      List<String> indexes = new ArrayList<>();
      try (ResultSet rows =
          sql.executeQuery(
              """
              select indexname from pg_indexes
              where schemaname = current_schema() and tablename = 'entry'
                and indexname not like '%pkey%'\
              """)) {
        while (rows.next()) {
          indexes.add(rows.getString(1));
        }
      }
      for (String index : indexes) {
        sql.execute("drop index " + index);
      }
      sql.execute("alter table identity drop constraint identity_pkey");
      tables.nameParties(
          connection, Map.of(UnitKey.of(like.principal()).value(), like.principal()));
      Deque<Future<Batch>> ahead = new ArrayDeque<>();
      long asked = 0;
      for (long first = 0; first < count; first += BATCH) {
        for (; asked < count && ahead.size() <= THREADS; asked += BATCH) {
          long from = asked;
          ahead.addLast(threads.submit(() -> batches.make(from)));
        }
        Batch batch = made(ahead.removeFirst());
        for (int at = 0; at < batch.hashes().length; at += Suite.HASH_BYTES) {
          tree.append(Arrays.copyOfRange(batch.hashes(), at, at + Suite.HASH_BYTES));
        }
        time = batch.time();
        tables.addEntries(connection, batch.entries(), time);
        addLeaves(connection, first, batch.hashes());
      }
      try (PreparedStatement identities =
          connection.prepareStatement(
              "insert into identity select identity, journal, position, ? from entry")) {
        identities.setBytes(1, like.identity().content());
        identities.executeUpdate();
      }
      sql.execute("alter table identity add primary key (key)");
      Frontier frontier = tree.build();
      try (PreparedStatement head =
          connection.prepareStatement(
              """
              insert into journal (id, name, suite, epoch, holder, held_since, size, root, frontier,
                record_time) values (?, ?, ?, 1, 'test', now(), ?, ?, ?, ?)
              """)) {
        head.setInt(1, PostgresJournal.JOURNAL);
        head.setString(2, TestJournal.LOG);
        head.setShort(3, suite.code());
        head.setLong(4, count);
        head.setBytes(5, frontier.root());
        head.setBytes(6, frontier.encode());
        head.setObject(7, Rows.utc(time));
        head.executeUpdate();
      }
      connection.commit();
      connection.setAutoCommit(true);
      sql.execute("vacuum analyze entry");
      sql.execute("vacuum analyze identity");
      return new TreeHead(TestJournal.LOG, count, frontier.root(), time);
    }
  }

  private static Batch made(Future<Batch> batch) throws SQLException {
    try {
      return batch.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("entries could not be made", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted", e);
    }
  }

  /**
   * What one COPY takes.
   *
   * @param hashes of the leaves, one after the other
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over once
  private record Batch(List<GroupPlan.NewEntry> entries, Instant time, byte[] hashes) {}

  /** Makes entries from any position on, for several threads at once. */
  private record Batches(Suite suite, Draft like, String body, long count) {
    Batch make(long first) {
      List<Draft> drafts = new ArrayList<>(BATCH);
      for (long i = first; i < Math.min(count, first + BATCH); i++) {
        drafts.add(draft("urn:uuid:" + new UUID(0x4000L, Long.MIN_VALUE | i)));
      }
      Instant time = BEGIN.plusMillis(100 * (1 + first / BATCH));
      Submission submission = new Submission(new UUID(1, first), drafts);
      Preparer preparer = new Preparer(TestJournal.LOG, suite, BATCH, 1 << 20, List.of());
      Leaves leaves = new Leaves(TestJournal.LOG, suite);
      List<GroupPlan.NewEntry> entries = new ArrayList<>(BATCH);
      byte[] hashes = new byte[drafts.size() * Suite.HASH_BYTES];
      for (PreparedDraft prepared : preparer.prepare(submission).drafts()) {
        long position = first + entries.size();
        byte[] hash = hash(leaves, prepared, submission.captureId(), position, time);
        System.arraycopy(hash, 0, hashes, entries.size() * Suite.HASH_BYTES, Suite.HASH_BYTES);
        entries.add(
            new GroupPlan.NewEntry(
                new EntryRef(PostgresJournal.JOURNAL, position), submission.captureId(), prepared));
      }
      return new Batch(entries, time, hashes);
    }

    private Draft draft(String id) {
      return new Draft(
          like.kind(),
          new Identity(UnitKey.of(id).value(), like.identity().content()),
          like.reporter(),
          like.principal(),
          id,
          like.hash(),
          like.hashVersion(),
          like.standing(),
          like.scope(),
          like.hot(),
          body.replace(PLACEHOLDER, id).getBytes(UTF_8),
          like.subject());
    }

    private static byte[] hash(
        Leaves leaves, PreparedDraft prepared, UUID captureId, long position, Instant time) {
      Draft draft = prepared.draft();
      return leaves.hash(
          leaves.leafRecord(
              position,
              time,
              captureId,
              draft.reporter(),
              draft.principal(),
              draft.id(),
              draft.hash(),
              draft.hashVersion(),
              prepared.bodyDigest()),
          prepared.salt());
    }
  }

  private static void addLeaves(Connection connection, long first, byte[] hashes)
      throws SQLException {
    try (PreparedStatement leaf =
        connection.prepareStatement("insert into leaf (journal, first, hashes) values (?, ?, ?)")) {
      leaf.setInt(1, PostgresJournal.JOURNAL);
      leaf.setLong(2, first);
      leaf.setBytes(3, hashes);
      leaf.executeUpdate();
    }
  }
}
