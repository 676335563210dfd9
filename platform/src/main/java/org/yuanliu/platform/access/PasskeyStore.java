package org.yuanliu.platform.access;

import static java.util.Objects.requireNonNull;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.web.webauthn.api.AuthenticatorTransport;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.CredentialRecord;
import org.springframework.security.web.webauthn.api.ImmutableCredentialRecord;
import org.springframework.security.web.webauthn.api.ImmutablePublicKeyCose;
import org.springframework.security.web.webauthn.api.ImmutablePublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialType;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.management.PublicKeyCredentialUserEntityRepository;
import org.springframework.security.web.webauthn.management.UserCredentialRepository;
import org.springframework.stereotype.Component;

/**
 * The tables {@code passkey} and {@code passkey_user}. A user's name, as Spring Security asks for
 * it, is the account's id.
 */
@Component
class PasskeyStore implements UserCredentialRepository, PublicKeyCredentialUserEntityRepository {
  private static final String CREDENTIAL =
      """
      select p.id, p.label, p.public_key, p.signature_count, p.user_verified, p.transports,
        p.backup_eligible, p.backed_up, p.attestation_object, p.client_data, p.created_at,
        p.last_used_at, u.handle
      from passkey p join passkey_user u on u.account = p.account
      """;

  private final JdbcClient jdbc;
  private final AccountStore accounts;
  private final Clock clock;

  PasskeyStore(JdbcClient jdbc, AccountStore accounts, Clock clock) {
    this.jdbc = requireNonNull(jdbc, "jdbc is null");
    this.accounts = requireNonNull(accounts, "accounts is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * @param id base64url, without padding
   */
  record Passkey(String id, String label, Instant createdAt, @Nullable Instant lastUsedAt) {}

  List<Passkey> of(UUID account) {
    return jdbc.sql(CREDENTIAL + "where p.account = :account order by p.created_at, p.id")
        .param("account", account)
        .query(
            (row, number) ->
                new Passkey(
                    new Bytes(row.getBytes("id")).toBase64UrlString(),
                    row.getString("label"),
                    requireNonNull(instant(row, "created_at"), "created_at is null"),
                    instant(row, "last_used_at")))
        .list();
  }

  Optional<UUID> accountOf(Bytes handle) {
    return jdbc.sql("select account from passkey_user where handle = :handle")
        .param("handle", handle.getBytes())
        .query(UUID.class)
        .optional();
  }

  /** Whether the account had it. */
  boolean remove(UUID account, Bytes id) {
    return jdbc.sql("delete from passkey where id = :id and account = :account")
            .param("id", id.getBytes())
            .param("account", account)
            .update()
        == 1;
  }

  void removeAll(UUID account) {
    jdbc.sql("delete from passkey where account = :account").param("account", account).update();
  }

  @Override
  public void save(CredentialRecord credential) {
    UUID account = accountOf(credential.getUserEntityUserId()).orElseThrow();
    jdbc.sql(
            """
            insert into passkey (id, account, label, public_key, signature_count, user_verified,
              transports, backup_eligible, backed_up, attestation_object, client_data, created_at)
            values (:id, :account, :label, :publicKey, :count, :verified, :transports, :eligible,
              :backedUp, :attestation, :clientData, :now)
            on conflict (id) do update set signature_count = excluded.signature_count,
              last_used_at = :now
            where passkey.account = excluded.account
            """)
        .param("id", credential.getCredentialId().getBytes())
        .param("account", account)
        .param("label", credential.getLabel())
        .param("publicKey", credential.getPublicKey().getBytes())
        .param("count", credential.getSignatureCount())
        .param("verified", credential.isUvInitialized())
        .param(
            "transports",
            credential.getTransports().stream()
                .map(AuthenticatorTransport::getValue)
                .toArray(String[]::new))
        .param("eligible", credential.isBackupEligible())
        .param("backedUp", credential.isBackupState())
        .param("attestation", bytes(credential.getAttestationObject()))
        .param("clientData", bytes(credential.getAttestationClientDataJSON()))
        .param("now", AccountStore.at(clock.instant()))
        .update();
  }

  private static byte[] bytes(@Nullable Bytes bytes) {
    return requireNonNull(bytes, "a credential without attestation").getBytes();
  }

  @Override
  public @Nullable CredentialRecord findByCredentialId(Bytes id) {
    return jdbc.sql(CREDENTIAL + "where p.id = :id")
        .param("id", id.getBytes())
        .query(PasskeyStore::credential)
        .optional()
        .orElse(null);
  }

  @Override
  public List<CredentialRecord> findByUserId(Bytes handle) {
    return jdbc.sql(CREDENTIAL + "where u.handle = :handle order by p.created_at")
        .param("handle", handle.getBytes())
        .query(PasskeyStore::credential)
        .list();
  }

  /** By account and id: see {@link #remove}. */
  @Override
  public void delete(Bytes id) {
    throw new UnsupportedOperationException("passkeys are removed by their account");
  }

  @Override
  public @Nullable PublicKeyCredentialUserEntity findById(Bytes handle) {
    return accountOf(handle).flatMap(accounts::byId).map(row -> user(handle, row)).orElse(null);
  }

  @Override
  public @Nullable PublicKeyCredentialUserEntity findByUsername(String id) {
    UUID account = UUID.fromString(id);
    AccountRow row = accounts.byId(account).orElse(null);
    if (row == null) {
      return null;
    }
    jdbc.sql(
            """
            insert into passkey_user (account, handle) values (:account, :handle)
            on conflict do nothing
            """)
        .param("account", account)
        .param("handle", Bytes.random().getBytes())
        .update();
    return jdbc.sql("select handle from passkey_user where account = :account")
        .param("account", account)
        .query((found, number) -> user(new Bytes(found.getBytes("handle")), row))
        .single();
  }

  @Override
  public void save(PublicKeyCredentialUserEntity user) {
    throw new UnsupportedOperationException("users are accounts");
  }

  private static PublicKeyCredentialUserEntity user(Bytes handle, AccountRow row) {
    return ImmutablePublicKeyCredentialUserEntity.builder()
        .id(handle)
        .name(row.name())
        .displayName(row.name())
        .build();
  }

  private static CredentialRecord credential(ResultSet row, int number) throws SQLException {
    return ImmutableCredentialRecord.builder()
        .credentialType(PublicKeyCredentialType.PUBLIC_KEY)
        .credentialId(new Bytes(row.getBytes("id")))
        .userEntityUserId(new Bytes(row.getBytes("handle")))
        .publicKey(new ImmutablePublicKeyCose(row.getBytes("public_key")))
        .signatureCount(row.getLong("signature_count"))
        .uvInitialized(row.getBoolean("user_verified"))
        .transports(
            Arrays.stream((String[]) row.getArray("transports").getArray())
                .map(AuthenticatorTransport::valueOf)
                .collect(Collectors.toUnmodifiableSet()))
        .backupEligible(row.getBoolean("backup_eligible"))
        .backupState(row.getBoolean("backed_up"))
        .attestationObject(new Bytes(row.getBytes("attestation_object")))
        .attestationClientDataJSON(new Bytes(row.getBytes("client_data")))
        .created(requireNonNull(instant(row, "created_at"), "created_at is null"))
        .label(row.getString("label"))
        .build();
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
