package org.yuanliu.platform.access;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.yuanliu.platform.journal.Standing;
import org.yuanliu.platform.problem.ProblemException;

/** Accounts and keys for those who administer; for everybody else these addresses are not there. */
@RestController
@RequestMapping("/api/v1/accounts")
class AccountApi {
  private final Accounts accounts;

  AccountApi(Accounts accounts) {
    this.accounts = requireNonNull(accounts, "accounts is null");
  }

  /** As {@link Accounts.NewAccount}; what is left out is empty. */
  record Account(
      String name,
      @Nullable String password,
      String party,
      ViewerKind kind,
      @Nullable String divisionPrefix,
      @Nullable Set<String> industries,
      @Nullable Set<Permission> permissions,
      @Nullable Standing standing) {
    /** Without the password. */
    @Override
    public String toString() {
      return "Account[" + name + "]";
    }
  }

  record Made(UUID id) {}

  /** As {@link Accounts.NewKey}. */
  record Key(
      String label,
      @Nullable Set<Permission> permissions,
      @Nullable Standing standing,
      @Nullable Instant expiresAt,
      @Nullable Integer requestsPerSecond) {}

  /**
   * @param key the key itself, given out this once
   */
  record MadeKey(UUID id, String prefix, String key) {
    /** Without the key. */
    @Override
    public String toString() {
      return "MadeKey[" + prefix + "]";
    }
  }

  @PostMapping
  ResponseEntity<Made> create(Caller caller, @RequestBody Account account) {
    administers(caller);
    UUID id =
        accounts.create(
            new Accounts.NewAccount(
                account.name(),
                account.password(),
                account.party(),
                account.kind(),
                account.divisionPrefix() == null ? "" : account.divisionPrefix(),
                account.industries() == null ? Set.of() : account.industries(),
                account.permissions() == null ? Set.of() : account.permissions(),
                account.standing() == null ? Standing.DECLARED : account.standing()));
    return ResponseEntity.created(URI.create("/api/v1/accounts/" + id)).body(new Made(id));
  }

  @PostMapping("/{account}/keys")
  ResponseEntity<MadeKey> createKey(
      Caller caller, @PathVariable UUID account, @RequestBody Key key) {
    administers(caller);
    Accounts.IssuedKey issued =
        accounts.createKey(
            account,
            new Accounts.NewKey(
                key.label(),
                key.permissions() == null ? Set.of() : key.permissions(),
                key.standing() == null ? Standing.DECLARED : key.standing(),
                key.expiresAt(),
                key.requestsPerSecond()));
    return ResponseEntity.created(URI.create("/api/v1/accounts/keys/" + issued.id()))
        .body(new MadeKey(issued.id(), issued.prefix(), issued.token()));
  }

  @DeleteMapping("/keys/{key}")
  ResponseEntity<Void> revokeKey(Caller caller, @PathVariable UUID key) {
    administers(caller);
    accounts.revokeKey(key);
    return ResponseEntity.noContent().build();
  }

  @DeleteMapping("/{account}")
  ResponseEntity<Void> disable(Caller caller, @PathVariable UUID account) {
    administers(caller);
    accounts.disable(account);
    return ResponseEntity.noContent().build();
  }

  private static void administers(Caller caller) {
    if (!caller.may(Permission.ADMINISTER)) {
      throw new ProblemException(org.yuanliu.platform.problem.StandardProblems.NOT_FOUND);
    }
  }
}
