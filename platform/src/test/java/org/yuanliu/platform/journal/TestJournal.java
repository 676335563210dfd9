package org.yuanliu.platform.journal;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.yuanliu.ledger.Suite;
import org.yuanliu.platform.database.TestDatabase;

/** A journal on a test's own database, as the server runs it. */
public final class TestJournal {
  public static final String LOG = "test.yuanliu.local/journal";

  /** The server's defaults, but no test waits long for what does not come. */
  static final JournalSettings SETTINGS =
      new JournalSettings(
          "sha256-ed25519",
          4096,
          64,
          Duration.ofMillis(200),
          2000,
          20_000,
          16,
          Duration.ofSeconds(2),
          Duration.ofSeconds(10));

  private TestJournal() {}

  /** An open journal; to be closed before its database. */
  public static OpenJournal open(
      TestDatabase database,
      Clock clock,
      List<Projection> projections,
      Collection<? extends SubjectCodec> codecs) {
    return new OpenJournal(open(database.dataSource(), SETTINGS, clock, projections, codecs));
  }

  /** The same with signed heads. */
  public static OpenJournal open(
      DataSource dataSource,
      JournalSettings settings,
      Clock clock,
      List<Projection> projections,
      Collection<? extends SubjectCodec> codecs,
      HeadSigner signer) {
    PostgresJournal journal =
        new PostgresJournal(
            dataSource,
            LOG,
            settings,
            clock,
            projections,
            codecs,
            new SimpleMeterRegistry(),
            signer);
    journal.start();
    return new OpenJournal(journal);
  }

  public static JournalSettings settings() {
    return SETTINGS;
  }

  /** The same in a suite. */
  public static JournalSettings settings(Suite suite) {
    return new JournalSettings(
        suite.id(),
        SETTINGS.queueSubmissions(),
        SETTINGS.queueMb(),
        SETTINGS.queueWait(),
        SETTINGS.groupEntries(),
        SETTINGS.submissionEntries(),
        SETTINGS.bodyMb(),
        SETTINGS.leaseWait(),
        SETTINGS.recoveryWait());
  }

  public static JournalGrowth growth(org.springframework.jdbc.core.simple.JdbcClient jdbc) {
    return new JournalGrowth(jdbc);
  }

  public static LeafHashes leaves(DataSource dataSource) {
    return new LeafHashes(dataSource);
  }

  public static LeafOpenings openings(DataSource dataSource) {
    return new LeafOpenings(
        dataSource,
        SETTINGS,
        new org.yuanliu.platform.ServerSettings(
            java.nio.file.Path.of("."), LOG, java.time.ZoneId.of("Asia/Shanghai")));
  }

  public static TreeCheck treeCheck(DataSource dataSource) {
    return new TreeCheck(dataSource, SETTINGS, new EventSubjectCodec());
  }

  public static ViewCheck viewCheck(DataSource dataSource, List<CheckedView> views) {
    return new ViewCheck(dataSource, views);
  }

  /** For journals that hold events and retention acts. */
  public static List<SubjectCodec> codecs() {
    return List.of(new EventSubjectCodec(), new RetentionActCodec());
  }

  static PostgresJournal open(
      DataSource dataSource,
      JournalSettings settings,
      Clock clock,
      List<Projection> projections,
      Collection<? extends SubjectCodec> codecs) {
    PostgresJournal journal =
        new PostgresJournal(
            dataSource, LOG, settings, clock, projections, codecs, new SimpleMeterRegistry(), null);
    journal.start();
    return journal;
  }

  /** Rows, leaves and head of the journal in this database, compared. */
  public static TreeCheck.Result check(DataSource dataSource) {
    return new TreeCheck(dataSource, 16 * 1024 * 1024).check();
  }

  /** What tests of other capabilities hold. */
  public record OpenJournal(Journal journal, Rebuild rebuilder) implements AutoCloseable {
    OpenJournal(PostgresJournal journal) {
      this(journal, journal);
    }

    @Override
    public void close() {
      ((PostgresJournal) journal).close();
    }
  }
}
