package org.yuanliu.platform.access;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.springframework.stereotype.Component;

/** What has to be done first after a sign-in: until then a session may do nothing else. */
@Component
class SignInRules {
  /** What has to be done. */
  enum Duty {
    CHANGE_PASSWORD,
    ENROL_SECOND_FACTOR
  }

  private final SignInSettings settings;
  private final Clock clock;

  SignInRules(SignInSettings settings, Clock clock) {
    this.settings = requireNonNull(settings, "settings is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  Set<Duty> owed(AccountRow account, SignedIn signedIn) {
    Set<Duty> owed = EnumSet.noneOf(Duty.class);
    if (signedIn.proof().password() && isOld(account)) {
      owed.add(Duty.CHANGE_PASSWORD);
    }
    if (!signedIn.proof().strong() && !account.secondFactor() && needsSecondFactor(account)) {
      owed.add(Duty.ENROL_SECOND_FACTOR);
    }
    return owed;
  }

  /** The caller as he may act now: with something owed, without any permission. */
  Caller restricted(Caller caller, AccountRow account, SignedIn signedIn) {
    return owed(account, signedIn).isEmpty()
        ? caller
        : new Caller(
            caller.account(),
            caller.name(),
            caller.party(),
            caller.viewer(),
            Set.of(),
            caller.standing());
  }

  private boolean isOld(AccountRow account) {
    Duration maxAge = settings.passwordMaxAge();
    Instant changed = account.passwordChangedAt();
    return account.passwordHash() != null
        && changed != null
        && !maxAge.isZero()
        && changed.plus(maxAge).isBefore(clock.instant());
  }

  private boolean needsSecondFactor(AccountRow account) {
    return switch (settings.secondFactor()) {
      case OPTIONAL -> false;
      case DUTIES -> account.permissions().stream().anyMatch(Permission::isDuty);
      case ALL -> true;
    };
  }
}
