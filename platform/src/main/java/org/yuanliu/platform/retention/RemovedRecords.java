package org.yuanliu.platform.retention;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.yuanliu.codes.UnitKey;

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
   */
  public record Removed(Instant before, String retentionClass, String rule) {}

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
    jdbc.sql("select unit, before, class, rule from retention_unit where unit = any(:units)")
        .param("units", keys.keySet().toArray(UUID[]::new))
        .query(
            row -> {
              found.put(
                  requireNonNull(keys.get(row.getObject("unit", UUID.class))),
                  new Removed(
                      row.getObject("before", OffsetDateTime.class).toInstant(),
                      row.getString("class"),
                      row.getString("rule")));
            });
    return found;
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
