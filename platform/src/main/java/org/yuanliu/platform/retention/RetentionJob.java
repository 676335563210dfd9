package org.yuanliu.platform.retention;

import static java.util.Objects.requireNonNull;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.yuanliu.codes.UnitKey;
import org.yuanliu.platform.ServerSettings;
import org.yuanliu.platform.hold.Holds;
import org.yuanliu.platform.journal.Draft;
import org.yuanliu.platform.journal.EntryKind;
import org.yuanliu.platform.journal.EntryRanges;
import org.yuanliu.platform.journal.EntryRanges.Range;
import org.yuanliu.platform.journal.Hot;
import org.yuanliu.platform.journal.Identity;
import org.yuanliu.platform.journal.Journal;
import org.yuanliu.platform.journal.Outcome;
import org.yuanliu.platform.journal.RetentionAct;
import org.yuanliu.platform.journal.Scope;
import org.yuanliu.platform.journal.Standing;
import org.yuanliu.platform.journal.Submission;
import org.yuanliu.platform.operations.TaskKind;
import org.yuanliu.platform.operations.Tasks;

/**
 * Closes ranges, learns which classes they hold, and drops a class from a range once the last
 * record of it there is over. First the retention act is an entry of the journal, then the rows go:
 * what a stop leaves between the two is done by the next run.
 */
@Service
class RetentionJob {
  /**
   * What the writer may add while a range is closed grows with the range, which is read once for
   * it: a hundredth of it, in a hundredth of the time that it took to fill, is more than enough.
   */
  private static final long MARGIN_PART = 100;

  /** Who acts: the platform itself. */
  private static final String PLATFORM = "urn:yuanliu:platform";

  private final JdbcClient jdbc;
  private final EntryRanges ranges;
  private final Terms terms;
  private final Holds holds;
  private final LastVerdict verdicts;
  private final Tasks tasks;
  private final Journal journal;
  private final RetentionSettings settings;
  private final Clock clock;
  private final ZoneId zone;
  private final ReentrantLock running = new ReentrantLock();

