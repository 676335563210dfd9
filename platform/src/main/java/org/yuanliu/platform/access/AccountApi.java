package org.yuanliu.platform.access;

import static java.util.Objects.requireNonNull;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
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
@Tag(name = "Accounts", description = "账号与密钥 · Accounts and keys")
class AccountApi {
  static final int MAX_PAGE = 500;

  /** A day to bring a new key to every machine. */
  private static final int DEFAULT_OVERLAP_H = 24;

  private static final int MAX_OVERLAP_H = 720;

  private final AccountService accounts;
  private final SignInGuard guard;
  private final SecondFactor factor;
  private final PasskeyStore passkeys;
  private final Devices devices;
  private final ProviderLinks links;
  private final AccountScope scope;

  AccountApi(
      AccountService accounts,
      SignInGuard guard,
      SecondFactor factor,
      PasskeyStore passkeys,
      Devices devices,
      ProviderLinks links,
      AccountScope scope) {
    this.accounts = requireNonNull(accounts, "accounts is null");
    this.guard = requireNonNull(guard, "guard is null");
    this.factor = requireNonNull(factor, "factor is null");
    this.passkeys = requireNonNull(passkeys, "passkeys is null");
    this.devices = requireNonNull(devices, "devices is null");
    this.links = requireNonNull(links, "links is null");
    this.scope = requireNonNull(scope, "scope is null");
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
    AccountScope.administers(caller);
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
    AccountRow row =
        scope.requireMayMakeKey(
            caller, account, key.permissions() == null ? Set.of() : key.permissions());
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
    AccountScope.seesAccounts(caller);
    KeyOwner owner = accounts.ownerOfKey(key).orElseThrow(AccountScope::absent);
    scope.requireActsOn(caller, owner.account(), Permission.ADMINISTER);
    accounts.revokeKey(key);
    return ResponseEntity.noContent().build();
  }

  @DeleteMapping("/{account}")
  ResponseEntity<Void> disable(Caller caller, @PathVariable UUID account) {
    AccountScope.seesAccounts(caller);
    scope.requireActsOn(caller, account, Permission.ADMINISTER);
    accounts.disable(account);
    return ResponseEntity.noContent().build();
  }

  /**
   * @param viewer kind of viewer
   * @param locked whether the name is locked at the moment after failed sign-ins
   */
  record Listed(
      UUID id,
      String name,
      String party,
      ViewerKind kind,
      String divisionPrefix,
      Set<String> industries,
      Set<Permission> permissions,
      boolean disabled,
      boolean password,
      boolean secondFactor,
      boolean locked) {}

  /**
   * @param next what to give as {@code after} for the next page; null on the last one
   */
  record AccountPage(List<Listed> accounts, @Nullable String next) {}

