package org.yuanliu.platform.access;

import static java.util.Objects.requireNonNull;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.yuanliu.platform.problem.Problem;
import org.yuanliu.platform.problem.ProblemException;

/**
 * Sign in, who am I, sign out. Only JSON is taken: no form of another site can send it without a
 * preflight, which is refused; so the sign-in itself needs no token.
 */
@RestController
@RequestMapping("/api/v1/session")
class SessionApi {
  private static final Problem WRONG =
      Problem.of("sign-in-failed", 401, "账号或口令不正确。", "The name or the password is not right.");

  private static final Problem LOCKED =
      Problem.of("sign-in-locked", 429, "失败次数过多，请稍后再试。", "Too many failures; try again later.");

  private final AccountService accounts;
  private final Passwords passwords;
  private final SignInGuard guard;
  private final BucketRateLimiter limiter;
  private final Callers callers;
  private final SessionAuthenticationStrategy sessions;
  private final AccessSettings settings;
  private final Clock clock;

  SessionApi(
      AccountService accounts,
      Passwords passwords,
      SignInGuard guard,
      BucketRateLimiter limiter,
      Callers callers,
      SessionAuthenticationStrategy sessions,
      AccessSettings settings,
      Clock clock) {
    this.accounts = requireNonNull(accounts, "accounts is null");
    this.passwords = requireNonNull(passwords, "passwords is null");
    this.guard = requireNonNull(guard, "guard is null");
    this.limiter = requireNonNull(limiter, "limiter is null");
    this.callers = requireNonNull(callers, "callers is null");
    this.sessions = requireNonNull(sessions, "sessions is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** What one signs in with. */
  record Credentials(@Nullable String name, @Nullable String password) {
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
   * @param csrf what a browser sends back with every change; null where a key signed in
   */
  record Session(
      String name,
      String party,
      String viewer,
      String divisionPrefix,
      List<String> industries,
      Set<Permission> permissions,
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
    Optional<Duration> locked = guard.locked(nameKey);
    if (locked.isPresent()) {
      throw later(locked.get().toSeconds() + 1);
    }
    Optional<AccountRow> account = accounts.accountForSignIn(name).filter(row -> !row.disabled());
    String hash = account.map(AccountRow::passwordHash).orElse(null);
    if (!passwords.matches(password, hash)) {
      guard.failed(nameKey);
      throw new ProblemException(WRONG);
    }
    guard.succeeded(nameKey);
    return begin(account.orElseThrow(), request, response);
  }

  @GetMapping
  Session whoAmI(Caller caller, HttpServletRequest request) {
    return describe(caller, request);
  }

  @DeleteMapping
  ResponseEntity<Void> signOut(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    if (session != null) {
      session.invalidate();
    }
    return ResponseEntity.noContent().build();
  }

  private Session begin(
      AccountRow account, HttpServletRequest request, HttpServletResponse response) {
    Caller caller = callers.of(account);
    HttpSession old = request.getSession(false);
    if (old != null) {
      old.invalidate();
    }
    HttpSession session = request.getSession(true);
    session.setMaxInactiveInterval((int) settings.sessionIdle().toSeconds());
    SignedIn.as(account, clock.instant().plus(settings.sessionMax())).putInto(session);
    sessions.onAuthentication(new CallerToken(caller), request, response);
    Callers.put(request, caller, null);
    return describe(caller, request);
  }

  private static Session describe(Caller caller, HttpServletRequest request) {
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

  private static Session describe(
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
    return new Session(
        caller.name(),
        caller.party(),
        viewer,
        divisionPrefix,
        industries.stream().sorted().toList(),
        caller.permissions(),
        csrf);
  }

  private static ProblemException later(long seconds) {
    return new ProblemException(LOCKED, Map.of(HttpHeaders.RETRY_AFTER, Long.toString(seconds)));
  }
}
