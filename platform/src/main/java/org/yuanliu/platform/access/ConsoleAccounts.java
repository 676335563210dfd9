package org.yuanliu.platform.access;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.yuanliu.platform.problem.Problem;
import org.yuanliu.platform.problem.ProblemException;

/**
 * Accounts from the machine's own console: the first ones, and the way back in where an
 * administration has lost its last account. Whoever sits there can do all of it in the database
 * anyway; this way it stands in the audit, which only the auditor reads.
 */
@Component
public final class ConsoleAccounts {
  private static final String ADDRESS = "console";

  private static final Problem UNKNOWN =
      Problem.of("account-unknown", 404, "没有这个名字的账号。", "There is no account of this name.");

  private final AccountService accounts;
  private final SignInGuard guard;
  private final SecondFactor factor;
  private final PasskeyStore passkeys;
  private final ProviderLinks links;
  private final AuditTrail trail;
  private final Clock clock;

  ConsoleAccounts(
      AccountService accounts,
      SignInGuard guard,
      SecondFactor factor,
      PasskeyStore passkeys,
      ProviderLinks links,
      AuditTrail trail,
      Clock clock) {
    this.accounts = requireNonNull(accounts, "accounts is null");
    this.guard = requireNonNull(guard, "guard is null");
    this.factor = requireNonNull(factor, "factor is null");
    this.passkeys = requireNonNull(passkeys, "passkeys is null");
    this.links = requireNonNull(links, "links is null");
    this.trail = requireNonNull(trail, "trail is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** As {@link Accounts#create}. */
  public UUID create(Accounts.NewAccount account) {
    UUID id = accounts.create(account);
    note(accounts.account(id).orElseThrow(), "create");
    return id;
  }

  /**
   * A new password for an account that nobody gets into any more: enabled, unlocked, with no second
   * factor and no provider's subject. What it may do stays as it was.
   *
   * @throws ProblemException 404 there is no such account, 422 the password is not accepted
   */
  public void recover(String name, String password) {
    AccountRow row = named(name);
    accounts.setPassword(row.id(), password);
    factor.remove(row.id());
    passkeys.removeAll(row.id());
    links.removeAll(row.id());
    guard.succeeded(AccountService.nameKey(row.name()));
    accounts.enable(row.id());
    note(row, "recover");
  }

  /**
   * As {@link Accounts#disable}.
   *
   * @throws ProblemException 404 there is no such account
   */
  public void disable(String name) {
    AccountRow row = named(name);
    accounts.disable(row.id());
    note(row, "disable");
  }

  private AccountRow named(String name) {
    return accounts.accountForSignIn(name).orElseThrow(() -> new ProblemException(UNKNOWN));
  }

  private void note(AccountRow row, String act) {
    trail.add(
        new AuditRecord(
            clock.instant(),
            UUID.randomUUID().toString(),
            null,
            null,
            ADDRESS,
            null,
            ADDRESS,
            "CONSOLE",
            "./yuanliu account",
            "account=" + row.id() + " name=" + row.name() + " act=" + act,
            200,
            "done"));
  }
}