  /** One's own party's; the platform's administrators all, an auditor those of auditors. */
  @GetMapping
  @Operation(summary = "账号 · Accounts by name")
  AccountPage list(
      Caller caller,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "100") @Min(1) @Max(MAX_PAGE) int limit) {
    AccountScope.seesAccounts(caller);
    String party = caller.viewer() instanceof Viewer.Operator ? null : caller.party();
    List<AccountRow> rows = accounts.list(party, after, limit);
    List<Listed> listed =
        rows.stream().filter(row -> AccountScope.isSeen(caller, row)).map(this::listed).toList();
    return new AccountPage(
        listed, rows.size() == limit ? AccountService.nameKey(rows.getLast().name()) : null);
  }

  @GetMapping("/{account}")
  Listed get(Caller caller, @PathVariable UUID account) {
    return listed(seen(caller, account));
  }

  private AccountRow seen(Caller caller, UUID account) {
    AccountScope.seesAccounts(caller);
    AccountRow row = scope.requireAdministered(caller, account);
    if (!AccountScope.isSeen(caller, row)) {
      throw AccountScope.absent();
    }
    return row;
  }

  private Listed listed(AccountRow row) {
    return new Listed(
        row.id(),
        row.name(),
        row.party(),
        row.viewerKind(),
        row.divisionPrefix(),
        row.industries(),
        row.permissions(),
        row.disabled(),
        row.passwordHash() != null,
        row.secondFactor(),
        guard.locked(AccountService.nameKey(row.name())).isPresent());
  }

  record Permissions(@Nullable Set<Permission> permissions, @Nullable String reason) {}

  /** Who may what is the security administrator's to say, and never about himself. */
  @PutMapping("/{account}/permissions")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "授权 · Set what an account may do (security administration)")
  void permit(
      Caller caller,
      HttpServletRequest request,
      @PathVariable UUID account,
      @RequestBody Permissions given) {
    AccountRow row = scope.requireSecured(caller, account);
    AuditNotes.put(request, "reason", given("/reason", given.reason()));
    Set<Permission> permissions = given("/permissions", given.permissions());
    AuditNotes.put(request, "permissions", permissions.toString());
    Permission duty = row.duty();
    if (duty != null && !caller.may(duty) && !permissions.contains(duty)) {
      throw new ProblemException(AccountScope.APART);
    }
    accounts.setPermissions(row, permissions);
    if (duty == null && permissions.stream().anyMatch(Permission::isDuty)) {
      // Ways in that others opened before don't lead into an administration.
      links.removeAll(account);
      devices.endAll(account, null);
    }
  }

  @PostMapping("/{account}/unlock")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "解锁 · End the lock after failed sign-ins (security administration)")
  void unlock(Caller caller, @PathVariable UUID account) {
    AccountRow row = scope.requireActsOn(caller, account, Permission.SECURE);
    guard.succeeded(AccountService.nameKey(row.name()));
  }

  @DeleteMapping("/{account}/second-factor")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "重置第二重验证 · Remove lost codes and passkeys (security administration)")
  void resetFactor(Caller caller, @PathVariable UUID account) {
    scope.requireActsOn(caller, account, Permission.SECURE);
    factor.remove(account);
    passkeys.removeAll(account);
    accounts.changed(account);
  }

  @DeleteMapping("/{account}/sessions")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "强制下线 · End all sessions of an account (security administration)")
  void endSessions(Caller caller, @PathVariable UUID account) {
    scope.requireActsOn(caller, account, Permission.SECURE);
    devices.endAll(account, null);
  }

  record Keys(List<KeyInfo> keys) {}

  @GetMapping("/{account}/keys")
  @Operation(summary = "密钥 · An account's keys, ended ones too")
  Keys keys(Caller caller, @PathVariable UUID account) {
    seen(caller, account);
    return new Keys(accounts.keysOf(account));
  }

  /**
   * @param overlapHours how long the old key still works; 24 where it is left out
   */
  record Rotation(@Nullable Integer overlapHours) {}

  @PostMapping("/keys/{key}/rotation")
  @Operation(summary = "轮换密钥 · A new key with the same rights; the old one ends after the overlap")
  ResponseEntity<MadeKey> rotate(
      Caller caller, @PathVariable UUID key, @RequestBody Rotation rotation) {
    AccountScope.administers(caller);
    KeyOwner owner = accounts.ownerOfKey(key).orElseThrow(AccountScope::absent);
    scope.requireMayMakeKey(caller, owner.account(), owner.permissions());
    Accounts.IssuedKey issued = accounts.rotate(key, overlap(rotation.overlapHours()));
    return ResponseEntity.created(URI.create("/api/v1/accounts/keys/" + issued.id()))
        .body(new MadeKey(issued.id(), issued.prefix(), issued.token()));
  }

  static Duration overlap(@Nullable Integer given) {
    int hours = given == null ? DEFAULT_OVERLAP_H : given;
    if (hours < 0 || hours > MAX_OVERLAP_H) {
      throw new ProblemException(
          StandardProblems.invalid(
              "/overlapHours",
              "overlap-out-of-range",
              "新旧密钥并行时间为0至720小时。",
              "Both keys work side by side for 0 to 720 hours."));
    }
    return Duration.ofHours(hours);
  }

  /** Whether the new account would see and be allowed no more than who makes it. */
  private static boolean isNoMoreThan(Caller caller, Accounts.NewAccount made) {
    if (caller.viewer() instanceof Viewer.Operator) {
      // The platform's own duties are given by the security administrator alone.
      return (made.kind() != ViewerKind.OPERATOR
              || made.permissions().stream().noneMatch(Permission::isDuty))
          && made.permissions().stream().allMatch(one -> AccountScope.mayGive(caller, one));
    }
    return made.party().equals(caller.party())
        && made.kind() == AccountScope.kind(caller.viewer())
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

  private static <T> T given(String pointer, @Nullable T value) {
    if (value == null) {
      throw new ProblemException(
          StandardProblems.invalid(pointer, "value-missing", "此处必须填写。", "A value is needed here."));
    }
    return value;
  }
}