  RetentionJob(
      JdbcClient jdbc,
      EntryRanges ranges,
      Terms terms,
      Holds holds,
      LastVerdict verdicts,
      Tasks tasks,
      Journal journal,
      RetentionSettings settings,
      ServerSettings server,
      Clock clock) {
    this.jdbc = requireNonNull(jdbc, "jdbc is null");
    this.ranges = requireNonNull(ranges, "ranges is null");
    this.terms = requireNonNull(terms, "terms is null");
    this.holds = requireNonNull(holds, "holds is null");
    this.verdicts = requireNonNull(verdicts, "verdicts is null");
    this.tasks = requireNonNull(tasks, "tasks is null");
    this.journal = requireNonNull(journal, "journal is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.zone = server.zone();
  }

  /**
   * A class in a range.
   *
   * @param due when the last record is over; null: never
   */
  record ClassOf(long first, String name, String rule, long entries, @Nullable Instant due) {}

  /**
   * What a run did.
   *
   * @param closed whether a range was closed
   * @param dropped entries that went
   */
  record Run(boolean closed, long dropped) {}

  /** One run; a second one at the same time does nothing. */
  Run run() throws SQLException {
    if (!running.tryLock()) {
      return new Run(false, 0);
    }
    try {
      boolean closed = closeIfDue();
      Map<Range, List<ClassOf>> due = due();
      long dropped = settings.drop() && !due.isEmpty() ? drop(due) : 0;
      return new Run(closed, dropped);
    } finally {
      running.unlock();
    }
  }

  /** Closed ranges with a class that is over; what a range holds is read where it is not known. */
  private Map<Range, List<ClassOf>> due() throws SQLException {
    Map<Range, List<ClassOf>> due = new LinkedHashMap<>();
    for (Range range : ranges.all()) {
      if (range.to() <= journal.head().size()) {
        List<ClassOf> classes = classes(range);
        if (classes.isEmpty()) {
          classes = learn(range);
        }
        if (isDue(classes)) {
          due.put(range, classes);
        }
      }
    }
    return due;
  }

  private long drop(Map<Range, List<ClassOf>> due) throws SQLException {
    Tasks.Task task = tasks.begin(TaskKind.RETENTION, due.size());
    try {
      long dropped = 0;
      long done = 0;
      for (Map.Entry<Range, List<ClassOf>> one : due.entrySet()) {
        dropped += drop(one.getKey(), one.getValue());
        task.done(++done);
      }
      task.end(done);
      return dropped;
    } catch (SQLException | RuntimeException e) {
      task.fail(e);
      throw e;
    }
  }

  private boolean closeIfDue() throws SQLException {
    Range open = ranges.all().getLast();
    Instant since = ranges.since(open).orElse(null);
    if (since == null) {
      return false;
    }
    long entries = journal.head().size() - open.from();
    boolean due =
        entries >= settings.rangeEntries()
            || YearMonth.from(since.atZone(zone)).isBefore(YearMonth.now(clock.withZone(zone)));
    if (due) {
      ranges.cut(settings.cutMargin() + entries / MARGIN_PART);
    }
    return due;
  }

  private boolean isDue(List<ClassOf> classes) {
    Instant now = clock.instant();
    return classes.stream().anyMatch(one -> one.due() != null && !one.due().isAfter(now));
  }

  List<ClassOf> classes(Range range) {
    return jdbc.sql("select * from retention_class where first = :first order by class")
        .param("first", range.from())
        .query(
            (row, index) -> {
              OffsetDateTime due = row.getObject("due", OffsetDateTime.class);
              return new ClassOf(
                  row.getLong("first"),
                  row.getString("class"),
                  row.getString("rule"),
                  row.getLong("entries"),
                  due == null ? null : due.toInstant());
            })
        .list();
  }

  /** Reads a range for what it holds. An empty one holds nothing for ever. */
  private List<ClassOf> learn(Range range) throws SQLException {
    Map<String, ClassOf> found = new HashMap<>();
    ranges.read(
        range,
        entries ->
            terms
                .of(entries)
                .forEach(
                    (entry, term) ->
                        found.merge(
                            term.name(),
                            new ClassOf(range.from(), term.name(), term.rule(), 1, term.until()),
                            RetentionJob::together)));
    if (found.isEmpty()) {
      found.put(Terms.FOREVER.name(), new ClassOf(range.from(), Terms.FOREVER.name(), "", 0, null));
    }
    jdbc.sql("delete from retention_class where first = :first")
        .param("first", range.from())
        .update();
    found.values().forEach(this::keep);
    return List.copyOf(found.values());
  }

  private static ClassOf together(ClassOf one, ClassOf other) {
    Instant due =
        one.due() == null || other.due() == null
            ? null
            : one.due().isAfter(other.due()) ? one.due() : other.due();
    return new ClassOf(one.first(), one.name(), one.rule(), one.entries() + other.entries(), due);
  }

  private void keep(ClassOf one) {
    jdbc.sql(
            """
            insert into retention_class (first, class, rule, entries, due)
            values (:first, :class, :rule, :entries, :due)\
            """)
        .param("first", one.first())
        .param("class", one.name())
        .param("rule", one.rule())
        .param("entries", one.entries())
        .param(
            "due",
            one.due() == null ? null : one.due().atOffset(ZoneOffset.UTC),
            java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
        .update();
  }

  private long drop(Range range, List<ClassOf> classes) throws SQLException {
    Instant now = clock.instant();
    Map<String, String> over = new HashMap<>();
    for (ClassOf one : classes) {
      if (one.due() != null && !one.due().isAfter(now)) {
        over.put(one.name(), one.rule());
      }
    }
    long dropped =
        ranges.drop(
            range,
            new Going(
                over,
                terms,
                holds.inForce(),
                settings.verdicts() ? verdicts : unit -> Optional.empty(),
                now,
                (gone, entries) ->
                    append(new RetentionAct(range.from(), range.to(), gone, entries))));
    learn(range);
    return dropped;
  }

  private void append(RetentionAct act) {
    byte[] body = act.body();
    byte[] digest = sha256(body);
    String id =
        "urn:yuanliu:retention:%d-%d:%s"
            .formatted(
                act.from(), act.to(), java.util.HexFormat.of().formatHex(digest).substring(0, 16));
    Draft draft =
        new Draft(
            EntryKind.RETENTION_ACT,
            new Identity(UnitKey.of(id).value(), digest),
            PLATFORM,
            PLATFORM,
            id,
            new byte[0],
            "",
            Standing.DECLARED,
            new Scope(null, null, Set.of()),
            Hot.NONE,
            body,
            act);
    switch (journal.append(new Submission(UUID.randomUUID(), List.of(draft)))) {
      case Outcome.Committed ignored -> {}
      case Outcome.Conflicted ignored ->
          throw new IllegalStateException("another retention act has the id " + id);
    }
  }

  /** Every range with its classes, for the report. */
  List<Map.Entry<Range, List<ClassOf>>> report() throws SQLException {
    List<Map.Entry<Range, List<ClassOf>>> all = new ArrayList<>();
    for (Range range : ranges.all()) {
      all.add(Map.entry(range, classes(range)));
    }
    return all;
  }

  private static byte[] sha256(byte[] body) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(body);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
