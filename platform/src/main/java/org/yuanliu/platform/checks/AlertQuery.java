package org.yuanliu.platform.checks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.yuanliu.industry.Check;
import org.yuanliu.industry.CheckLevel;
import org.yuanliu.industry.Localized;
import org.yuanliu.platform.access.Disclosure;
import org.yuanliu.platform.access.SqlCondition;
import org.yuanliu.platform.access.Viewer;
import org.yuanliu.platform.journal.EntryRef;
import org.yuanliu.platform.journal.PartyUris;

/** Reads alerts as far as the viewer may see them. */
@Component
class AlertQuery {
  private static final Localized GONE =
      new Localized("检查规则已不在现行行业包中。", "The rule is in no pack any more.");

  private static final String SELECT =
      """
      select e.*, exists (select 1 from check_mark m where m.journal = e.journal
        and m.position = e.position and m.check_id = e.check_id and m.key = e.key) as marked
      from alert e
      """;

  private final JdbcClient jdbc;
  private final Disclosure disclosure;
  private final Catalogues catalogues;
  private final CheckFollower follower;
  private final PartyUris parties;

  AlertQuery(
      JdbcClient jdbc,
      Disclosure disclosure,
      Catalogues catalogues,
      CheckFollower follower,
      PartyUris parties) {
    this.jdbc = requireNonNull(jdbc, "jdbc is null");
    this.disclosure = requireNonNull(disclosure, "disclosure is null");
    this.catalogues = requireNonNull(catalogues, "catalogues is null");
    this.follower = requireNonNull(follower, "follower is null");
    this.parties = requireNonNull(parties, "parties is null");
  }

  enum State {
    OPEN,
    CLEARED,
    ALL
  }

  /** What is looked for; null is no condition. */
  record Filter(
      State state,
      @Nullable CheckLevel severity,
      @Nullable String industry,
      @Nullable String check,
      @Nullable Instant from,
      @Nullable Instant to) {}

  /** Where a page ended. */
  record Token(Instant raised, UUID finding) {
    String text() {
      long micros = ChronoUnit.MICROS.between(Instant.EPOCH, raised);
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString((micros + " " + finding).getBytes(UTF_8));
    }

    static Optional<Token> parse(String text) {
      try {
        String plain = new String(Base64.getUrlDecoder().decode(text), UTF_8);
        int space = plain.indexOf(' ');
        return Optional.of(
            new Token(
                Instant.EPOCH.plus(Long.parseLong(plain.substring(0, space)), ChronoUnit.MICROS),
                UUID.fromString(plain.substring(space + 1))));
      } catch (RuntimeException e) {
        return Optional.empty();
      }
    }
  }

  /**
   * @param next token for the parameter {@code next}; null at the end
   * @param knownTo entries of the journal before this position have been judged
   * @param behind how many entries have not
   */
  record Page(List<Alert> alerts, @Nullable String next, long knownTo, long behind) {}

  /** A time during which it was open. */
  record Spell(Instant raisedAt, @Nullable Instant clearedAt) {}

  /** In both languages. */
  record Text(String zh, String en) {}

  /**
   * @param id of the finding: event, check and key
   * @param severity refuse, alert or warn
   * @param source law and clause
   * @param principal URI of the party that answers for the record
   * @param marked whether the record broke the rule by what was known when it was stored
   * @param key what it was counted by: a unit, a document, a party; empty for the event as a whole
   * @param history every time that it was raised, the newest first
   */
  record Alert(
      UUID id,
      String state,
      String industry,
      int packVersion,
      String check,
      String severity,
      Text message,
      String source,
      String link,
      String entry,
      String eventId,
      Instant eventTime,
      String principal,
      List<String> units,
      String key,
      boolean marked,
      Instant raisedAt,
      @Nullable Instant clearedAt,
      List<Spell> history) {}

  Page page(Viewer viewer, Filter filter, int limit, @Nullable Token after) {
    SqlCondition seen = seen(viewer);
    Map<String, Object> parameters = new HashMap<>(seen.parameters());
    StringBuilder sql = new StringBuilder(SELECT).append("where ").append(seen.sql());
    switch (filter.state()) {
      case OPEN -> sql.append(" and e.cleared_at is null");
      case CLEARED -> sql.append(" and e.cleared_at is not null");
      case ALL -> {}
    }
    if (filter.severity() == null) {
      // Written out, as in the index of those that are open.
      sql.append(" and e.level <> ").append(AlertBook.code(CheckLevel.WARN));
    } else {
      sql.append(" and e.level = :level");
      parameters.put("level", AlertBook.code(filter.severity()));
    }
    equal(sql, parameters, "industry", filter.industry());
    equal(sql, parameters, "check_id", filter.check());
    if (filter.from() != null) {
      sql.append(" and e.raised_at >= :from");
      parameters.put("from", requireNonNull(FactStore.at(filter.from())));
    }
    if (filter.to() != null) {
      sql.append(" and e.raised_at < :to");
      parameters.put("to", requireNonNull(FactStore.at(filter.to())));
    }
    if (after != null) {
      sql.append(" and (e.raised_at, e.finding) < (:afterTime, :afterFinding)");
      parameters.put("afterTime", requireNonNull(FactStore.at(after.raised())));
      parameters.put("afterFinding", after.finding());
    }
    sql.append(" order by e.raised_at desc, e.finding desc limit :limit");
    parameters.put("limit", limit + 1);
    long knownTo = follower.reached();
    long behind = Math.max(0, follower.head() - knownTo);
    List<Alert> found =
        jdbc.sql(sql.toString()).params(parameters).query((rows, n) -> alert(rows)).list();
    boolean more = found.size() > limit;
    List<Alert> page = complete(more ? found.subList(0, limit) : found);
    Alert last = more ? page.getLast() : null;
    return new Page(
        page, last == null ? null : new Token(last.raisedAt(), last.id()).text(), knownTo, behind);
  }

