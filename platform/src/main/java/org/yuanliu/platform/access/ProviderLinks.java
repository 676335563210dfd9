package org.yuanliu.platform.access;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code provider_link}: which account a provider's subject is. */
@Component
class ProviderLinks {
  private final JdbcClient jdbc;
  private final Clock clock;

  ProviderLinks(JdbcClient jdbc, Clock clock) {
    this.jdbc = requireNonNull(jdbc, "jdbc is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * @param madeBy the administrator; null where a verified e-mail address made it
   */
  record Link(
      UUID id,
      UUID account,
      String issuer,
      String subject,
      Instant madeAt,
      @Nullable UUID madeBy,
      @Nullable Instant lastUsedAt) {}

  /** The account, with the use noted. */
  Optional<UUID> used(String issuer, String subject) {
    return jdbc.sql(
            """
            update provider_link set last_used_at = :now
            where issuer = :issuer and subject = :subject returning account
            """)
        .param("now", AccountStore.at(clock.instant()))
        .param("issuer", issuer)
        .param("subject", subject)
        .query(UUID.class)
        .optional();
  }

  /** Whether the account is some subject of this issuer already. */
  boolean taken(String issuer, UUID account) {
    return jdbc.sql(
            """
            select exists (select from provider_link where issuer = :issuer and account = :account)
            """)
        .param("issuer", issuer)
        .param("account", account)
        .query(Boolean.class)
        .single();
  }

  /** The new link, or nothing where the subject is linked already. */
  Optional<UUID> make(String issuer, String subject, UUID account, @Nullable UUID by) {
    UUID id = UUID.randomUUID();
    int made =
        jdbc.sql(
                """
                insert into provider_link (id, issuer, subject, account, made_at, made_by)
                values (:id, :issuer, :subject, :account, :now, :by) on conflict do nothing
                """)
            .param("id", id)
            .param("issuer", issuer)
            .param("subject", subject)
            .param("account", account)
            .param("now", AccountStore.at(clock.instant()))
            .param("by", by)
            .update();
    return made == 1 ? Optional.of(id) : Optional.empty();
  }

  Optional<UUID> accountOf(UUID link) {
    return jdbc.sql("select account from provider_link where id = :id")
        .param("id", link)
        .query(UUID.class)
        .optional();
  }

  void remove(UUID link) {
    jdbc.sql("delete from provider_link where id = :id").param("id", link).update();
  }

  void removeAll(UUID account) {
    jdbc.sql("delete from provider_link where account = :account")
        .param("account", account)
        .update();
  }

  List<Link> of(UUID account) {
    return jdbc.sql(
            """
            select id, account, issuer, subject, made_at, made_by, last_used_at
            from provider_link where account = :account order by made_at, id
            """)
        .param("account", account)
        .query(
            (row, number) ->
                new Link(
                    row.getObject("id", UUID.class),
                    row.getObject("account", UUID.class),
                    row.getString("issuer"),
                    row.getString("subject"),
                    row.getObject("made_at", OffsetDateTime.class).toInstant(),
                    row.getObject("made_by", UUID.class),
                    instant(row.getObject("last_used_at", OffsetDateTime.class))))
        .list();
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }
}
