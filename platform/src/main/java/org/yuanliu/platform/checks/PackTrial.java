package org.yuanliu.platform.checks;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.yuanliu.platform.journal.Entry;
import org.yuanliu.platform.journal.EntryRef;
import org.yuanliu.platform.journal.EventSubject;
import org.yuanliu.platform.journal.Journal;

/**
 * One trial of a pack: the entries of a stretch of the journal are judged twice, by the packs in
 * force and with the new version among them, in temporary tables of the view's own names. Neither
 * side sees what was before the stretch, so what differs is the packs' doing. Nothing is kept.
 */
final class PackTrial {
  /** Entries that are judged at most: a month of a city's district. */
  static final int MAX_ENTRIES = 50_000;

  /** After that the answer says what was seen so far. */
  static final Duration MAX_TIME = Duration.ofMinutes(2);

  /** Examples of each kind for each check; enough to look at. */
  private static final int MAX_EXAMPLES = 5;

  /** Alerts of a side that are compared. */
  private static final int MAX_ALERTS = 200_000;

  private static final List<String> TABLES =
      List.of(
          "check_event",
          "check_key",
          "check_void",
          "check_due",
          "check_paper",
          "check_place",
          "check_equivalence",
          "alert");

  private final DataSource dataSource;
  private final Journal journal;
  private final String pack;
  private final Catalogue inForce;
  private final Catalogue tried;
  private final long from;
  private final long end;
  private final Instant now;
  private volatile long done;

  PackTrial(
      DataSource dataSource,
      Journal journal,
      String pack,
      Catalogue inForce,
      Catalogue tried,
      long from,
      long end,
      Instant now) {
    this.dataSource = requireNonNull(dataSource, "dataSource is null");
    this.journal = requireNonNull(journal, "journal is null");
    this.pack = requireNonNull(pack, "pack is null");
    this.inForce = requireNonNull(inForce, "inForce is null");
    this.tried = requireNonNull(tried, "tried is null");
    this.end = end;
    this.from = Math.max(from, end - MAX_ENTRIES);
    this.now = requireNonNull(now, "now is null");
  }

  /** Entries that are judged so far, of {@link #total}. */
  long done() {
    return done;
  }

  long total() {
    return end - from;
  }

  /**
   * How a check's findings change.
   *
   * @param before open findings by the packs in force
   * @param after by the new version
   * @param raised examples of events that it finds something for anew, the newest
   * @param cleared examples of events that it finds nothing for any more
   */
  record Change(
      String check,
      long before,
      long after,
      long raisedCount,
      long clearedCount,
      List<String> raised,
      List<String> cleared) {}

  /**
   * @param events of the pack that were judged
   * @param complete whether the whole stretch was seen within the limits
   */
  record Result(long events, boolean complete, List<Change> changes) {}

  /** Ends a replay at its limit. */
  private static final class EnoughException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  Result run() throws SQLException {
    long deadline = System.nanoTime() + MAX_TIME.toNanos();
    try (Side old = new Side(inForce);
        Side fresh = new Side(tried)) {
      boolean[] whole = {true};
      long[] events = {0};
      try {
        journal.replay(
            from,
            batch -> {
              if (batch.getFirst().ref().position() >= end) {
                throw new EnoughException();
              }
              if (System.nanoTime() > deadline) {
                whole[0] = false;
                throw new EnoughException();
              }
              List<Entry> own = batch.stream().filter(this::concerns).toList();
              events[0] += own.stream().filter(PackTrial::isEvent).count();
              try {
                old.follow(own);
                fresh.follow(own);
              } catch (SQLException e) {
                throw new StoredFacts.FactsLostException(e);
              }
              done = Math.min(total(), batch.getLast().ref().position() + 1 - from);
            });
      } catch (EnoughException e) {
        // The answer says so.
      }
      old.pass(now);
      fresh.pass(now);
      return new Result(events[0], whole[0], compare(old.open(), fresh.open()));
    }
  }

  private static boolean isEvent(Entry entry) {
    return entry.draft().subject() instanceof EventSubject;
  }

  private boolean concerns(Entry entry) {
    String industry = entry.draft().scope().industry();
    return entry.ref().position() < end
        && (!isEvent(entry) || industry == null || industry.equals(pack));
  }

