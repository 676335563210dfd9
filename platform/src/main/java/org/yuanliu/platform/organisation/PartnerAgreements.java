package org.yuanliu.platform.organisation;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.yuanliu.platform.access.Agreed;
import org.yuanliu.platform.access.Agreements;

/**
 * Which data sets partner platforms were promised, for how long. What is held in memory are
 * periods, never verdicts, as with {@link RoleCapacities}.
 */
@Component
class PartnerAgreements implements Agreements {
  /** How long what another server process changed may go unnoticed; as with roles. */
  private static final Duration MAX_AGE = Duration.ofSeconds(5);

  /** Partner platforms are few: all that is in force is held at once. */
  static final int MAX_AGREEMENTS = 1_000;

  private final JdbcClient jdbc;
  private final Clock clock;
  private final Cache<String, List<Agreement>> held =
      Caffeine.newBuilder().expireAfterWrite(MAX_AGE).build();

  PartnerAgreements(JdbcClient jdbc, Clock clock) {
    this.jdbc = requireNonNull(jdbc, "jdbc is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * An agreement.
   *
   * @param party canonical URI of the partner platform
   * @param reference of the signed paper
   * @param until the first moment at which it holds no longer
   * @param endedAt when it was ended before that; null if it was not
   */
  record Agreement(
      UUID id,
      String party,
      Agreed agreed,
      String reference,
      Instant from,
      Instant until,
      @Nullable Instant endedAt) {
    boolean inForce(Instant now) {
      return endedAt == null && !now.isBefore(from) && now.isBefore(until);
    }
  }

  @Override
  public Set<Agreed> with(Set<String> codes) {
    List<Agreement> all = requireNonNull(held.get("all", key -> open()), "cache gave null");
    if (all.isEmpty()) {
      return Set.of();
    }
    Instant now = clock.instant();
    return all.stream()
        .filter(one -> codes.contains(one.party()) && one.inForce(now))
        .map(Agreement::agreed)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static final String SELECT =
      """
      select id, party, division, industries, secrets, reference, valid_from, valid_until, ended_at
      from partner_agreement
      """;

  private List<Agreement> open() {
    return jdbc.sql(
            SELECT + "where ended_at is null and valid_until > :now order by id limit :limit")
        .param("now", at(clock.instant()))
        .param("limit", MAX_AGREEMENTS)
        .query((row, index) -> agreement(row))
        .list();
  }

  /** Of a party, the newest first; those that ended too. */
  List<Agreement> of(Collection<String> codes, int limit) {
    return jdbc.sql(SELECT + "where party = any(:codes) order by made_at desc, id limit :limit")
        .param("codes", codes.toArray(String[]::new))
        .param("limit", limit)
        .query((row, index) -> agreement(row))
        .list();
  }

  Optional<Agreement> one(UUID id) {
    return jdbc.sql(SELECT + "where id = :id")
        .param("id", id)
        .query((row, index) -> agreement(row))
        .optional();
  }

  long countOpen() {
    return jdbc.sql(
            "select count(*) from partner_agreement where ended_at is null and valid_until > :now")
        .param("now", at(clock.instant()))
        .query(Long.class)
        .single();
  }

  void insert(Agreement agreement, UUID by) {
    jdbc.sql(
            """
            insert into partner_agreement (id, party, division, industries, secrets, reference,
              valid_from, valid_until, made_at, made_by)
            values (:id, :party, :division, :industries, :secrets, :reference, :from, :until, :now,
              :by)
            """)
        .param("id", agreement.id())
        .param("party", agreement.party())
        .param("division", agreement.agreed().divisionPrefix())
        .param("industries", agreement.agreed().industries().toArray(String[]::new))
        .param("secrets", agreement.agreed().secrets())
        .param("reference", agreement.reference())
        .param("from", at(agreement.from()))
        .param("until", at(agreement.until()))
        .param("now", at(clock.instant()))
        .param("by", by)
        .update();
    held.invalidateAll();
  }

  void end(UUID id) {
    jdbc.sql("update partner_agreement set ended_at = :now where id = :id and ended_at is null")
        .param("now", at(clock.instant()))
        .param("id", id)
        .update();
    held.invalidateAll();
  }

  private static Agreement agreement(ResultSet row) throws SQLException {
    OffsetDateTime ended = row.getObject("ended_at", OffsetDateTime.class);
    return new Agreement(
        requireNonNull(row.getObject("id", UUID.class)),
        row.getString("party"),
        new Agreed(
            row.getString("division"),
            Set.of((String[]) row.getArray("industries").getArray()),
            row.getBoolean("secrets")),
        row.getString("reference"),
        requireNonNull(row.getObject("valid_from", OffsetDateTime.class)).toInstant(),
        requireNonNull(row.getObject("valid_until", OffsetDateTime.class)).toInstant(),
        ended == null ? null : ended.toInstant());
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
