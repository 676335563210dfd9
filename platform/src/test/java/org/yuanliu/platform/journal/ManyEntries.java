package org.yuanliu.platform.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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
    String body = new String(like.body(), UTF_8);
    JournalTables tables = new JournalTables(PostgresJournal.JOURNAL, suite);
    Leaves leaves = new Leaves(TestJournal.LOG, suite);
    Preparer preparer = new Preparer(TestJournal.LOG, suite, BATCH, 1 << 20);
    Frontier.Builder tree = Frontier.empty(suite).builder();
    Instant time = BEGIN;
    try (Connection connection = dataSource.getConnection();
        Statement sql = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (String index :
          List.of("event_key", "event_time", "principal", "reporter", "biz_location")) {
        sql.execute(
            "drop index if exists entry_" + index); // one by one they would cost most of the time
      }
      sql.execute("alter table identity drop constraint identity_pkey");
      tables.nameParties(
          connection, Map.of(UnitKey.of(like.principal()).value(), like.principal()));
      for (long first = 0; first < count; first += BATCH) {
        List<Draft> drafts = new ArrayList<>();
        for (long i = first; i < Math.min(count, first + BATCH); i++) {
          String id = "urn:uuid:" + new UUID(0x4000L, Long.MIN_VALUE | i);
          drafts.add(
              new Draft(
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
                  like.subject()));
        }
        time = time.plusMillis(100);
        Submission submission = new Submission(new UUID(1, first), drafts);
        List<GroupPlan.NewEntry> entries = new ArrayList<>();
        byte[] hashes = new byte[drafts.size() * Suite.HASH_BYTES];
        for (PreparedDraft prepared : preparer.prepare(submission).drafts()) {
          long position = first + entries.size();
          Draft draft = prepared.draft();
          byte[] hash =
              leaves.hash(
                  leaves.leafRecord(
                      position,
                      time,
                      submission.captureId(),
                      draft.reporter(),
                      draft.principal(),
                      draft.id(),
                      draft.hash(),
                      draft.hashVersion(),
                      prepared.bodyDigest()),
                  prepared.salt());
          tree.append(hash);
          System.arraycopy(hash, 0, hashes, entries.size() * Suite.HASH_BYTES, Suite.HASH_BYTES);
          entries.add(
              new GroupPlan.NewEntry(
                  new EntryRef(PostgresJournal.JOURNAL, position),
                  submission.captureId(),
                  prepared));
        }
        tables.addEntries(connection, entries, time);
        addLeaves(connection, first, hashes);
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