  private static List<Change> compare(
      Map<String, Set<String>> before, Map<String, Set<String>> after) {
    Set<String> checks = new TreeSet<>(before.keySet());
    checks.addAll(after.keySet());
    List<Change> changes = new ArrayList<>();
    for (String check : checks) {
      Set<String> old = before.getOrDefault(check, Set.of());
      Set<String> fresh = after.getOrDefault(check, Set.of());
      List<String> raised = fresh.stream().filter(one -> !old.contains(one)).toList();
      List<String> cleared = old.stream().filter(one -> !fresh.contains(one)).toList();
      changes.add(
          new Change(
              check,
              old.size(),
              fresh.size(),
              raised.size(),
              cleared.size(),
              examples(raised),
              examples(cleared)));
    }
    return changes;
  }

  private static List<String> examples(List<String> findings) {
    return findings.stream()
        .map(one -> one.substring(0, one.indexOf(' ')))
        .distinct()
        .limit(MAX_EXAMPLES)
        .toList();
  }

  /** One way of judging, in a transaction that is rolled back. */
  private final class Side implements AutoCloseable {
    private final Connection connection;
    private final Catalogue catalogue;

    Side(Catalogue catalogue) throws SQLException {
      this.catalogue = catalogue;
      this.connection = dataSource.getConnection();
      try {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
          // Statements that were prepared before still mean the view's own tables.
          statement.execute("deallocate all");
          for (String table : TABLES) {
            statement.execute(
                "create temporary table "
                    + table
                    + " (like public."
                    + table
                    + " including all) on commit drop");
          }
          for (String table : TABLES) {
            requireTemporary(statement, table);
          }
          // What was registered before the stretch.
          statement.execute("insert into check_paper select * from public.check_paper");
          statement.execute("insert into check_place select * from public.check_place");
          statement.execute("insert into check_equivalence select * from public.check_equivalence");
        }
      } catch (SQLException | RuntimeException e) {
        close();
        throw e;
      }
    }

    /** Nothing of a trial may reach the view itself. */
    private static void requireTemporary(Statement statement, String table) throws SQLException {
      try (ResultSet row =
          statement.executeQuery(
              "select relpersistence = 't' from pg_class where oid = '" + table + "'::regclass")) {
        if (!row.next() || !row.getBoolean(1)) {
          throw new SQLException("the table " + table + " is not temporary");
        }
      }
    }

    void follow(List<Entry> entries) throws SQLException {
      new CheckRun(connection, catalogue, (place, before) -> List.of()).follow(entries);
    }

    void pass(Instant moment) throws SQLException {
      boolean more = true;
      while (more) {
        more =
            new CheckRun(connection, catalogue, (place, before) -> List.of())
                .pass(CheckFollower.JOURNAL, moment);
      }
    }

    /** Open findings of the pack by check: event and key. */
    Map<String, Set<String>> open() throws SQLException {
      Map<String, Set<String>> open = new TreeMap<>();
      try (PreparedStatement select =
          connection.prepareStatement(
              """
              select check_id, journal, position, key from alert
              where cleared_at is null and industry = ? order by position desc, key limit ?
              """)) {
        select.setString(1, pack);
        select.setInt(2, MAX_ALERTS);
        try (ResultSet rows = select.executeQuery()) {
          while (rows.next()) {
            open.computeIfAbsent(rows.getString(1), check -> new java.util.LinkedHashSet<>())
                .add(new EntryRef(rows.getInt(2), rows.getLong(3)) + " " + rows.getString(4));
          }
        }
      }
      return open;
    }

    @Override
    public void close() throws SQLException {
      try {
        connection.rollback();
        try (Statement statement = connection.createStatement()) {
          statement.execute("deallocate all");
        }
        connection.rollback();
      } finally {
        connection.close();
      }
    }
  }

  /** What is answered while it runs and after. */
  record State(
      String id,
      String pack,
      int version,
      String state,
      long done,
      long total,
      @Nullable Result result,
      @Nullable String failure) {
    Map<String, Object> json() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("id", id);
      json.put("pack", pack);
      json.put("version", version);
      json.put("state", state);
      json.put("done", done);
      json.put("total", total);
      if (result != null) {
        json.put("events", result.events());
        json.put("complete", result.complete());
        json.put("changes", result.changes());
      }
      if (failure != null) {
        json.put("failure", failure);
      }
      return json;
    }
  }
}
