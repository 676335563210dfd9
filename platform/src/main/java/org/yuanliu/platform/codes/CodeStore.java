package org.yuanliu.platform.codes;

import static java.util.Objects.requireNonNull;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.yuanliu.codes.CodeRange;
import org.yuanliu.codes.Exemption;
import org.yuanliu.codes.Issuable;
import org.yuanliu.codes.Scheme;

/** Reads the view of exemptions and ranges. */
@Component
class CodeStore {
  private static final String EXEMPTION =
      "select id, scheme, value, reason, granted_by, from_day, to_day from code_exemption ";
  private static final String RANGE =
      """
      select id, scheme, stem, first_serial, last_serial, next_serial, party from code_range
      """;

  private final JdbcClient jdbc;

  CodeStore(JdbcClient jdbc) {
    this.jdbc = requireNonNull(jdbc, "jdbc is null");
  }

  record ExemptionRow(UUID id, Exemption exemption) {}

  /**
   * @param party who may draw besides the operator, or null
   */
  record RangeRow(UUID id, CodeRange range, @Nullable String party) {}

  /**
   * A drawing that came with a key.
   *
   * @param seed of its digits
   */
  record DrawRow(long from, int count, String seed) {}

  /** An event that names a code which was let through. */
  record UseRow(int journal, long position) {}

  Optional<DrawRow> draw(UUID range, String drawnBy, String key) {
    return jdbc.sql(
            """
            select from_serial, count, seed from code_draw
            where range = :range and drawn_by = :by and key = :key
            """)
        .param("range", range)
        .param("by", drawnBy)
        .param("key", key)
        .query(
            (row, number) ->
                new DrawRow(row.getLong("from_serial"), row.getInt("count"), row.getString("seed")))
        .optional();
  }

  /** In the journal's order, after one of them or from the first. */
  List<UseRow> uses(UUID exemption, int journal, long after, int limit) {
    return jdbc.sql(
            """
            select journal, position from code_exemption_use
            where exemption = :exemption and (journal, position) > (:journal, :after)
            order by journal, position limit :limit
            """)
        .param("exemption", exemption)
        .param("journal", journal)
        .param("after", after)
        .param("limit", limit)
        .query((row, number) -> new UseRow(row.getInt("journal"), row.getLong("position")))
        .list();
  }

  /** In the order of their ids, after one of them or from the first. */
  List<ExemptionRow> exemptions(@Nullable UUID after, int limit) {
    return jdbc.sql(EXEMPTION + "where id > :after order by id limit :limit")
        .param("after", after == null ? new UUID(0, 0) : after)
        .param("limit", limit)
        .query(CodeStore::exemption)
        .list();
  }

  List<ExemptionRow> exemptionsOn(LocalDate day, int limit) {
    return jdbc.sql(
            EXEMPTION
                + """
                where from_day <= :day and (to_day is null or to_day > :day)
                order by id limit :limit
                """)
        .param("day", day)
        .param("limit", limit)
        .query(CodeStore::exemption)
        .list();
  }

  List<ExemptionRow> exemptionsOf(Scheme scheme, String value) {
    return jdbc.sql(EXEMPTION + "where scheme = :scheme and value = :value")
        .param("scheme", scheme.id())
        .param("value", value)
        .query(CodeStore::exemption)
        .list();
  }

  Optional<ExemptionRow> exemption(UUID id) {
    return jdbc.sql(EXEMPTION + "where id = :id")
        .param("id", id)
        .query(CodeStore::exemption)
        .optional();
  }

  Optional<RangeRow> range(UUID id) {
    return jdbc.sql(RANGE + "where id = :id").param("id", id).query(CodeStore::range).optional();
  }

  List<RangeRow> ranges(@Nullable UUID after, int limit) {
    return jdbc.sql(RANGE + "where id > :after order by id limit :limit")
        .param("after", after == null ? new UUID(0, 0) : after)
        .param("limit", limit)
        .query(CodeStore::range)
        .list();
  }

  List<RangeRow> rangesOf(Collection<String> parties, @Nullable UUID after, int limit) {
    return jdbc.sql(RANGE + "where party = any (:parties) and id > :after order by id limit :limit")
        .param("parties", parties.toArray(String[]::new))
        .param("after", after == null ? new UUID(0, 0) : after)
        .param("limit", limit)
        .query(CodeStore::range)
        .list();
  }

  List<RangeRow> rangesUnder(Issuable issuable, String stem) {
    return jdbc.sql(RANGE + "where scheme = :scheme and stem = :stem")
        .param("scheme", issuable.scheme().id())
        .param("stem", stem)
        .query(CodeStore::range)
        .list();
  }

  /** How many ranges have given out so many percent of their numbers. */
  long rangesUsed(int percent) {
    return jdbc.sql(
            """
            select count(*) from code_range
            where (next_serial - first_serial) * 100
              >= (last_serial - first_serial + 1) * :percent
            """)
        .param("percent", percent)
        .query(Long.class)
        .single();
  }

  private static ExemptionRow exemption(ResultSet row, int number) throws SQLException {
    return new ExemptionRow(
        row.getObject("id", UUID.class),
        new Exemption(
            scheme(row.getString("scheme")),
            row.getString("value"),
            row.getString("reason"),
            row.getString("granted_by"),
            row.getObject("from_day", LocalDate.class),
            row.getObject("to_day", LocalDate.class)));
  }

  private static RangeRow range(ResultSet row, int number) throws SQLException {
    Issuable issuable = Issuable.of(scheme(row.getString("scheme")));
    return new RangeRow(
        row.getObject("id", UUID.class),
        new CodeRange(
            requireNonNull(issuable, "issuable is null"),
            row.getString("stem"),
            row.getLong("first_serial"),
            row.getLong("last_serial"),
            row.getLong("next_serial")),
        row.getString("party"));
  }

  private static Scheme scheme(String id) {
    return requireNonNull(Scheme.ofId(id), "scheme is null");
  }
}
