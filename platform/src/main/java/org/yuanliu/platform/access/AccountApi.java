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
import org.yuanliu.platform.problem.StandardProblems;

/**
 * Accounts and keys for those who administer; for everybody else these addresses are not there. The
 * operator administers all accounts. Whoever else does, makes accounts of his own party only, which
 * see and may no more than he; other parties' accounts are not there for him.
 */
@RestController
@RequestMapping("/api/v1/accounts")
class AccountApi {
  private final AccountService accounts;

  AccountApi(AccountService accounts) {
    this.accounts = requireNonNull(accounts, "accounts is null");
  }

  /** As {@link Accounts.NewAccount}; what is left out is empty. */
  record Account(
      @Nullable String name,
      @Nullable String password,
      @Nullable String party,
      @Nullable ViewerKind kind,
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
      @Nullable String label,
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
    Accounts.NewAccount made =
        new Accounts.NewAccount(
            given("/name", account.name()),
            account.password(),
            given("/party", account.party()),
            given("/kind", account.kind()),
            account.divisionPrefix() == null ? "" : account.divisionPrefix(),
            account.industries() == null ? Set.of() : account.industries(),
            account.permissions() == null ? Set.of() : account.permissions(),
            account.standing() == null ? Standing.DECLARED : account.standing());
    if (!isNoMoreThan(caller, made)) {
      throw new ProblemException(StandardProblems.FORBIDDEN);
    }
    UUID id = accounts.create(made);
    return ResponseEntity.created(URI.create("/api/v1/accounts/" + id)).body(new Made(id));
  }

  @PostMapping("/{account}/keys")
  ResponseEntity<MadeKey> createKey(
      Caller caller, @PathVariable UUID account, @RequestBody Key key) {
    administers(caller);
    AccountRow row = requireAdministered(caller, account);
    Standing standing = key.standing() == null ? Standing.DECLARED : key.standing();
    if (!maySpeakAs(caller, standing) && standing != row.standing()) {
      throw new ProblemException(StandardProblems.FORBIDDEN);
    }
    Accounts.IssuedKey issued =
        accounts.createKey(
            account,
            new Accounts.NewKey(
                given("/label", key.label()),
                key.permissions() == null ? Set.of() : key.permissions(),
                standing,
                key.expiresAt(),
                key.requestsPerSecond()));
    return ResponseEntity.created(URI.create("/api/v1/accounts/keys/" + issued.id()))
        .body(new MadeKey(issued.id(), issued.prefix(), issued.token()));
  }

  @DeleteMapping("/keys/{key}")
  ResponseEntity<Void> revokeKey(Caller caller, @PathVariable UUID key) {
    administers(caller);
    requireAdministered(caller, accounts.accountOfKey(key).orElseThrow(AccountApi::absent));
    accounts.revokeKey(key);
    return ResponseEntity.noContent().build();
  }

  @DeleteMapping("/{account}")
  ResponseEntity<Void> disable(Caller caller, @PathVariable UUID account) {
    administers(caller);
    requireAdministered(caller, account);
    accounts.disable(account);
    return ResponseEntity.noContent().build();
  }

  private static void administers(Caller caller) {
    if (!caller.may(Permission.ADMINISTER)) {
      throw absent();
    }
  }

  private AccountRow requireAdministered(Caller caller, UUID account) {
    return accounts
        .account(account)
        .filter(
            row ->
                caller.viewer() instanceof Viewer.Operator
                    || (row.party().equals(caller.party())
                        && row.viewerKind() == kind(caller.viewer())))
        .orElseThrow(AccountApi::absent);
  }

  /** Whether the new account would see and be allowed no more than who makes it. */
  private static boolean isNoMoreThan(Caller caller, Accounts.NewAccount made) {
    if (caller.viewer() instanceof Viewer.Operator) {
      return true;
    }
    return made.party().equals(caller.party())
        && made.kind() == kind(caller.viewer())
        && caller.permissions().containsAll(made.permissions())
        && maySpeakAs(caller, made.standing())
        && isWithin(caller.viewer(), made);
  }

  private static boolean isWithin(Viewer viewer, Accounts.NewAccount made) {
    return !(viewer instanceof Viewer.Regulator regulator)
        || (made.divisionPrefix().startsWith(regulator.divisionPrefix())
            && (regulator.industries().isEmpty()
                || (!made.industries().isEmpty()
                    && regulator.industries().containsAll(made.industries()))));
  }

  /** Only an authority's own credential, or the operator, makes one that speaks as an authority. */
  private static boolean maySpeakAs(Caller caller, Standing standing) {
    return switch (standing) {
      case DECLARED, DEVICE -> true;
      case AUTHORITY ->
          caller.viewer() instanceof Viewer.Operator || caller.standing() == Standing.AUTHORITY;
      // Found by the platform, never declared by a credential.
      case COUNTERPARTY, INFERRED -> false;
    };
  }

  private static @Nullable ViewerKind kind(Viewer viewer) {
    return switch (viewer) {
      case Viewer.Enterprise enterprise -> ViewerKind.ENTERPRISE;
      case Viewer.Regulator regulator -> ViewerKind.REGULATOR;
      case Viewer.Operator operator -> ViewerKind.OPERATOR;
      case Viewer.Consumer consumer -> null;
      case Viewer.PublicPage page -> null;
    };
  }

  private static <T> T given(String pointer, @Nullable T value) {
    if (value == null) {
      throw new ProblemException(
          StandardProblems.invalid(pointer, "value-missing", "此处必须填写。", "A value is needed here."));
    }
    return value;
  }

  private static ProblemException absent() {
    return new ProblemException(StandardProblems.NOT_FOUND);
  }
}
