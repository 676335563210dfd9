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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.yuanliu.platform.access.Accounts.NewAccount;
import org.yuanliu.platform.access.Accounts.NewKey;
import org.yuanliu.platform.journal.Standing;

/** The tables {@code account}, {@code password_history} and {@code api_key}. */
@Component
class AccountStore {
  private static final String ACCOUNT_COLUMNS =
      """
      id, name, password_hash, party, viewer_kind, division_prefix, industries, permissions,
      standing, disabled_at, password_changed_at,
      exists (select from second_factor f where f.account = account.id
        and f.confirmed_at is not null) as codes,
      exists (select from passkey p where p.account = account.id) as passkeys\
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
                division_prefix, industries, permissions, standing, created_at, password_changed_at)
              values (:id, :name, :nameKey, :passwordHash, :party, :kind,
                :divisionPrefix, :industries, :permissions, :standing, :now, :now)
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

  /** Sets it and keeps the one before in the history. */
  @Transactional
  public void setPassword(UUID account, String passwordHash, Instant now, int keep) {
    jdbc.sql(
            """
            insert into password_history (account, at, hash)
            select id, :now, password_hash from account
            where id = :id and password_hash is not null
            on conflict do nothing
            """)
        .param("now", at(now))
        .param("id", account)
        .update();
    jdbc.sql(
            """
            delete from password_history where account = :id and at not in
              (select at from password_history where account = :id order by at desc limit :keep)
            """)
        .param("id", account)
        .param("keep", keep)
        .update();
    jdbc.sql(
            """
            update account set password_hash = :hash, password_changed_at = :now where id = :id
            """)
        .param("hash", passwordHash)
        .param("now", at(now))
        .param("id", account)
        .update();
  }

  /** Hashes of the passwords before the present one, newest first. */
  List<String> formerPasswords(UUID account, int limit) {
    return jdbc.sql(
            "select hash from password_history where account = :id order by at desc limit :limit")
        .param("id", account)
        .param("limit", limit)
        .query((row, number) -> requireNonNull(row.getString("hash"), "hash is null"))
        .list();
  }

  /** Accounts by name, those of one party or all. */
  List<AccountRow> list(@Nullable String party, String after, int limit) {
    return jdbc.sql(
            "select "
                + ACCOUNT_COLUMNS
                + """
                 from account
                where name_key > :after and (cast(:party as text) is null or party = :party)
                order by name_key limit :limit
                """)
        .param("after", after)
        .param("party", party)
        .param("limit", limit)
        .query(AccountStore::account)
        .list();
  }

  void setPermissions(UUID account, Set<Permission> permissions) {
    jdbc.sql("update account set permissions = :permissions where id = :id")
        .param("permissions", names(permissions))
        .param("id", account)
        .update();
  }

  List<KeyInfo> keys(UUID account) {
    return jdbc.sql(
            """
            select id, label, prefix, permissions, created_at, expires_at, revoked_at, last_used_at
            from api_key where account = :account order by created_at desc, id
            """)
        .param("account", account)
        .query(
            (row, number) ->
                new KeyInfo(
                    row.getObject("id", UUID.class),
                    row.getString("label"),
                    row.getString("prefix"),
                    permissions(row.getArray("permissions")),
                    requireNonNull(instant(row.getTimestamp("created_at")), "created_at is null"),
                    instant(row.getTimestamp("expires_at")),
                    instant(row.getTimestamp("revoked_at")),
                    instant(row.getTimestamp("last_used_at"))))
        .list();
  }

  /**
   * A key's successor with the same rights; the old one ends after the overlap, if not before.
   *
   * @param end when the successor ends; null for as long as the old one was made for
   */
  @Transactional
  public boolean succeed(
      UUID old,
      UUID id,
      String prefix,
      byte[] hash,
      Instant now,
      Instant until,
      @Nullable Instant end) {
    int inserted =
        jdbc.sql(
                """
                insert into api_key (id, account, label, prefix, hash, permissions, standing,
                  requests_per_second, created_at, expires_at)
                select :id, account, label, :prefix, :hash, permissions, standing,
                  requests_per_second, :now,
                  case when cast(:end as timestamptz) is not null then cast(:end as timestamptz)
                    when expires_at is null then null
                    else :now + (expires_at - created_at) end
                from api_key
                where id = :old and revoked_at is null and (expires_at is null or expires_at > :now)
                """)
            .param("id", id)
            .param("prefix", prefix)
            .param("hash", hash)
            .param("now", at(now))
            .param("old", old)
            .param("end", end == null ? null : at(end))
            .update();
    jdbc.sql(
            """
            update api_key set expires_at = least(coalesce(expires_at, :until), :until)
            where id = :old and revoked_at is null
            """)
        .param("until", at(until))
        .param("old", old)
        .update();
    return inserted == 1;
  }

  Optional<String> prefixOf(UUID key) {
    return jdbc.sql("select prefix from api_key where id = :id")
        .param("id", key)
        .query(String.class)
        .optional();
  }

  boolean disable(UUID account, Instant now) {
    return jdbc.sql("update account set disabled_at = coalesce(disabled_at, :now) where id = :id")
            .param("now", at(now))
            .param("id", account)
            .update()
        == 1;
  }

  boolean enable(UUID account) {
    return jdbc.sql("update account set disabled_at = null where id = :id")
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

  Optional<KeyOwner> ownerOfKey(UUID key) {
    return jdbc.sql("select account, permissions from api_key where id = :id")
        .param("id", key)
        .query(
            (row, number) ->
                new KeyOwner(
                    row.getObject("account", UUID.class), permissions(row.getArray("permissions"))))
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
        row.getTimestamp("disabled_at") != null,
        instant(row.getTimestamp("password_changed_at")),
        row.getBoolean("codes"),
        row.getBoolean("passkeys"));
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
