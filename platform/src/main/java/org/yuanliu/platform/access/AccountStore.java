package org.yuanliu.platform.access;

import static java.util.Objects.requireNonNull;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.yuanliu.platform.access.Accounts.NewAccount;
import org.yuanliu.platform.access.Accounts.NewKey;
import org.yuanliu.platform.journal.Standing;

/** The tables {@code account} and {@code api_key}. */
@Component
class AccountStore {
  private static final String ACCOUNT_COLUMNS =
      """
      id, name, password_hash, party, viewer_kind, division_prefix, industries, permissions,
      standing, disabled_at\
      """;

  private final JdbcClient jdbc;

  AccountStore(JdbcClient jdbc) {
    this.jdbc = requireNonNull(jdbc, "jdbc is null");
  }

  /** False where the name is taken. */
  boolean insert(
      UUID id, NewAccount account, String nameKey, @Nullable String passwordHash, Instant now) {
    try {
      jdbc.sql(
              """
              insert into account (id, name, name_key, password_hash, party, viewer_kind,
                division_prefix, industries, permissions, standing, created_at)
              values (:id, :name, :nameKey, :passwordHash, :party, :kind,
                :divisionPrefix, :industries, :permissions, :standing, :now)
              """)
          .param("id", id)
          .param("name", account.name())
          .param("nameKey", nameKey)
          .param("passwordHash", passwordHash)
          .param("party", account.party())
          .param("kind", account.kind().name())
          .param("divisionPrefix", account.divisionPrefix())
          .param("industries", account.industries().toArray(String[]::new))
          .param("permissions", names(account.permissions()))
          .param("standing", account.standing().code())
          .param("now", at(now))
          .update();
      return true;
    } catch (DuplicateKeyException e) {
      return false;
    }
  }

  Optional<AccountRow> byId(UUID id) {
    return jdbc.sql("select " + ACCOUNT_COLUMNS + " from account where id = :id")
        .param("id", id)
        .query(AccountStore::account)
        .optional();
  }

  Optional<AccountRow> byNameKey(String nameKey) {
    return jdbc.sql("select " + ACCOUNT_COLUMNS + " from account where name_key = :nameKey")
        .param("nameKey", nameKey)
        .query(AccountStore::account)
        .optional();
  }

  boolean setPassword(UUID account, String passwordHash) {
    return jdbc.sql("update account set password_hash = :hash where id = :id")
            .param("hash", passwordHash)
            .param("id", account)
            .update()
        == 1;
  }

  boolean disable(UUID account, Instant now) {
    return jdbc.sql("update account set disabled_at = coalesce(disabled_at, :now) where id = :id")
            .param("now", at(now))
            .param("id", account)
            .update()
        == 1;
  }

  void insertKey(UUID id, UUID account, String prefix, byte[] hash, NewKey key, Instant now) {
    jdbc.sql(
            """
            insert into api_key (id, account, label, prefix, hash, permissions, standing,
              requests_per_second, created_at, expires_at)
            values (:id, :account, :label, :prefix, :hash, :permissions, :standing,
              :requestsPerSecond, :now, :expiresAt)
            """)
        .param("id", id)
        .param("account", account)
        .param("label", key.label())
        .param("prefix", prefix)
        .param("hash", hash)
        .param("permissions", names(key.permissions()))
        .param("standing", key.standing().code())
        .param("requestsPerSecond", key.requestsPerSecond())
        .param("now", at(now))
        .param("expiresAt", key.expiresAt() == null ? null : at(key.expiresAt()))
        .update();
  }

  Optional<KeyRow> keyByPrefix(String prefix) {
    return jdbc.sql(
            """
            select id, account, hash, permissions, standing, requests_per_second,
              expires_at, revoked_at, last_used_at
            from api_key where prefix = :prefix
            """)
        .param("prefix", prefix)
        .query(AccountStore::key)
        .optional();
  }

  Optional<UUID> accountOfKey(UUID key) {
    return jdbc.sql("select account from api_key where id = :id")
        .param("id", key)
        .query(UUID.class)
        .optional();
  }

  /** The prefix of the key that was revoked, if it exists. */
  Optional<String> revokeKey(UUID key, Instant now) {
    return jdbc.sql(
            """
            update api_key set revoked_at = coalesce(revoked_at, :now) where id = :id
            returning prefix
            """)
        .param("now", at(now))
        .param("id", key)
        .query(String.class)
        .optional();
  }

  void markUsed(Map<UUID, Instant> uses) {
    uses.forEach(
        (key, time) ->
            jdbc.sql("update api_key set last_used_at = :at where id = :id")
                .param("at", at(time))
                .param("id", key)
                .update());
  }

  static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static AccountRow account(ResultSet row, int number) throws SQLException {
    return new AccountRow(
        row.getObject("id", UUID.class),
        row.getString("name"),
        row.getString("password_hash"),
        row.getString("party"),
        ViewerKind.valueOf(row.getString("viewer_kind")),
        row.getString("division_prefix"),
        strings(row.getArray("industries")),
        permissions(row.getArray("permissions")),
        Standing.ofCode(row.getInt("standing")),
        row.getTimestamp("disabled_at") != null);
  }

  private static KeyRow key(ResultSet row, int number) throws SQLException {
    return new KeyRow(
        row.getObject("id", UUID.class),
        row.getObject("account", UUID.class),
        row.getBytes("hash"),
        permissions(row.getArray("permissions")),
        Standing.ofCode(row.getInt("standing")),
        row.getObject("requests_per_second", Integer.class),
        instant(row.getTimestamp("expires_at")),
        instant(row.getTimestamp("revoked_at")),
        instant(row.getTimestamp("last_used_at")));
  }

  private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
    return timestamp == null ? null : timestamp.toInstant();
  }

  private static Set<String> strings(Array array) throws SQLException {
    return Set.of((String[]) array.getArray());
  }

  private static Set<Permission> permissions(Array array) throws SQLException {
    return Arrays.stream((String[]) array.getArray())
        .map(Permission::valueOf)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static String[] names(Set<Permission> permissions) {
    return permissions.stream().map(Permission::name).sorted().toArray(String[]::new);
  }
}
