package org.yuanliu.platform.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.yuanliu.platform.journal.Drafts.draft;
import static org.yuanliu.platform.journal.Drafts.submission;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.yuanliu.ledger.Suite;
import org.yuanliu.platform.database.TestDatabase;
import org.yuanliu.platform.journal.Outcome.Committed;

/** One writer at a time, rows that cannot be changed unseen, views that can be made again. */
class JournalTrustTest {
  private TestDatabase database;
  private JdbcClient jdbc;
  private CountingProjection projection;
  private PostgresJournal journal;

  @BeforeEach
  void open() {
    database = TestDatabase.open();
    jdbc = JdbcClient.create(database.dataSource());
    projection = new CountingProjection(database);
    journal = reopen();
  }

  @AfterEach
  void close() {
    journal.close();
    database.close();
  }

  private PostgresJournal reopen() {
    return TestJournal.open(
        database.dataSource(),
        TestJournal.SETTINGS,
        Clock.systemUTC(),
        List.of(projection),
        List.of(new Drafts.SaidCodec()));
  }

  @Test
  void anyByteThatIsChangedIsFoundAndItsPositionNamed() {
    store(20);
    assertSound(20);
    List<String> changes =
        List.of(
            "update entry set body = set_byte(body, 3, get_byte(body, 3) # 1) where position = 7",
            "update entry set salt = set_byte(salt, 31, get_byte(salt, 31) # 1) where position = 7",
            "update entry set event_hash = set_byte(event_hash, 0, get_byte(event_hash, 0) # 128)"
                + " where position = 7",
            "update entry set event_id = event_id || 'x' where position = 7",
            "update entry set hash_version = 'CBV2.1' where position = 7",
            "update entry set record_time = record_time + interval '1 microsecond'"
                + " where position = 7",
            "update entry set capture = gen_random_uuid() where position = 7",
            "update entry set principal = gen_random_uuid() where position = 7",
            "update entry set reporter = gen_random_uuid() where position = 7",
            "update entry set leaf_version = 2 where position = 7",
            "update entry set suite = 2 where position = 7",
            "update entry set identity = gen_random_uuid() where position = 7",
            "delete from entry where position = 7",
            "update leaf set hashes = set_byte(hashes, 7 * 32, get_byte(hashes, 7 * 32) # 1)",
            "update identity set position = 8 where position = 7");
    for (String change : changes) {
      jdbc.sql("create table before as select * from entry").update();
      jdbc.sql("create table leaf_before as select * from leaf").update();
      jdbc.sql("create table identity_before as select * from identity").update();
      assertThat(jdbc.sql(change).update()).as(change).isEqualTo(1);
      assertThat(TestJournal.check(database.dataSource()))
          .as(change)
          .isInstanceOfSatisfying(
              TreeCheck.Broken.class, broken -> assertThat(broken.position()).isEqualTo(7));
      for (String table : List.of("entry", "leaf", "identity")) {
        jdbc.sql("delete from " + table).update();
      }
      jdbc.sql("insert into entry select * from before").update();
      jdbc.sql("insert into leaf select * from leaf_before").update();
      jdbc.sql("insert into identity select * from identity_before").update();
      jdbc.sql("drop table before, leaf_before, identity_before").update();
    }
    assertSound(20);
  }

  @Test
  void aRowThatIsChangedTogetherWithItsLeafDoesNotFitTheRoot() {
    store(3);
    jdbc.sql("update party_uri set uri = 'urn:yuanliu:uscc:another' where uri = :uri")
        .param("uri", Drafts.REPORTER)
        .update();
    assertThat(TestJournal.check(database.dataSource()))
        .isInstanceOfSatisfying(
            TreeCheck.Broken.class,
            broken -> {
              assertThat(broken.position()).isEqualTo(0);
              assertThat(broken.what()).isEqualTo("the entry is not what its leaf says");
              assertThat(broken.expected()).matches("[0-9a-f]{64}").isNotEqualTo(broken.found());
            });
    jdbc.sql("update party_uri set uri = :uri where uri = 'urn:yuanliu:uscc:another'")
        .param("uri", Drafts.REPORTER)
        .update();
    jdbc.sql("update journal set root = set_byte(root, 0, get_byte(root, 0) # 1)").update();
    assertThat(TestJournal.check(database.dataSource()))
        .isInstanceOfSatisfying(
            TreeCheck.Broken.class,
            broken -> {
              assertThat(broken.position()).isEqualTo(3);
              assertThat(broken.what()).isEqualTo("the root is not that of the leaves");
            });
  }

  @Test
  void aTailThatIsCutOffIsNoticedAtTheNextStart() {
    store(3);
    journal.close();
    jdbc.sql("delete from entry where position = 2").update();
    assertThatThrownBy(this::reopen)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("do not agree");
  }

  @Test
  void aSecondServerIsRefused() {
    assertThatThrownBy(this::reopen)
        .isInstanceOf(LeaseTakenException.class)
        .hasMessageContaining("Another server");
    store(1);
  }