  private static void equal(
      StringBuilder sql, Map<String, Object> parameters, String column, @Nullable String value) {
    if (value != null) {
      sql.append(" and e.").append(column).append(" = :").append(column);
      parameters.put(column, value);
    }
  }

  /** The newest spell of a finding. */
  Optional<Alert> one(Viewer viewer, UUID finding) {
    SqlCondition seen = seen(viewer);
    Map<String, Object> parameters = new HashMap<>(seen.parameters());
    parameters.put("finding", finding);
    return complete(
            jdbc.sql(
                    SELECT
                        + "where e.finding = :finding and "
                        + seen.sql()
                        + " order by e.raised_at desc limit 1")
                .params(parameters)
                .query((rows, n) -> alert(rows))
                .list())
        .stream()
        .findFirst();
  }

  /**
   * The policy, and beside it: an enterprise sees alerts on its own records, not on those that name
   * it; what only the reporter is told is not for departments.
   */
  private SqlCondition seen(Viewer viewer) {
    SqlCondition policy = disclosure.condition(viewer);
    return switch (viewer) {
      case Viewer.Enterprise(var party, var keys, var agreed) -> {
        Map<String, Object> parameters = new HashMap<>(policy.parameters());
        parameters.put("own", keys.toArray(UUID[]::new));
        yield new SqlCondition(
            "(" + policy.sql() + " and (e.principal = any(:own) or e.reporter = any(:own)))",
            parameters);
      }
      case Viewer.Regulator ignored -> {
        Map<String, Object> parameters = new HashMap<>(policy.parameters());
        parameters.put("reportersOnly", AlertBook.code(CheckLevel.WARN));
        yield new SqlCondition("(" + policy.sql() + " and e.level <> :reportersOnly)", parameters);
      }
      case Viewer.Operator ignored -> policy;
      case Viewer.Consumer ignored -> policy;
      case Viewer.PublicPage ignored -> policy;
    };
  }

  private Alert alert(ResultSet rows) throws SQLException {
    String industry = rows.getString("industry");
    int version = rows.getInt("pack_version");
    String id = rows.getString("check_id");
    Optional<Check> check = catalogues.current().check(industry, version, id);
    Localized message = check.map(Check::message).orElse(GONE);
    Instant cleared = instant(rows, "cleared_at");
    return new Alert(
        rows.getObject("finding", UUID.class),
        cleared == null ? "open" : "cleared",
        industry,
        version,
        id,
        AlertBook.level(rows.getInt("level")).id(),
        new Text(message.zh(), message.en()),
        check.map(Check::source).orElse(""),
        rows.getString("link"),
        new EntryRef(rows.getInt("journal"), rows.getLong("position")).toString(),
        rows.getString("event_id"),
        requireNonNull(instant(rows, "event_time")),
        rows.getString("principal"),
        List.of((String[]) rows.getArray("units").getArray()),
        rows.getString("key"),
        rows.getBoolean("marked"),
        requireNonNull(instant(rows, "raised_at")),
        cleared,
        List.of());
  }

  /** Rows with the history of each finding, and the party in place of its key. */
  private List<Alert> complete(List<Alert> alerts) {
    if (alerts.isEmpty()) {
      return alerts;
    }
    Map<UUID, List<Spell>> history = new HashMap<>();
    jdbc.sql(
            """
            select finding, raised_at, cleared_at from alert where finding = any(:findings)
            order by raised_at desc
            """)
        .param("findings", alerts.stream().map(Alert::id).distinct().toArray(UUID[]::new))
        .query(
            rows -> {
              history
                  .computeIfAbsent(rows.getObject(1, UUID.class), id -> new ArrayList<>())
                  .add(
                      new Spell(
                          requireNonNull(instant(rows, "raised_at")), instant(rows, "cleared_at")));
            });
    Map<UUID, String> principals =
        parties.of(alerts.stream().map(a -> UUID.fromString(a.principal())).distinct().toList());
    return alerts.stream()
        .map(
            a ->
                new Alert(
                    a.id(),
                    a.state(),
                    a.industry(),
                    a.packVersion(),
                    a.check(),
                    a.severity(),
                    a.message(),
                    a.source(),
                    a.link(),
                    a.entry(),
                    a.eventId(),
                    a.eventTime(),
                    principals.getOrDefault(UUID.fromString(a.principal()), a.principal()),
                    a.units(),
                    a.key(),
                    a.marked(),
                    a.raisedAt(),
                    a.clearedAt(),
                    history.getOrDefault(a.id(), List.of())))
        .toList();
  }

  private static @Nullable Instant instant(ResultSet rows, String column) throws SQLException {
    OffsetDateTime time = rows.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
