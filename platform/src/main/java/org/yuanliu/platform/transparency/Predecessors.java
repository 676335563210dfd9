package org.yuanliu.platform.transparency;

import static java.util.Objects.requireNonNull;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.yuanliu.codes.UnitKey;
import org.yuanliu.platform.ServerSettings;
import org.yuanliu.platform.journal.Draft;
import org.yuanliu.platform.journal.EntryKind;
import org.yuanliu.platform.journal.Hot;
import org.yuanliu.platform.journal.Identity;
import org.yuanliu.platform.journal.Journal;
import org.yuanliu.platform.journal.Outcome;
import org.yuanliu.platform.journal.Scope;
import org.yuanliu.platform.journal.Standing;
import org.yuanliu.platform.journal.Submission;

/**
 * Names in the journal the log that this one took over, at the first start after it: from then on
 * the new log's own tree holds what it follows. The same entry sent again is the same entry.
 */
@Component
final class Predecessors implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(Predecessors.class);

  /** After the journal takes entries. */
  private static final int PHASE = Integer.MIN_VALUE + 2_500;

  /** Who says it: the platform about itself. */
  private static final String PLATFORM = "urn:yuanliu:platform:log";

  private final JdbcClient jdbc;
  private final Journal journal;
  private final String log;
  private volatile boolean running;

  Predecessors(JdbcClient jdbc, Journal journal, ServerSettings server) {
    this.jdbc = requireNonNull(jdbc, "jdbc is null");
    this.journal = requireNonNull(journal, "journal is null");
    this.log = server.log();
  }

  /** The logs that led to this one, the last one first. */
  List<Predecessor> all() {
    return jdbc.sql(
            """
            select log, size, root, published, keys, successor from ledger_predecessor
            order by begun desc
            """)
        .query(
            (row, number) ->
                new Predecessor(
                    row.getString("successor"),
                    SuccessionEntry.of(
                        row.getString("log"),
                        row.getLong("size"),
                        row.getBytes("root"),
                        row.getString("published"),
                        row.getString("keys"))))
        .list();
  }

  record Predecessor(String successor, SuccessionEntry entry) {}

  @Override
  public void start() {
    running = true;
    all().stream().filter(one -> one.successor().equals(log)).forEach(this::note);
  }

  private void note(Predecessor predecessor) {
    byte[] body = predecessor.entry().body();
    byte[] digest = sha256(body);
    String id = "urn:yuanliu:log-succession:" + UnitKey.of(log).value();
    Draft draft =
        new Draft(
            EntryKind.LOG_SUCCESSION,
            new Identity(UnitKey.of(id).value(), digest),
            PLATFORM,
            PLATFORM,
            id,
            digest,
            "SHA-256",
            Standing.DECLARED,
            new Scope(null, null, Set.of()),
            Hot.NONE,
            body,
            predecessor.entry());
    switch (journal.append(new Submission(UUID.randomUUID(), List.of(draft)))) {
      case Outcome.Committed committed -> LOG.info("this log names the one it follows: {}", id);
      case Outcome.Conflicted conflicted ->
          LOG.error("the journal names another predecessor than the database does: {}", id);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void stop() {
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }
}
