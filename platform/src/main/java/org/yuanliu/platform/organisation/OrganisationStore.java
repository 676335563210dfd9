package org.yuanliu.platform.organisation;

import static java.util.Objects.requireNonNull;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.organisation.Role.Delegation;

/** The tables {@code organisation}, {@code organisation_role} and {@code delegation}. */
@Component
class OrganisationStore {
  private static final String ROLE =
      """
      select id, party, account, title, permissions, valid_from, valid_until, ended_at
      from organisation_role
      """;

  private static final String DELEGATION =
      """
      select id, role, account, permissions, valid_from, valid_until, reason, ended_at
      from delegation
      """;

  private final JdbcClient jdbc;

  OrganisationStore(JdbcClient jdbc) {
    this.jdbc = requireNonNull(jdbc, "jdbc is null");
  }

  void put(Organisation organisation, Instant now) {
    jdbc.sql(
            """
            insert into organisation (party, kind, level, division, industries, functions, made_at)
            values (:party, :kind, :level, :division, :industries, :functions, :now)
            on conflict (party) do update set kind = excluded.kind, level = excluded.level,
              division = excluded.division, industries = excluded.industries,
              functions = excluded.functions
            """)
        .param("party", organisation.party())
        .param("kind", organisation.kind().name())
        .param("level", organisation.level() == null ? null : organisation.level().name())
        .param("division", organisation.division())
        .param("industries", organisation.industries().toArray(String[]::new))
        .param("functions", names(organisation.functions()))
        .param("now", at(now))
        .update();
  }

  Optional<Organisation> organisation(String party) {
    return list(Set.of(party), "", 1).stream().findFirst();
  }

  /** By party; of those given, or all. */
  List<Organisation> list(@Nullable Set<String> parties, String after, int limit) {
    return jdbc.sql(
            """
            select party, kind, level, division, industries, functions from organisation
            where party > :after and (cast(:parties as text[]) is null or party = any(:parties))
            order by party limit :limit
            """)
        .param("after", after)
        .param("parties", parties == null ? null : parties.toArray(String[]::new))
        .param("limit", limit)
        .query(OrganisationStore::organisation)
        .list();
  }

  void insert(Role role, UUID by, Instant now) {
    jdbc.sql(
            """
            insert into organisation_role (id, party, account, title, permissions, valid_from,
              valid_until, made_at, made_by)
            values (:id, :party, :account, :title, :permissions, :from, :until, :now, :by)
            """)
        .param("id", role.id())
        .param("party", role.party())
        .param("account", role.account())
        .param("title", role.title())
        .param("permissions", names(role.permissions()))
        .param("from", at(role.from()))
        .param("until", role.until() == null ? null : at(role.until()))
        .param("now", at(now))
        .param("by", by)
        .update();
  }

  Optional<Role> role(UUID id) {
    return jdbc.sql(ROLE + "where id = :id")
        .param("id", id)
        .query(OrganisationStore::role)
        .optional();
  }

  /** Newest first, ended ones too. */
  List<Role> rolesIn(String party, int limit) {
    return jdbc.sql(ROLE + "where party = :party order by valid_from desc, id limit :limit")
        .param("party", party)
        .param("limit", limit)
        .query(OrganisationStore::role)
        .list();
  }

  List<Role> rolesOf(UUID account) {
    return jdbc.sql(ROLE + "where account = :account order by valid_from, id")
        .param("account", account)
        .query(OrganisationStore::role)
        .list();
  }

  void insert(Delegation delegation, UUID by, Instant now) {
    jdbc.sql(
            """
            insert into delegation (id, role, account, permissions, valid_from, valid_until,
              reason, made_at, made_by)
            values (:id, :role, :account, :permissions, :from, :until, :reason, :now, :by)
            """)
        .param("id", delegation.id())
        .param("role", delegation.role())
        .param("account", delegation.account())
        .param("permissions", names(delegation.permissions()))
        .param("from", at(delegation.from()))
        .param("until", at(delegation.until()))
        .param("reason", delegation.reason())
        .param("now", at(now))
        .param("by", by)
        .update();
  }

  Optional<Delegation> delegation(UUID id) {
    return jdbc.sql(DELEGATION + "where id = :id")
        .param("id", id)
        .query(OrganisationStore::delegation)
        .optional();
  }

  List<Delegation> delegationsOf(Collection<UUID> roles) {
    return jdbc.sql(DELEGATION + "where role = any(:roles) order by valid_from desc, id")
        .param("roles", roles.toArray(UUID[]::new))
        .query(OrganisationStore::delegation)
        .list();
  }

  List<Delegation> delegationsTo(UUID account) {
    return jdbc.sql(DELEGATION + "where account = :account order by valid_from, id")
        .param("account", account)
        .query(OrganisationStore::delegation)
        .list();
  }

  void endRole(UUID id, Instant now) {
    end("update organisation_role set ended_at = coalesce(ended_at, :now) where id = :id", id, now);
  }

  void endDelegation(UUID id, Instant now) {
    end("update delegation set ended_at = coalesce(ended_at, :now) where id = :id", id, now);
  }

  private void end(String sql, UUID id, Instant now) {
    jdbc.sql(sql).param("now", at(now)).param("id", id).update();
  }

  private static Organisation organisation(ResultSet row, int number) throws SQLException {
    String level = row.getString("level");
    return new Organisation(
        row.getString("party"),
        Organisation.Kind.valueOf(row.getString("kind")),
        level == null ? null : Organisation.Level.valueOf(level),
        row.getString("division"),
        List.of(strings(row.getArray("industries"))),
        Arrays.stream(strings(row.getArray("functions")))
            .map(Organisation.Function::valueOf)
            .collect(Collectors.toUnmodifiableSet()));
  }

  private static Role role(ResultSet row, int number) throws SQLException {
    return new Role(
        row.getObject("id", UUID.class),
        row.getString("party"),
        row.getObject("account", UUID.class),
        row.getString("title"),
        permissions(row),
        requireNonNull(instant(row, "valid_from"), "valid_from is null"),
        instant(row, "valid_until"),
        instant(row, "ended_at"));
  }

  private static Delegation delegation(ResultSet row, int number) throws SQLException {
    return new Delegation(
        row.getObject("id", UUID.class),
        row.getObject("role", UUID.class),
        row.getObject("account", UUID.class),
        permissions(row),
        requireNonNull(instant(row, "valid_from"), "valid_from is null"),
        requireNonNull(instant(row, "valid_until"), "valid_until is null"),
        row.getString("reason"),
        instant(row, "ended_at"));
  }

  private static Set<Permission> permissions(ResultSet row) throws SQLException {
    return Arrays.stream(strings(row.getArray("permissions")))
        .map(Permission::valueOf)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static String[] strings(Array array) throws SQLException {
    return (String[]) array.getArray();
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static String[] names(Set<? extends Enum<?>> values) {
    return values.stream().map(Enum::name).sorted().toArray(String[]::new);
  }
}
