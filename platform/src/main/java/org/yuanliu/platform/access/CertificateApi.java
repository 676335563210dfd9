package org.yuanliu.platform.access;

import static java.util.Objects.requireNonNull;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.yuanliu.platform.journal.Standing;
import org.yuanliu.platform.problem.ProblemException;
import org.yuanliu.platform.problem.StandardProblems;

/**
 * Certificates of machines. One is kept like a key whose secret is elsewhere: it is listed and
 * revoked among the account's keys, with its fingerprint for a prefix.
 */
@RestController
@RequestMapping("/api/v1/accounts")
@Tag(name = "Accounts")
class CertificateApi {
  private final AccountService accounts;
  private final AccountScope scope;

  CertificateApi(AccountService accounts, AccountScope scope) {
    this.accounts = requireNonNull(accounts, "accounts is null");
    this.scope = requireNonNull(scope, "scope is null");
  }

  /**
   * @param certificate PEM
   * @param permissions at most the account's
   * @param expiresAt null for the certificate's own end, which counts in any case
   */
  record NewCertificate(
      @Nullable String label,
      @Nullable String certificate,
      @Nullable Set<Permission> permissions,
      @Nullable Instant expiresAt,
      @Nullable Integer requestsPerSecond) {}

  /**
   * @param prefix {@code x509:} and the SHA-256 of the certificate
   */
  record Made(UUID id, String prefix, Instant expiresAt) {}

  @PostMapping("/{account}/certificates")
  @Operation(summary = "登记客户端证书 · Let a machine in by its certificate")
  ResponseEntity<Made> register(
      Caller caller, @PathVariable UUID account, @RequestBody NewCertificate given) {
    AccountRow row =
        scope.requireMayMakeKey(
            caller, account, given.permissions() == null ? Set.of() : given.permissions());
    ClientCertificate certificate = parsed(given.certificate());
    Instant end = given.expiresAt();
    Accounts.NewKey key =
        new Accounts.NewKey(
            given.label() == null ? "" : given.label(),
            given.permissions() == null ? Set.of() : given.permissions(),
            Standing.DECLARED,
            end == null || certificate.notAfter().isBefore(end) ? certificate.notAfter() : end,
            given.requestsPerSecond());
    UUID id = accounts.registerCertificate(row.id(), certificate, key);
    return made(id, certificate, requireNonNull(key.expiresAt(), "a certificate ends"));
  }

  /**
   * @param overlapHours how long the old one still works; 24 where it is left out
   */
  record Succession(@Nullable String certificate, @Nullable Integer overlapHours) {}

  @PostMapping("/certificates/{key}/rotation")
  @Operation(
      summary = "更换客户端证书 · A new certificate with the old one's rights, side by side for a while")
  ResponseEntity<Made> rotate(
      Caller caller, @PathVariable UUID key, @RequestBody Succession given) {
    AccountScope.administers(caller);
    KeyOwner owner = accounts.ownerOfKey(key).orElseThrow(AccountScope::absent);
    scope.requireMayMakeKey(caller, owner.account(), owner.permissions());
    ClientCertificate certificate = parsed(given.certificate());
    Duration overlap = AccountApi.overlap(given.overlapHours());
    UUID id = accounts.succeedCertificate(key, certificate, overlap);
    return made(id, certificate, certificate.notAfter());
  }

  private static ResponseEntity<Made> made(UUID id, ClientCertificate certificate, Instant end) {
    return ResponseEntity.created(URI.create("/api/v1/accounts/keys/" + id))
        .body(new Made(id, certificate.prefix(), end));
  }

  private static ClientCertificate parsed(@Nullable String pem) {
    return ClientCertificate.parse(pem)
        .orElseThrow(
            () ->
                new ProblemException(
                    StandardProblems.invalid(
                        "/certificate",
                        "certificate-unreadable",
                        "须为PEM格式的X.509证书（不含私钥）。",
                        "This is an X.509 certificate in PEM, without its private key.")));
  }
}
