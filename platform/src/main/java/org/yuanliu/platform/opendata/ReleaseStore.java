package org.yuanliu.platform.opendata;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What was published, and the parts behind the newest version of each. */
@Component
class ReleaseStore {
  private final JdbcClient jdbc;

  ReleaseStore(JdbcClient jdbc) {
    this.jdbc = requireNonNull(jdbc, "jdbc is null");
  }

  /** A version without its figures, with what its files are known by. */
  record Named(
      String set, String period, int version, Instant published, FileOf json, FileOf csv) {}

  /**
   * A file that was given out.
   *
   * @param sha256 of its bytes, in hexadecimal
   */
  record FileOf(String sha256, int bytes) {}

  /**
   * A period of a set that may have to be published.
   *
   * @param version the newest; null for none
   */
  record Pending(String set, String period, @Nullable Integer version) {}

  /** Periods without a version, and those that changed since their newest. */
  List<Pending> pending() {
    return jdbc.sql(
            """
            select p.set_id, p.period, r.version from figure_period p
            left join lateral (
              select version, size from open_release r
              where r.set_id = p.set_id and r.period = p.period order by version desc limit 1
            ) r on true
            where r.version is null or p.touched >= r.size
            order by p.set_id, p.period
            """)
        .query(
            (row, index) ->
                new Pending(
                    row.getString("set_id"),
                    row.getString("period"),
                    row.getObject("version", Integer.class)))
        .list();
  }

  void put(Release release, List<Share> parts) {
    String body = release.json();
    byte[] json = ReleaseFiles.of(ReleaseFiles.Kind.JSON, body);
    byte[] csv = ReleaseFiles.of(ReleaseFiles.Kind.CSV, body);
    jdbc.sql(
            """
            insert into open_release (set_id, period, version, published, size, body,
              json_sha256, json_bytes, csv_sha256, csv_bytes)
            values (:set, :period, :version, :published, :size, :body,
              :jsonSha256, :jsonBytes, :csvSha256, :csvBytes)
            """)
        .param("jsonSha256", ReleaseFiles.checksum(json))
        .param("jsonBytes", json.length)
        .param("csvSha256", ReleaseFiles.checksum(csv))
        .param("csvBytes", csv.length)
        .param("set", release.set())
        .param("period", release.period())
        .param("version", release.version())
        .param("published", release.published().atOffset(ZoneOffset.UTC))
        .param("size", release.entries())
        .param("body", body)
        .update();
    jdbc.sql("delete from open_part where set_id = :set and period = :period")
        .param("set", release.set())
        .param("period", release.period())
        .update();
    jdbc.sql(
            """
            insert into open_part (set_id, period, category, division, subject, amount)
            select :set, :period, * from unnest(cast(:categories as text[]),
              cast(:divisions as text[]), cast(:subjects as uuid[]), cast(:amounts as numeric[]))
            """)
        .param("set", release.set())
        .param("period", release.period())
        .param("categories", parts.stream().map(Share::category).toArray(String[]::new))
        .param("divisions", parts.stream().map(Share::division).toArray(String[]::new))
        .param("subjects", parts.stream().map(Share::subject).toArray(UUID[]::new))
        .param(
            "amounts",
            parts.stream().map(share -> share.amount().toPlainString()).toArray(String[]::new))
        .update();
  }

  /** The parts behind the newest version. */
  List<Share> parts(String set, String period) {
    return jdbc.sql(
            """
            select category, division, subject, amount from open_part
            where set_id = :set and period = :period order by category, division, subject
            """)
        .param("set", set)
        .param("period", period)
        .query(
            (row, index) ->
                new Share(
                    row.getString("category"),
                    row.getString("division"),
                    requireNonNull(row.getObject("subject", UUID.class)),
                    row.getBigDecimal("amount")))
        .list();
  }

  /**
   * A version's body.
   *
   * @param version null for the newest
   */
  Optional<String> body(String set, String period, @Nullable Integer version) {
    return jdbc.sql(
            """
            select body from open_release where set_id = :set and period = :period
              and (cast(:version as integer) is null or version = :version)
            order by version desc limit 1
            """)
        .param("set", set)
        .param("period", period)
        .param("version", version)
        .query(String.class)
        .optional();
  }

  /** The newest version of each period of a set, the latest period first. */
  List<Named> newest(String set, String before, int limit) {
    return jdbc.sql(
            """
            select distinct on (period) set_id, period, version, published,
              json_sha256, json_bytes, csv_sha256, csv_bytes
            from open_release
            where set_id = :set and (:before = '' or period < :before)
            order by period desc, version desc limit :limit
            """)
        .param("set", set)
        .param("before", before)
        .param("limit", limit)
        .query((row, index) -> named(row))
        .list();
  }

  /** Every version of a period, the newest first. */
  List<Named> versions(String set, String period, int limit) {
    return jdbc.sql(
            """
            select set_id, period, version, published,
              json_sha256, json_bytes, csv_sha256, csv_bytes
            from open_release
            where set_id = :set and period = :period order by version desc limit :limit
            """)
        .param("set", set)
        .param("period", period)
        .param("limit", limit)
        .query((row, index) -> named(row))
        .list();
  }

  private static Named named(java.sql.ResultSet row) throws java.sql.SQLException {
    return new Named(
        row.getString("set_id"),
        row.getString("period"),
        row.getInt("version"),
        requireNonNull(row.getObject("published", OffsetDateTime.class)).toInstant(),
        new FileOf(row.getString("json_sha256"), row.getInt("json_bytes")),
        new FileOf(row.getString("csv_sha256"), row.getInt("csv_bytes")));
  }
}
