package org.yuanliu.platform.access;

import static java.util.Objects.requireNonNull;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.springframework.web.util.UriComponentsBuilder;
import org.yuanliu.platform.problem.Problem;
import org.yuanliu.platform.problem.ProblemException;

/**
 * Sign in, who am I, sign out. Only JSON is taken: no form of another site can send it without a
 * preflight, which is refused; so the sign-in itself needs no token.
 */
@RestController
@RequestMapping("/api/v1/session")
class SessionApi {
  private static final int MAX_CODE_LENGTH = 32;

  private static final Problem WRONG =
      Problem.of("sign-in-failed", 401, "账号或口令不正确。", "The name or the password is not right.");

  private static final Problem SECOND_FACTOR =
      Problem.of(
          "second-factor-needed",
          401,
          "请输入动态码（或恢复码）。",
          "Enter the code of your authenticator app, or a recovery code.");

  private static final Problem WRONG_CODE =
      Problem.of(
          "second-factor-wrong",
          401,
          "动态码不正确或已用过，请输入新的动态码。",
          "The code is wrong or was used before; enter the next one.");

  private final AccountService accounts;
  private final Passwords passwords;
  private final SignInGuard guard;
  private final SecondFactor factor;
  private final SignInRules rules;
  private final SessionStart start;
  private final OidcProviders providers;
  private final SignInSettings settings;
  private final BucketRateLimiter limiter;
  private final Clock clock;

