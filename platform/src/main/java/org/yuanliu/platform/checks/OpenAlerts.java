package org.yuanliu.platform.checks;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.yuanliu.industry.Check;
import org.yuanliu.industry.CheckFinding;
import org.yuanliu.industry.CheckLevel;
import org.yuanliu.platform.journal.EntryRef;

/** What checks find now, for verdicts on chains. */
@Component
public final class OpenAlerts {
  /** Alerts of one chain that are looked at: some for each event of the longest page. */
  private static final int MAX_ALERTS = 2_000;

  private final JdbcClient jdbc;
  private final Catalogues catalogues;
  private final CheckFollower follower;

  OpenAlerts(JdbcClient jdbc, Catalogues catalogues, CheckFollower follower) {
    this.jdbc = requireNonNull(jdbc, "jdbc is null");
    this.catalogues = requireNonNull(catalogues, "catalogues is null");
    this.follower = requireNonNull(follower, "follower is null");
  }

  /**
   * Open alerts on events, one finding a check; what only its reporter is told is left out. The
   * references are those of the events as {@link EntryRef} writes them, and no more: keys may be
   * somebody's documents.
   *
   * @param units the units that are looked at: what is counted by another unit of the same event is
   *     no matter of theirs
   */
  public List<CheckFinding> of(Collection<EntryRef> events, Set<String> units) {
    if (events.isEmpty()) {
      return List.of();
    }
    Map<Found, List<String>> found = new LinkedHashMap<>();
    jdbc.sql(
            """
            select journal, position, industry, pack_version, check_id, level, unit from alert
            where cleared_at is null and level <> :warn and (journal, position) in
              (select * from unnest(:journals, :positions))
            order by position desc, check_id, key limit :limit
            """)
        .param("warn", AlertBook.code(CheckLevel.WARN))
        .param("journals", events.stream().map(EntryRef::journal).toArray(Integer[]::new))
        .param("positions", events.stream().map(EntryRef::position).toArray(Long[]::new))
        .param("limit", MAX_ALERTS)
        .query(
            rows -> {
              String unit = rows.getString(7);
              if (unit == null || units.contains(unit)) {
                found
                    .computeIfAbsent(
                        new Found(
                            rows.getString(3),
                            rows.getInt(4),
                            rows.getString(5),
                            AlertBook.level(rows.getInt(6))),
                        k -> new ArrayList<>())
                    .add(new EntryRef(rows.getInt(1), rows.getLong(2)).toString());
              }
            });
    List<CheckFinding> findings = new ArrayList<>();
    found.forEach((key, refs) -> finding(key, refs).ifPresent(findings::add));
    return findings;
  }

  /**
   * Whether all of the events have been judged. To be asked before the alerts: what is judged
   * meanwhile is among them then.
   */
  public boolean areJudged(Collection<EntryRef> events) {
    long reached = follower.reached();
    return events.stream().allMatch(event -> event.position() < reached);
  }

  /**
   * Waits until everything that is recorded now has been judged, and everything that has fallen
   * due.
   *
   * @return whether it was within the limit
   */
  public boolean awaitJudged(Duration limit) {
    return follower.awaitSettled(follower.head(), limit);
  }

  private record Found(String pack, int version, String check, CheckLevel level) {}

  private Optional<CheckFinding> finding(Found found, List<String> refs) {
    Optional<Check> check =
        catalogues.current().check(found.pack(), found.version(), found.check());
    return check.map(
        known ->
            new CheckFinding(
                known.id(),
                found.level(),
                known.moment(),
                refs.getFirst(),
                "",
                refs,
                known.message(),
                known.source()));
  }
}
