package org.yuanliu.platform.access;

import static java.util.Objects.requireNonNull;

import jakarta.servlet.http.HttpServletRequest;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.yuanliu.codes.UnitKey;

/** Makes callers from accounts and keys, and keeps the caller of a request with it. */
@Component
class Callers {
  private static final String CALLER = Callers.class.getName() + ".caller";
  private static final String KEY = Callers.class.getName() + ".key";

  private final PartyCodes partyCodes;

  Callers(PartyCodes partyCodes) {
    this.partyCodes = requireNonNull(partyCodes, "partyCodes is null");
  }

  Caller of(AccountRow account) {
    return new Caller(
        account.id(),
        account.name(),
        account.party(),
        viewer(account),
        account.permissions(),
        account.standing());
  }

  /** A key can do no more than its account. */
  Caller of(AccountRow account, KeyRow key) {
    Set<Permission> both = EnumSet.noneOf(Permission.class);
    both.addAll(account.permissions());
    both.retainAll(key.permissions());
    return new Caller(
        account.id(), account.name(), account.party(), viewer(account), both, key.standing());
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
      case ENTERPRISE ->
          new Viewer.Enterprise(
              account.party(),
              partyCodes.codesOf(account.party()).stream()
                  .map(code -> UnitKey.of(code).value())
                  .collect(Collectors.toUnmodifiableSet()));
      case REGULATOR ->
          new Viewer.Regulator(account.party(), account.divisionPrefix(), account.industries());
      case OPERATOR -> new Viewer.Operator(account.party());
    };
  }
}
