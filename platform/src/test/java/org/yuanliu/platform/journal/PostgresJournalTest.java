package org.yuanliu.platform.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.yuanliu.platform.journal.Drafts.OTHER;
import static org.yuanliu.platform.journal.Drafts.REPORTER;
import static org.yuanliu.platform.journal.Drafts.draft;
import static org.yuanliu.platform.journal.Drafts.submission;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.yuanliu.platform.database.TestDatabase;
import org.yuanliu.platform.journal.Outcome.Committed;
import org.yuanliu.platform.journal.Outcome.Conflict;
import org.yuanliu.platform.journal.Outcome.Conflicted;
import org.yuanliu.platform.journal.Outcome.Placed;
import org.yuanliu.platform.subscription.Receiver;

class PostgresJournalTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.000001234Z");

  /** For a test that fails. */
  private static final Duration PATIENT = Duration.ofSeconds(30);

  private TestDatabase database;
  private MovableClock clock;
  private CountingProjection projection;
  private PostgresJournal journal;

  @BeforeEach
  void open() {
    database = TestDatabase.open();
    clock = new MovableClock(NOON);
    projection = new CountingProjection(database);
    journal = reopen(TestJournal.SETTINGS);
  }

  @AfterEach
  void close() {
    journal.close();
    database.close();
  }

  private PostgresJournal reopen(JournalSettings settings) {
    return TestJournal.open(
        database.dataSource(),
        settings,
        clock,
        List.of(projection),
        List.of(new Drafts.SaidCodec()));
  }

  @Test
  void whatIsStoredIsReadBackAsItWas() {
    Draft draft = draft(OTHER, "urn:uuid:1", "猪 ate 🌽".repeat(100));
    Submission submission = submission(draft);
    Committed committed = (Committed) journal.append(submission);
    Placed placed = committed.placed().getFirst();
    assertThat(placed.ref()).isEqualTo(new EntryRef(1, 0));
    assertThat(placed.duplicate()).isFalse();
    assertThat(placed.recordTime()).isEqualTo(Instant.parse("2026-03-01T12:00:00.000001Z"));
    assertThat(committed.head().size()).isEqualTo(1);

    Entry entry = journal.read(placed.ref()).orElseThrow();
    assertThat(entry.recordTime()).isEqualTo(placed.recordTime());
    assertThat(entry.captureId()).isEqualTo(submission.captureId());
    assertThat(entry.draft()).usingRecursiveComparison().isEqualTo(draft);
    assertThat(sound()).isEqualTo(1);
  }

  @Test
  void whatHasNoHashNoTimeAndNoScopeIsReadBackToo() {
    Draft bare =
        new Draft(
            EntryKind.EVENT,
            Drafts.identity(REPORTER, "x", "y"),
            REPORTER,
            REPORTER,
            "x",
            new byte[0],
            "",
            Standing.AUTHORITY,
            new Scope(null, null, Set.of()),
            Hot.NONE,
            new byte[0],
            new Drafts.Said(""));
    journal.append(submission(bare));
    assertThat(journal.read(new EntryRef(1, 0)).orElseThrow().draft())
        .usingRecursiveComparison()
        .isEqualTo(bare);
    assertThat(sound()).isEqualTo(1);
  }

  @Test
  void sameIdentityAndContentIsStoredOnceAndAnsweredAlike() {
    Placed first = place(draft("a", "one"));
    clock.set(NOON.plusSeconds(60));
    Placed again = place(draft("a", "one"));
    assertThat(again.ref()).isEqualTo(first.ref());
    assertThat(again.recordTime()).isEqualTo(first.recordTime());
    assertThat(again.duplicate()).isTrue();
    assertThat(journal.head().size()).isEqualTo(1);
    assertThat(projection.count()).isEqualTo(1);
  }

  @Test
  void anotherPartysEqualEventIsItsOwnTestimony() {
    Placed first = place(draft(REPORTER, "a", "one"));
    Placed second = place(draft(OTHER, "a", "one"));
    assertThat(second.duplicate()).isFalse();
    assertThat(second.ref()).isNotEqualTo(first.ref());
  }

  @Test
  void sameIdentityAndOtherContentStoresNothingOfTheSubmission() {
    place(draft("a", "one"));
    Outcome outcome =
        journal.append(submission(draft("b", "new"), draft("a", "two"), draft("c", "new")));
    assertThat(outcome).isEqualTo(new Conflicted(List.of(new Conflict(1, new EntryRef(1, 0)))));
    assertThat(journal.head().size()).isEqualTo(1);
    assertThat(count("entry")).isEqualTo(1);
    assertThat(count("identity")).isEqualTo(1);
    assertThat(projection.count()).isEqualTo(1);
    // The neighbours of the refused one were not taken.
    assertThat(place(draft("b", "else")).ref()).isEqualTo(new EntryRef(1, 1));
  }

  @Test
  void withinOneSubmissionEqualDraftsAreOneAndContradictionsAreRefused() {
    Committed committed =
        (Committed)
            journal.append(submission(draft("a", "one"), draft("b", "two"), draft("a", "one")));
    assertThat(committed.placed().get(2).ref()).isEqualTo(committed.placed().get(0).ref());
    assertThat(committed.placed())
        .extracting(Placed::duplicate)
        .containsExactly(false, false, true);
    assertThat(committed.head().size()).isEqualTo(2);
    assertThat(journal.append(submission(draft("c", "one"), draft("c", "two"))))
        .isEqualTo(new Conflicted(List.of(new Conflict(1, null))));
    assertThat(journal.head().size()).isEqualTo(2);
  }

  @Test
  void aGroupDecidesAmongItsSubmissions() {
    GroupPlan plan = new GroupPlan(1, 7, NOON, java.util.Map.of());
    Preparer preparer =
        new Preparer(TestJournal.LOG, org.yuanliu.ledger.Suite.SHA256_ED25519, 10, 1000, List.of());
    plan.add(preparer.prepare(submission(draft("a", "one"))));
    plan.add(preparer.prepare(submission(draft("b", "x"), draft("a", "one"))));
    plan.add(preparer.prepare(submission(draft("c", "x"), draft("a", "two"))));
    plan.add(preparer.prepare(submission(draft("c", "y"))));
    assertThat(plan.entries())
        .extracting(entry -> entry.prepared().draft().id())
        .containsExactly("a", "b", "c");
    assertThat(plan.entries())
        .extracting(entry -> entry.ref().position())
        .containsExactly(7L, 8L, 9L);
    assertThat(plan.decisions().get(1).placed())
        .containsExactly(
            new Placed(new EntryRef(1, 8), NOON, false),
            new Placed(new EntryRef(1, 7), NOON, true));
    assertThat(plan.decisions().get(2).conflicts())
        .containsExactly(new Conflict(1, new EntryRef(1, 7)));
    assertThat(plan.decisions().get(3).placed())
        .containsExactly(new Placed(new EntryRef(1, 9), NOON, false));
  }

  @Test
  void recordTimeNeverGoesBack() {
    Instant first = place(draft("a", "one")).recordTime();
    clock.set(NOON.minusSeconds(3600));
    assertThat(place(draft("b", "two")).recordTime()).isEqualTo(first);
    journal.close();
    journal = reopen(TestJournal.SETTINGS);
    assertThat(place(draft("c", "three")).recordTime()).isEqualTo(first);
    clock.set(NOON.plusSeconds(1));
    assertThat(place(draft("d", "four")).recordTime()).isAfter(first);
    assertThat(sound()).isEqualTo(4);
  }

  @Test
  void manyCallersShareTransactionsAndEachGetsHisOwnAnswer() throws Exception {
    int callers = 64;
    int each = 20;
    Set<EntryRef> refs = new HashSet<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<Placed>>> answers = new ArrayList<>();
      for (int caller = 0; caller < callers; caller++) {
        int number = caller;
        answers.add(
            threads.submit(
                () -> {
                  List<Placed> placed = new ArrayList<>();
                  for (int i = 0; i < each; i++) {
                    // Every third is one that another caller sends too.
                    String id = i % 3 == 0 ? "shared-" + i : number + "-" + i;
                    placed.add(place(draft(id, "says " + id)));
                  }
                  return placed;
                }));
      }
      for (int caller = 0; caller < callers; caller++) {
        List<Placed> placed = answers.get(caller).get();
        for (int i = 0; i < each; i++) {
          String id = i % 3 == 0 ? "shared-" + i : caller + "-" + i;
          EntryRef ref = placed.get(i).ref();
          assertThat(journal.read(ref).orElseThrow().draft().id()).isEqualTo(id);
          refs.add(ref);
        }
      }
    }
    int expected = 7 + callers * 13;
    assertThat(refs).hasSize(expected);
    assertThat(sound()).isEqualTo(expected);
    assertThat(projection.count()).isEqualTo(expected);
    // Far fewer commits than submissions: they were shared.
    assertThat(count("leaf")).isLessThan(expected / 2);
    assertThat(projection.ordered()).isTrue();
  }

  @Test
  void aPoisonedSubmissionFailsAloneAndLeavesNothing() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Placed>> answers = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        String id = i % 10 == 3 ? CountingProjection.POISON + i : "good-" + i;
        answers.add(threads.submit(() -> place(draft(id, "says"))));
      }
      for (int i = 0; i < 40; i++) {
        Future<Placed> answer = answers.get(i);
        if (i % 10 == 3) {
          assertThatThrownBy(answer::get)
              .hasCauseInstanceOf(IllegalStateException.class)
              .hasStackTraceContaining("poisoned");
        } else {
          assertThat(answer.get().duplicate()).isFalse();
        }
      }
    }
    assertThat(sound()).isEqualTo(36);
    assertThat(projection.count()).isEqualTo(36);
    assertThat(count("identity")).isEqualTo(36);
  }

  @Test
  void whatCanNeverBeStoredIsRefusedBeforeItReachesTheWriter() {
    Hot far = new Hot("ObjectEvent", Preparer.MAX_EVENT_TIME.plusNanos(1), null, null);
    Hot early = new Hot("ObjectEvent", Preparer.MIN_EVENT_TIME.minusNanos(1), null, null);
    Hot last = new Hot("ObjectEvent", Preparer.MAX_EVENT_TIME, null, null);
    Hot first = new Hot("ObjectEvent", Preparer.MIN_EVENT_TIME, null, null);
    for (Draft draft :
        List.of(
            draft(REPORTER, "a", "x", far),
            draft(REPORTER, "a", "x", early),
            draft("nul\0", "x"),
            draft("i".repeat(2049), "x"),
            draft("big", "x".repeat(16 * 1024 * 1024 + 1)))) {
      assertThatThrownBy(() -> journal.append(submission(draft)))
          .isInstanceOf(IllegalArgumentException.class);
    }
    place(draft(REPORTER, "last", "x", last));
    place(draft(REPORTER, "first", "x", first));
    place(draft("i".repeat(2048), "x"));
    place(draft("big", "x".repeat(16 * 1024 * 1024)));
    assertThat(sound()).isEqualTo(4);
    assertThat(journal.read(new EntryRef(1, 1)).orElseThrow().draft().hot().eventTime())
        .isEqualTo(Preparer.MIN_EVENT_TIME);
  }

  @Test
  void aSubmissionHasALimitAndALargeOneIsOneTransaction() {
    List<Draft> drafts =
        IntStream.range(0, 20_000).mapToObj(i -> draft("n" + i, "says " + i)).toList();
    Committed committed = (Committed) journal.append(submission(drafts));
    assertThat(committed.head().size()).isEqualTo(20_000);
    assertThat(count("leaf")).isEqualTo(1);
    List<Draft> more = new ArrayList<>(drafts);
    more.add(draft("over", "limit"));
    assertThatThrownBy(() -> journal.append(submission(more)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("20001");
    assertThat(sound()).isEqualTo(20_000);
  }

  @Test
  void replayHandsOverEveryEntryOnceInOrder() {
    // The newest from memory, those before them from their rows.
    int count = RecentEntries.MAX_ENTRIES + EntryReader.BATCH_ENTRIES * 2 + 7;
    journal.append(
        submission(IntStream.range(0, count).mapToObj(i -> draft("n" + i, "says " + i)).toList()));
    List<Long> positions = new ArrayList<>();
    List<Integer> batches = new ArrayList<>();
    List<Entry> seen = new ArrayList<>();
    journal.replay(
        3,
        batch -> {
          batches.add(batch.size());
          seen.addAll(batch);
          for (Entry entry : batch) {
            positions.add(entry.ref().position());
            assertThat(entry.draft().subject())
                .isEqualTo(new Drafts.Said("says " + entry.ref().position()));
          }
        });
    assertThat(positions).isEqualTo(IntStream.range(3, count).mapToObj(Long::valueOf).toList());
    assertThat(batches).allMatch(size -> size <= EntryReader.BATCH_ENTRIES);
    List<Entry> again = new ArrayList<>();
    journal.replay(3, again::addAll);
    assertThat(again.getLast()).isSameAs(seen.getLast());
    assertThat(again.getFirst())
        .isNotSameAs(seen.getFirst())
        .usingRecursiveComparison()
        .isEqualTo(seen.getFirst());
    // What memory holds of an entry is what its row says.
    assertThat(journal.read(seen.getLast().ref()).orElseThrow())
        .isNotSameAs(seen.getLast())
        .usingRecursiveComparison()
        .isEqualTo(seen.getLast());
    journal.replay(count, batch -> assertThat(batch).isNull());
  }

  @Test
  void readAllKeepsTheOrderAskedForAndLeavesOutWhatIsAbsent() {
    journal.append(submission(draft("a", "1"), draft("b", "2"), draft("c", "3")));
    assertThat(
            journal.readAll(
                List.of(
                    new EntryRef(1, 2),
                    new EntryRef(1, 99),
                    new EntryRef(2, 0),
                    new EntryRef(1, 0))))
        .extracting(entry -> entry.draft().id())
        .containsExactly("c", "a");
    assertThat(journal.read(new EntryRef(1, 3))).isEmpty();
    assertThat(journal.readAll(List.of())).isEmpty();
  }

  @Test
  void aRestartContinuesTheTree() {
    place(draft("a", "one"));
    journal.close();
    journal = reopen(TestJournal.SETTINGS);
    assertThat(journal.head().size()).isEqualTo(1);
    assertThat(place(draft("b", "two")).ref().position()).isEqualTo(1);
    assertThat(place(draft("a", "one")).duplicate()).isTrue();
    assertThat(sound()).isEqualTo(2);
    assertThat(
            JdbcClient.create(database.dataSource())
                .sql("select epoch from journal")
                .query(Long.class)
                .single())
        .isEqualTo(2);
  }

  @Test
  void anEmptySubmissionIsCommittedAtOnce() {
    assertThat(((Committed) journal.append(submission())).placed()).isEmpty();
  }

  @Test
  void aFullQueueRefusesAndNothingOfItIsStored() throws Exception {
    journal.close();
    JournalSettings small =
        new JournalSettings(
            "sha256-ed25519",
            2,
            64,
            java.time.Duration.ofMillis(100),
            1,
            10,
            1,
            java.time.Duration.ofSeconds(2),
            java.time.Duration.ofSeconds(2));
    journal = reopen(small);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Connection blocker = database.unpooledDataSource().getConnection();
        Statement statement = blocker.createStatement()) {
      blocker.setAutoCommit(false);
      statement.execute("lock table entry in exclusive mode"); // the writer waits
      Future<Placed> withTheWriter = threads.submit(() -> place(draft("in", "x")));
      Receiver.await(PATIENT, this::writerWaits);
      List<Future<Placed>> answers = new ArrayList<>();
      for (int i = 0; i < 5; i++) { // two find room in the queue
        String id = "then-" + i;
        answers.add(threads.submit(() -> place(draft(id, "x"))));
      }
      Receiver.await(PATIENT, () -> answers.stream().filter(Future::isDone).count() == 3);
      assertThatThrownBy(() -> place(draft("out", "x")))
          .isInstanceOf(JournalUnavailableException.class);
      blocker.rollback();
      assertThat(withTheWriter.get().duplicate()).isFalse();
      int refused = 0;
      for (Future<Placed> answer : answers) {
        try {
          assertThat(answer.get().duplicate()).isFalse();
        } catch (ExecutionException e) {
          assertThat(e).hasCauseInstanceOf(JournalUnavailableException.class);
          refused++;
        }
      }
      assertThat(refused).isEqualTo(3);
    }
    assertThat(place(draft("out", "x")).duplicate()).isFalse();
    assertThat(sound()).isEqualTo(4);
  }

  private boolean writerWaits() {
    return JdbcClient.create(database.dataSource())
        .sql(
            """
            select exists (select from pg_locks where not granted
              and database = (select oid from pg_database where datname = current_database()))\
            """)
        .query(Boolean.class)
        .single();
  }

  @Test
  void afterTheStopNothingIsTaken() {
    journal.close();
    assertThatThrownBy(() -> place(draft("a", "x")))
        .isInstanceOf(JournalUnavailableException.class);
  }

  @Test
  void bodiesAreStoredCompressed() throws SQLException {
    place(draft("a", "{\"type\":\"ObjectEvent\"}".repeat(50)));
    int length =
        JdbcClient.create(database.dataSource())
            .sql("select length(body) from entry")
            .query(Integer.class)
            .single();
    assertThat(length).isLessThan(100);
    assertThat(new String(journal.read(new EntryRef(1, 0)).orElseThrow().draft().body(), UTF_8))
        .hasSize(22 * 50);
  }

  private Placed place(Draft draft) {
    return ((Committed) journal.append(submission(draft))).placed().getFirst();
  }

  private long count(String table) {
    return JdbcClient.create(database.dataSource())
        .sql("select count(*) from " + table)
        .query(Long.class)
        .single();
  }

  /** Size of the tree, which agrees with its rows. */
  private long sound() {
    TreeCheck.Result result = TestJournal.check(database.dataSource());
    assertThat(result).isInstanceOf(TreeCheck.Sound.class);
    assertThat(((TreeCheck.Sound) result).head()).isEqualTo(journal.head());
    return ((TreeCheck.Sound) result).head().size();
  }
}
