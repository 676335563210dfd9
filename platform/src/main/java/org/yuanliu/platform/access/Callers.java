package org.yuanliu.platform.access;

import static java.util.Objects.requireNonNull;

import jakarta.servlet.http.HttpServletRequest;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.yuanliu.codes.UnitKey;
import org.yuanliu.platform.journal.Standing;

/** Makes callers from accounts and keys, and keeps the caller of a request with it. */
@Component
class Callers {
  private static final String CALLER = Callers.class.getName() + ".caller";
  private static final String KEY = Callers.class.getName() + ".key";

  private final PartyCodes partyCodes;
  private final Agreements agreements;
  private final Capacities capacities;
  private final AccountService accounts;

  Callers(
      PartyCodes partyCodes,
      Agreements agreements,
      Capacities capacities,
      AccountService accounts) {
    this.partyCodes = requireNonNull(partyCodes, "partyCodes is null");
    this.agreements = requireNonNull(agreements, "agreements is null");
    this.capacities = requireNonNull(capacities, "capacities is null");
    this.accounts = requireNonNull(accounts, "accounts is null");
  }

  /**
   * The account as itself. Where it has roles with its own party, they decide: what is not in a
   * role that is in force now, it may not.
   */
  Caller of(AccountRow account) {
    return of(account, account.permissions(), account.standing());
  }

  /** A key can do no more than its account. */
  Caller of(AccountRow account, KeyRow key) {
    return of(account, both(account.permissions(), key.permissions()), key.standing());
  }

  private Caller of(AccountRow account, Set<Permission> permissions, Standing standing) {
    Optional<Capacities.Home> home =
        account.viewerKind() == ViewerKind.OPERATOR
            ? Optional.empty()
            : capacities.home(account.id(), account.party());
    if (home.isEmpty()) {
      return new Caller(
          account.id(), account.name(), account.party(), viewer(account), permissions, standing);
    }
    Set<Permission> left = both(permissions, home.get().permissions());
    return left.isEmpty()
        ? nobody(account)
        : new Caller(
            account.id(),
            account.name(),
            account.party(),
            narrowed(viewer(account), home.get()),
            left,
            standing);
  }

  /** The account in a capacity; nothing where it does not hold now. */
  Optional<Caller> in(AccountRow account, UUID capacity) {
    return capacities(account).stream()
        .filter(one -> one.id().equals(capacity))
        .findFirst()
        .map(
            one ->
                new Caller(
                    account.id(),
                    account.name(),
                    one.party(),
                    one.kind() == ViewerKind.REGULATOR
                        ? new Viewer.Regulator(one.party(), one.divisionPrefix(), one.industries())
                        : enterprise(one.party()),
                    one.permissions(),
                    one.authority() ? Standing.AUTHORITY : Standing.DECLARED));
  }

  /** What the account may act as now; what somebody lent it, as long as he is not disabled. */
  List<Capacities.Capacity> capacities(AccountRow account) {
    return capacities.of(account.id()).stream()
        .filter(one -> !one.permissions().isEmpty())
        .filter(one -> accounts.account(one.holder()).filter(row -> !row.disabled()).isPresent())
        .toList();
  }

  /** Somebody who has signed in and may see and do nothing. */
  static Caller nobody(AccountRow account) {
    return new Caller(
        account.id(),
        account.name(),
        account.party(),
        new Viewer.Consumer(),
        Set.of(),
        Standing.DECLARED);
  }

  private static Set<Permission> both(Set<Permission> some, Set<Permission> others) {
    Set<Permission> both = EnumSet.noneOf(Permission.class);
    both.addAll(some);
    both.retainAll(others);
    return both;
  }

  /** A department's people see no further than the department. */
  private static Viewer narrowed(Viewer viewer, Capacities.Home home) {
    String division = home.divisionPrefix();
    if (!(viewer instanceof Viewer.Regulator own) || division == null) {
      return viewer;
    }
    String prefix = own.divisionPrefix();
    if (!prefix.startsWith(division) && !division.startsWith(prefix)) {
      return new Viewer.Consumer();
    }
    Set<String> industries = new HashSet<>(own.industries());
    if (industries.isEmpty()) {
      industries.addAll(home.industries());
    } else if (!home.industries().isEmpty()) {
      industries.retainAll(home.industries());
      if (industries.isEmpty()) {
        return new Viewer.Consumer();
      }
    }
    return new Viewer.Regulator(
        own.party(), prefix.length() > division.length() ? prefix : division, industries);
  }

  static void put(HttpServletRequest request, Caller caller, @Nullable UUID key) {
    request.setAttribute(CALLER, caller);
    request.setAttribute(KEY, key);
  }

  static @Nullable Caller of(HttpServletRequest request) {
    return request.getAttribute(CALLER) instanceof Caller caller ? caller : null;
  }

  static @Nullable UUID keyOf(HttpServletRequest request) {
    return request.getAttribute(KEY) instanceof UUID key ? key : null;
  }

  private Viewer viewer(AccountRow account) {
    return switch (account.viewerKind()) {
      case ENTERPRISE -> enterprise(account.party());
      case REGULATOR ->
          new Viewer.Regulator(account.party(), account.divisionPrefix(), account.industries());
      case OPERATOR -> new Viewer.Operator(account.party());
    };
  }

  private Viewer enterprise(String party) {
    Set<String> codes = partyCodes.codesOf(party);
    return new Viewer.Enterprise(
        party,
        codes.stream()
            .map(code -> UnitKey.of(code).value())
            .collect(Collectors.toUnmodifiableSet()),
        agreements.with(codes));
  }
}
