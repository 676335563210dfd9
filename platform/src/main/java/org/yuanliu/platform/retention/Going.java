package org.yuanliu.platform.retention;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.yuanliu.codes.UnitKey;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.epcis.UnitMention;
import org.yuanliu.industry.Level;
import org.yuanliu.platform.database.BinaryCopy;
import org.yuanliu.platform.hold.Holds;
import org.yuanliu.platform.journal.Entry;
import org.yuanliu.platform.journal.EntryRanges;
import org.yuanliu.platform.journal.EventSubject;

/** One range's records that are over and not held, and what stays of their units. */
final class Going implements EntryRanges.Dropping {
  /** Units that are judged before the next ones are read. */
  private static final int UNITS = 500;

  private final Map<String, String> over;
  private final Terms terms;
  private final Holds.InForce held;
  private final LastVerdict verdicts;
  private final Instant now;
  private final Act act;
  private final Set<String> gone = new TreeSet<>();
  private final IdentityHashMap<Entry, Terms.Term> known = new IdentityHashMap<>();
  private boolean begun;

  /** Makes the retention act an entry of the journal. */
  interface Act {
    /**
     * @param classes with their rules
     */
    void append(String classes, long entries);
  }

  /**
   * @param over rules of the classes whose time is over, by class
   */
  Going(
      Map<String, String> over,
      Terms terms,
      Holds.InForce held,
      LastVerdict verdicts,
      Instant now,
      Act act) {
    this.over = Map.copyOf(over);
    this.terms = requireNonNull(terms, "terms is null");
    this.held = requireNonNull(held, "held is null");
    this.verdicts = requireNonNull(verdicts, "verdicts is null");
    this.now = requireNonNull(now, "now is null");
    this.act = requireNonNull(act, "act is null");
  }

  @Override
  public boolean drops(Entry entry) {
    Terms.Term term = terms.of(List.of(entry)).getOrDefault(entry, Terms.FOREVER);
    boolean drops =
        over.containsKey(term.name())
            && term.until() != null
            && !term.until().isAfter(now)
            && !held.holds(entry);
    if (drops) {
      gone.add(term.name() + "（" + term.rule() + "）");
      known.put(entry, term);
    }
    return drops;
  }

  @Override
  public void gather(Connection connection, List<Entry> going) throws SQLException {
    if (!begun) {
      // Of a run that failed, perhaps.
      execute(connection, "drop table if exists retention_going, retention_verdict");
      execute(
          connection,
          """
          create temporary table retention_going
            (unit uuid, uri text, before timestamptz, class text, rule text)
          """);
      begun = true;
    }
    try (BinaryCopy copy =
        new BinaryCopy(
            connection,
            "copy retention_going (unit, uri, before, class, rule) from stdin (format binary)",
            5)) {
      for (Entry entry : going) {
        Terms.Term term = requireNonNull(known.get(entry));
        if (entry.draft().subject() instanceof EventSubject(EpcisEvent event)) {
          List<String> units =
              event.units().stream().map(UnitMention::canonical).distinct().toList();
          for (String unit : units) {
            copy.row()
                .putUuid(UnitKey.of(unit).value())
                .putText(unit)
                .putInstant(event.eventTime())
                .putText(term.name())
                .putText(term.rule());
          }
        }
      }
      var _ = copy.finish();
    }
    known.clear();
  }

  @Override
  public void counted(Connection connection, long entries) throws SQLException {
    judge(connection);
    act.append(String.join("；", gone), entries);
  }

  /** While the chains are whole. Whose records went before in part has been judged then. */
  private void judge(Connection connection) throws SQLException {
    execute(connection, "create temporary table retention_verdict (unit uuid, verdict text)");
    execute(connection, "create index on retention_going (unit)");
    record Unit(UUID key, String uri) {}
    UUID after = new UUID(0, 0);
    while (true) {
      List<Unit> units = new ArrayList<>();
      try (PreparedStatement select =
          connection.prepareStatement(
              """
              select distinct on (unit) unit, uri from retention_going g
              where unit > ? and not exists (
                select from retention_unit u where u.unit = g.unit and u.verdict is not null)
              order by unit limit ?
              """)) {
        select.setObject(1, after);
        select.setInt(2, UNITS);
        try (ResultSet rows = select.executeQuery()) {
          while (rows.next()) {
            units.add(new Unit(rows.getObject(1, UUID.class), rows.getString(2)));
          }
        }
      }
      if (units.isEmpty()) {
        return;
      }
      after = units.getLast().key();
      try (BinaryCopy copy =
          new BinaryCopy(
              connection, "copy retention_verdict (unit, verdict) from stdin (format binary)", 2)) {
        for (Unit unit : units) {
          Optional<Level> level = verdicts.of(unit.uri());
          if (level.isPresent()) {
            copy.row().putUuid(unit.key()).putText(level.get().name());
          }
        }
        var _ = copy.finish();
      }
    }
  }

  @Override
  public void going(Connection connection) throws SQLException {
    try (PreparedStatement merge =
        connection.prepareStatement(
            """
            insert into retention_unit (unit, before, class, rule, entries, verdict, verdict_at)
            select g.unit, max(before), (array_agg(class order by before desc))[1],
              (array_agg(rule order by before desc))[1], count(*), v.verdict,
              case when v.verdict is not null then ?::timestamptz end
            from retention_going g left join retention_verdict v on v.unit = g.unit
            group by g.unit, v.verdict
            on conflict (unit) do update set
              before = greatest(retention_unit.before, excluded.before),
              class = excluded.class, rule = excluded.rule,
              entries = retention_unit.entries + excluded.entries,
              verdict = coalesce(retention_unit.verdict, excluded.verdict),
              verdict_at = coalesce(retention_unit.verdict_at, excluded.verdict_at)
            """)) {
      merge.setObject(1, now.atOffset(ZoneOffset.UTC));
      merge.executeUpdate();
    }
    execute(connection, "drop table retention_going, retention_verdict");
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
