package org.yuanliu.platform.access;

import static java.util.Objects.requireNonNull;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.yuanliu.platform.problem.Problem;
import org.yuanliu.platform.problem.ProblemException;
import org.yuanliu.platform.problem.StandardProblems;

/** That it is still the same person who changes how he signs in. */
@Component
class OwnProof {
  private static final Problem WRONG_PASSWORD =
      Problem.of("password-wrong", 403, "原口令不正确。", "The present password is not right.");

  private static final Problem SIGN_IN_AGAIN =
      Problem.of(
          "sign-in-again",
          403,
          "请退出后重新登录，再进行此操作。",
          "Sign out and in again first; this needs a session that has just begun.");

  /** How young a session must be to stand for a password that there is none of. */
  private static final Duration FRESH = Duration.ofMinutes(10);

  private final AccountService accounts;
  private final Passwords passwords;
  private final SignInGuard guard;
  private final Clock clock;

  OwnProof(AccountService accounts, Passwords passwords, SignInGuard guard, Clock clock) {
    this.accounts = requireNonNull(accounts, "accounts is null");
    this.passwords = requireNonNull(passwords, "passwords is null");
    this.guard = requireNonNull(guard, "guard is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** The account of a session: a key has no password, factor or device. */
  AccountRow own(Caller caller, HttpServletRequest request) {
    if (SignedIn.in(request.getSession(false)) == null || Callers.keyOf(request) != null) {
      throw new ProblemException(StandardProblems.FORBIDDEN);
    }
    return accounts
        .account(caller.account())
        .orElseThrow(() -> new ProblemException(StandardProblems.NOT_FOUND));
  }

  /**
   * A stolen session knows no password; guessing it locks the account like at the sign-in. Who has
   * none, because a provider vouches for him, must have signed in just now.
   */
  void require(AccountRow account, HttpServletRequest request, @Nullable String given) {
    if (account.passwordHash() == null) {
      SignedIn signedIn = SignedIn.in(request.getSession(false));
      if (signedIn == null || signedIn.since().plus(FRESH).isBefore(clock.instant())) {
        throw new ProblemException(SIGN_IN_AGAIN);
      }
      return;
    }
    String nameKey = AccountService.nameKey(account.name());
    guard.requireUnlocked(nameKey);
    if (given == null
        || given.length() > Accounts.MAX_PASSWORD_LENGTH
        || !passwords.matches(given, account.passwordHash())) {
      guard.failed(nameKey);
      throw new ProblemException(WRONG_PASSWORD);
    }
  }
}
