package org.yuanliu.platform.access;

import static java.util.Objects.requireNonNull;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.yuanliu.platform.problem.Problem;
import org.yuanliu.platform.problem.ProblemException;
import org.yuanliu.platform.problem.StandardProblems;

/** Whose accounts are whose to administer; what is not one's own is not there. */
@Component
class AccountScope {
  /** What one administration is told that reaches for another's account. */
  static final Problem APART =
      Problem.of(
          "administrations-apart",
          403,
          "系统管理、安全管理、审计管理三员分立，不能停用、解锁、重置或代管另一方的账号；请该方的同事办理，或在服务器上用" + " ./yuanliu account 应急处理。",
          "System, security and audit administration are kept apart: none disables, unlocks, resets"
              + " or enters an account of another. A colleague of that administration does it, or"
              + " ./yuanliu account on the machine.");

  private final AccountService accounts;

  AccountScope(AccountService accounts) {
    this.accounts = requireNonNull(accounts, "accounts is null");
  }

  static void oversees(Caller caller) {
    if (!caller.may(Permission.ADMINISTER) && !caller.may(Permission.SECURE)) {
      throw absent();
    }
  }

  /** Whoever sees accounts: an auditor those of auditors, which nobody else acts upon. */
  static void seesAccounts(Caller caller) {
    if (!caller.may(Permission.AUDIT)) {
      oversees(caller);
    }
  }

  /** Whether an account is among those that the caller sees at all. */
  static boolean isSeen(Caller caller, AccountRow row) {
    return caller.may(Permission.ADMINISTER)
        || caller.may(Permission.SECURE)
        || row.duty() == Permission.AUDIT;
  }

  /**
   * An account that is acted upon. One without an administration of the platform by whoever's act
   * it is; one that holds an administration by a colleague in the same alone: else whoever runs the
   * platform would switch off who reads what he did.
   *
   * @param inCharge the administration whose act it is on others' accounts
   */
  AccountRow requireActsOn(Caller caller, UUID account, Permission inCharge) {
    AccountRow row = requireAdministered(caller, account);
    Permission duty = row.duty();
    if (duty == null) {
      if (!caller.may(inCharge)) {
        throw absent();
      }
    } else {
      requireColleague(caller, row);
    }
    if (inCharge == Permission.SECURE && account.equals(caller.account())) {
      throw new ProblemException(StandardProblems.FORBIDDEN);
    }
    return row;
  }

  private static void requireColleague(Caller caller, AccountRow row) {
    Permission duty = row.duty();
    if (duty != null && !caller.may(duty)) {
      // Who sees no accounts learns nothing of this one.
      seesAccounts(caller);
      if (!isSeen(caller, row)) {
        throw absent();
      }
      throw new ProblemException(APART);
    }
  }

  static void administers(Caller caller) {
    if (!caller.may(Permission.ADMINISTER)) {
      throw absent();
    }
  }

  /** Whatever is the security administrator's to decide, and never about himself. */
  AccountRow requireSecured(Caller caller, UUID account) {
    if (!caller.may(Permission.SECURE)) {
      throw absent();
    }
    if (account.equals(caller.account())) {
      throw new ProblemException(StandardProblems.FORBIDDEN);
    }
    return accounts.account(account).orElseThrow(AccountScope::absent);
  }

  AccountRow requireAdministered(Caller caller, UUID account) {
    return accounts
        .account(account)
        .filter(
            row ->
                caller.viewer() instanceof Viewer.Operator
                    || (row.party().equals(caller.party())
                        && row.viewerKind() == kind(caller.viewer())))
        .orElseThrow(AccountScope::absent);
  }

  /**
   * Who may open a further way into an account: the security administrator, or who administers it,
   * unless it has one of the three administrations: he would come in as more than he is. Into one
   * of those a colleague in the same administration; nobody into his own.
   */
  AccountRow requireMayOpen(Caller caller, UUID account) {
    seesAccounts(caller);
    AccountRow row =
        caller.may(Permission.SECURE)
            ? requireSecured(caller, account)
            : requireAdministered(caller, account);
    if (row.duty() != null) {
      requireColleague(caller, row);
      if (account.equals(caller.account())) {
        throw new ProblemException(StandardProblems.FORBIDDEN);
      }
      return row;
    }
    if (caller.may(Permission.SECURE)) {
      return row;
    }
    administers(caller);
    if (row.permissions().stream().anyMatch(Permission::isDuty)) {
      throw new ProblemException(StandardProblems.FORBIDDEN);
    }
    return row;
  }

  /**
   * An account that a key or certificate is to be made for: one's own, or one that it opens to no
   * more than its maker may: never an administration, nor what only the security administrator
   * gives. Else whoever runs the platform would read the audit through a key of the auditor's.
   *
   * @param permissions of the key, also those that the account has not got and may get
   */
  AccountRow requireMayMakeKey(Caller caller, UUID account, Set<Permission> permissions) {
    administers(caller);
    AccountRow row = requireAdministered(caller, account);
    requireColleague(caller, row);
    boolean more = permissions.stream().anyMatch(one -> one.isDuty() || !mayGive(caller, one));
    if (more && !account.equals(caller.account())) {
      throw new ProblemException(StandardProblems.FORBIDDEN);
    }
    return row;
  }

  /** Personal data are opened to somebody by whom they are open to, or by the security alone. */
  static boolean mayGive(Caller caller, Permission permission) {
    return permission != Permission.PERSONAL || caller.may(Permission.PERSONAL);
  }

  static @Nullable ViewerKind kind(Viewer viewer) {
    return switch (viewer) {
      case Viewer.Enterprise enterprise -> ViewerKind.ENTERPRISE;
      case Viewer.Regulator regulator -> ViewerKind.REGULATOR;
      case Viewer.Operator operator -> ViewerKind.OPERATOR;
      case Viewer.Consumer consumer -> null;
      case Viewer.PublicPage page -> null;
    };
  }

  static ProblemException absent() {
    return new ProblemException(StandardProblems.NOT_FOUND);
  }
}