  @Test
  void aStaleEpochCommitsNothingAndTheNewOneGoesOn() {
    store(1);
    // As if another server had taken over while this one was asleep.
    jdbc.sql("update journal set epoch = epoch + 1, holder = 'other'").update();
    assertThatThrownBy(() -> journal.append(submission(draft("late", "x"))))
        .isInstanceOf(JournalUnavailableException.class);
    assertSound(1);
    assertThat(projection.count()).isEqualTo(1);
    // It takes the lease anew, in an epoch of its own.
    assertThat(place("again")).isEqualTo(new EntryRef(1, 1));
    assertThat(jdbc.sql("select epoch from journal").query(Long.class).single()).isEqualTo(3);
    assertSound(2);
  }

  @Test
  void theLogsNameAndSuiteAreFixed() {
    journal.close();
    assertThatThrownBy(
            () ->
                WriterSession.open(
                    database.dataSource(),
                    1,
                    "another.log",
                    Suite.SHA256_ED25519,
                    "test",
                    Clock.systemUTC(),
                    TestJournal.SETTINGS.leaseWait()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("another.log");
    assertThatThrownBy(
            () ->
                WriterSession.open(
                    database.dataSource(),
                    1,
                    TestJournal.LOG,
                    Suite.SM3_SM2,
                    "test",
                    Clock.systemUTC(),
                    TestJournal.SETTINGS.leaseWait()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("sm3-sm2");
    journal = reopen();
  }

  @Test
  void aLostConnectionIsNoLossOfWhatWasAcknowledged() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> answers =
          IntStream.range(0, 300)
              .mapToObj(
                  i ->
                      threads.submit(
                          () -> {
                            Thread.sleep(i);
                            return tryPlace("n" + i);
                          }))
              .toList();
      for (int i = 0; i < 5; i++) {
        Thread.sleep(50);
        jdbc.sql(
                """
                select pg_terminate_backend(pid) from pg_locks
                where locktype = 'advisory' and pid <> pg_backend_pid()
                  and database = (select oid from pg_database where datname = current_database())
                """)
            .query((row, n) -> row.getBoolean(1))
            .list();
      }
      int acknowledged = 0;
      for (Future<Boolean> answer : answers) {
        acknowledged += answer.get() ? 1 : 0;
      }
      assertThat(acknowledged).isPositive();
      assertThat(jdbc.sql("select epoch from journal").query(Long.class).single()).isGreaterThan(1);
      place("last");
      assertThat(journal.head().size()).isGreaterThanOrEqualTo(acknowledged + 1);
      assertThat(projection.count()).isEqualTo(journal.head().size());
      assertSound(journal.head().size());
    }
  }

  @Test
  void aRebuildFillsTheViewsAgainAndOneThatIsCutOffIsFinishedAtTheNextStart() {
    int count = EntryReader.BATCH_ENTRIES + 5;
    store(count);
    jdbc.sql("update seen set id = 'rotten'").update();
    journal.rebuild();
    assertThat(jdbc.sql("select count(*) from seen where id like 'n%'").query(Long.class).single())
        .isEqualTo(count);
    assertThat(projection.ordered()).isTrue();

    projection.breakDown(true);
    assertThatThrownBy(journal::rebuild).isInstanceOf(JournalUnavailableException.class);
    assertThat(projection.count()).isZero();
    // Nothing is stored into views that are not whole.
    assertThatThrownBy(() -> place("early")).isInstanceOf(JournalUnavailableException.class);
    journal.close();
    assertThatThrownBy(this::reopen).isInstanceOf(JournalUnavailableException.class);
    projection.breakDown(false);
    journal = reopen();
    assertThat(projection.count()).isEqualTo(count);
    assertThat(place("late")).isEqualTo(new EntryRef(1, count));
    assertThat(projection.count()).isEqualTo(count + 1);
  }

  @Test
  void sm3IsAnotherTreeThatHoldsAsWell() {
    journal.close();
    jdbc.sql("delete from journal").update();
    JournalSettings d = TestJournal.SETTINGS;
    journal =
        TestJournal.open(
            database.dataSource(),
            new JournalSettings(
                "sm3-sm2",
                d.queueSubmissions(),
                d.queueMb(),
                d.queueWait(),
                d.groupEntries(),
                d.submissionEntries(),
                d.bodyMb(),
                d.leaseWait(),
                d.recoveryWait()),
            Clock.systemUTC(),
            List.of(projection),
            List.of(new Drafts.SaidCodec()));
    store(5);
    assertSound(5);
  }

  private void store(int count) {
    journal.append(
        submission(
            Stream.iterate(0, i -> i + 1)
                .limit(count)
                .map(i -> draft("n" + i, "says " + i + " and more"))
                .toList()));
  }

  private boolean tryPlace(String id) {
    try {
      place(id);
      return true;
    } catch (JournalUnavailableException e) {
      return false;
    }
  }

  private EntryRef place(String id) {
    return ((Committed) journal.append(submission(draft(id, "x")))).placed().getFirst().ref();
  }

  private void assertSound(long size) {
    assertThat(TestJournal.check(database.dataSource()))
        .isInstanceOfSatisfying(
            TreeCheck.Sound.class, sound -> assertThat(sound.head().size()).isEqualTo(size));
  }
}
