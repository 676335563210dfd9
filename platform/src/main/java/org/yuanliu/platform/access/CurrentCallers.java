package org.yuanliu.platform.access;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Accounts as callers, for what is done in their name while nobody calls: what they may see and do
 * is asked anew each time, so what was taken away is gone.
 */
@Component
public class CurrentCallers {
  private final AccountService accounts;
  private final Callers callers;

  CurrentCallers(AccountService accounts, Callers callers) {
    this.accounts = requireNonNull(accounts, "accounts is null");
    this.callers = requireNonNull(callers, "callers is null");
  }

  /** Empty where there is no such account, or it is disabled. */
  public Optional<Caller> of(UUID account) {
    return accounts.account(account).filter(row -> !row.disabled()).map(callers::of);
  }
}