  SessionApi(
      AccountService accounts,
      Passwords passwords,
      SignInGuard guard,
      SecondFactor factor,
      SignInRules rules,
      SessionStart start,
      OidcProviders providers,
      SignInSettings settings,
      BucketRateLimiter limiter,
      Clock clock) {
    this.accounts = requireNonNull(accounts, "accounts is null");
    this.passwords = requireNonNull(passwords, "passwords is null");
    this.guard = requireNonNull(guard, "guard is null");
    this.factor = requireNonNull(factor, "factor is null");
    this.rules = requireNonNull(rules, "rules is null");
    this.start = requireNonNull(start, "start is null");
    this.providers = requireNonNull(providers, "providers is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.limiter = requireNonNull(limiter, "limiter is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * What one signs in with.
   *
   * @param code of the authenticator app, or a recovery code, where the account has a second factor
   */
  record Credentials(@Nullable String name, @Nullable String password, @Nullable String code) {
    /** Without the password. */
    @Override
    public String toString() {
      return "Credentials[" + name + "]";
    }
  }

  /**
   * Who is signed in.
   *
   * @param viewer consumer, enterprise, regulator or operator
   * @param owed what has to be done before anything else may be
   * @param secondFactor whether the account has one
   * @param csrf what a browser sends back with every change; null where a key signed in
   */
  record Session(
      String name,
      String party,
      String viewer,
      String divisionPrefix,
      List<String> industries,
      Set<Permission> permissions,
      Set<SignInRules.Duty> owed,
      boolean secondFactor,
      @Nullable Csrf csrf) {}

  /**
   * @param header name of the header
   * @param token its value, for this session
   */
  record Csrf(String header, String token) {}

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  Session signIn(
      @RequestBody Credentials credentials,
      HttpServletRequest request,
      HttpServletResponse response) {
    String name = credentials.name();
    String password = credentials.password();
    Optional<PendingSignIn> pending = PendingSignIn.of(request, clock.instant());
    if (name == null && password == null && pending.isPresent()) {
      return finish(pending.get(), credentials.code(), request, response);
    }
    if (name == null
        || password == null
        || name.length() > Accounts.MAX_NAME_LENGTH
        || password.length() > Accounts.MAX_PASSWORD_LENGTH) {
      throw new ProblemException(WRONG);
    }
    if (limiter.signIn(request.getRemoteAddr()) instanceof Decision.Refused refused) {
      throw later(refused.retryAfterS());
    }
    String nameKey = AccountService.nameKey(name);
    guard.requireUnlocked(nameKey);
    Optional<AccountRow> account = accounts.accountForSignIn(name).filter(row -> !row.disabled());
    String hash = account.map(AccountRow::passwordHash).orElse(null);
    if (!passwords.matches(password, hash)) {
      guard.failed(nameKey);
      account.ifPresent(row -> AuditNotes.put(request, "account", row.id().toString()));
      throw new ProblemException(WRONG);
    }
    account.ifPresent(row -> AuditNotes.put(request, "account", row.id().toString()));
    if (account.orElseThrow().secondFactor()) {
      requireCode(account.orElseThrow(), nameKey, credentials.code());
    }
    guard.succeeded(nameKey);
    return describe(
        start.begin(
            account.orElseThrow(),
            Proof.password(account.orElseThrow().secondFactor()),
            request,
            response),
        request);
  }

  /** The code alone, after a provider has vouched for the rest. */
  private Session finish(
      PendingSignIn pending,
      @Nullable String code,
      HttpServletRequest request,
      HttpServletResponse response) {
    if (limiter.signIn(request.getRemoteAddr()) instanceof Decision.Refused refused) {
      throw later(refused.retryAfterS());
    }
    AccountRow account =
        accounts
            .account(pending.account())
            .filter(row -> !row.disabled())
            .orElseThrow(() -> new ProblemException(WRONG));
    AuditNotes.put(request, "account", account.id().toString());
    String nameKey = AccountService.nameKey(account.name());
    guard.requireUnlocked(nameKey);
    requireCode(account, nameKey, code);
    guard.succeeded(nameKey);
    Proof first = pending.first();
    return describe(
        start.begin(
            account, new Proof(first.password(), true, first.provider()), request, response),
        request);
  }

  /** Asked for only once the password was right; a wrong code counts as a failure like any. */
  private void requireCode(AccountRow account, String nameKey, @Nullable String code) {
    if (code == null || code.isBlank()) {
      throw new ProblemException(SECOND_FACTOR);
    }
    if (code.length() > MAX_CODE_LENGTH || !factor.accepts(account.id(), code)) {
      guard.failed(nameKey);
      throw new ProblemException(WRONG_CODE);
    }
  }

  @GetMapping
  Session whoAmI(Caller caller, HttpServletRequest request) {
    return describe(caller, request);
  }

  /**
   * @param next where the browser has to go so that the provider's session ends too
   */
  record SignedOut(String next) {}

  /** 204, or 200 with the provider's address where one vouched for the session. */
  @DeleteMapping
  ResponseEntity<SignedOut> signOut(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    SignedIn signedIn = SignedIn.in(session);
    if (session != null) {
      session.invalidate();
    }
    Proof.FromProvider provider = signedIn == null ? null : signedIn.proof().provider();
    String end = provider == null ? null : providers.endOfSession(provider.id());
    if (provider == null || end == null) {
      return ResponseEntity.noContent().build();
    }
    String origin =
        settings.origin() == null
            ? ServletUriComponentsBuilder.fromContextPath(request).build().toUriString()
            : settings.origin();
    return ResponseEntity.ok(
        new SignedOut(
            UriComponentsBuilder.fromUriString(end)
                .queryParam("id_token_hint", "{token}")
                .queryParam("post_logout_redirect_uri", "{back}")
                .encode()
                .buildAndExpand(provider.idToken(), origin + "/desk/sign-in")
                .toUriString()));
  }

  private Session describe(Caller caller, HttpServletRequest request) {
    return switch (caller.viewer()) {
      // Nobody signs in as the page; were it so, he would be nobody in particular.
      case Viewer.Consumer _, Viewer.PublicPage _ ->
          describe(caller, request, "consumer", "", Set.of());
      case Viewer.Enterprise enterprise -> describe(caller, request, "enterprise", "", Set.of());
      case Viewer.Regulator regulator ->
          describe(
              caller, request, "regulator", regulator.divisionPrefix(), regulator.industries());
      case Viewer.Operator operator -> describe(caller, request, "operator", "", Set.of());
    };
  }

  private Session describe(
      Caller caller,
      HttpServletRequest request,
      String viewer,
      String divisionPrefix,
      Set<String> industries) {
    Csrf csrf =
        Callers.keyOf(request) == null
                && request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token
            ? new Csrf(token.getHeaderName(), token.getToken())
            : null;
    Optional<AccountRow> account =
        Callers.keyOf(request) == null ? accounts.account(caller.account()) : Optional.empty();
    SignedIn signedIn = SignedIn.in(request.getSession(false));
    return new Session(
        caller.name(),
        caller.party(),
        viewer,
        divisionPrefix,
        industries.stream().sorted().toList(),
        caller.permissions(),
        signedIn == null
            ? Set.of()
            : account.map(row -> rules.owed(row, signedIn)).orElse(Set.of()),
        account.map(AccountRow::secondFactor).orElse(false),
        csrf);
  }

  private static ProblemException later(long seconds) {
    return new ProblemException(
        SignInGuard.LOCKED, Map.of(HttpHeaders.RETRY_AFTER, Long.toString(seconds)));
  }
}
