package org.yuanliu.platform.access;

import static java.util.Objects.requireNonNull;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.yuanliu.platform.problem.ProblemException;
import org.yuanliu.platform.problem.StandardProblems;

/** Whose accounts are whose to administer; what is not one's own is not there. */
@Component
class AccountScope {
  private final AccountService accounts;

  AccountScope(AccountService accounts) {
    this.accounts = requireNonNull(accounts, "accounts is null");
  }

  static void oversees(Caller caller) {
    if (!caller.may(Permission.ADMINISTER) && !caller.may(Permission.SECURE)) {
      throw absent();
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
   * Who may open a further way into an account: the security administrator into any but his own;
   * who administers it, unless it has one of the three administrations: he would come in as more
   * than he is.
   */
  AccountRow requireMayOpen(Caller caller, UUID account) {
    if (caller.may(Permission.SECURE)) {
      return requireSecured(caller, account);
    }
    administers(caller);
    AccountRow row = requireAdministered(caller, account);
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
