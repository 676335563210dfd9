package org.yuanliu.platform.retention;

import static java.util.Objects.requireNonNull;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.yuanliu.codes.UnitKey;
import org.yuanliu.industry.Level;

/** Units whose records retention has dropped. */
@Service
public class RemovedRecords {
  private final JdbcClient jdbc;

  RemovedRecords(JdbcClient jdbc) {
    this.jdbc = requireNonNull(jdbc, "jdbc is null");
  }

  /**
   * That records went.
   *
   * @param before event time of the last of them
   * @param rule term and law
   * @param verdict the last one while its records were whole; null where there was none
   */
  public record Removed(
      Instant before, String retentionClass, String rule, @Nullable LastSaid verdict) {}

  /**
   * What the public was told.
   *
   * @param at when it was judged for the last time
   */
  public record LastSaid(Level level, Instant at) {}

  /**
   * What went of some units, by their URIs; of others nothing did.
   *
   * @param units canonical URIs
   */
  public Map<String, Removed> of(Collection<String> units) {
    if (units.isEmpty()) {
      return Map.of();
    }
    Map<UUID, String> keys = new HashMap<>();
    units.forEach(unit -> keys.put(UnitKey.of(unit).value(), unit));
    Map<String, Removed> found = new HashMap<>();
    jdbc.sql(
            """
            select unit, before, class, rule, verdict, verdict_at from retention_unit
            where unit = any(:units)
            """)
        .param("units", keys.keySet().toArray(UUID[]::new))
        .query(
            row -> {
              found.put(
                  requireNonNull(keys.get(row.getObject("unit", UUID.class))),
                  new Removed(
                      row.getObject("before", OffsetDateTime.class).toInstant(),
                      row.getString("class"),
                      row.getString("rule"),
                      said(row)));
            });
    return found;
  }

  private static @Nullable LastSaid said(ResultSet row) throws SQLException {
    String level = row.getString("verdict");
    return level == null
        ? null
        : new LastSaid(
            Level.valueOf(level), row.getObject("verdict_at", OffsetDateTime.class).toInstant());
  }

  /**
   * What went of a unit.
   *
   * @param unit canonical URI
   */
  public Optional<Removed> of(String unit) {
    return Optional.ofNullable(of(List.of(unit)).get(unit));
  }
}
