package org.yuanliu.platform.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.filter.OncePerRequestFilter;
import org.yuanliu.platform.problem.Problem;
import org.yuanliu.platform.problem.ProblemWriter;
import org.yuanliu.platform.problem.StandardProblems;

/**
 * Finds out who calls: by key where one is sent, else by session. A wrong key is refused whatever
 * else the request carries. The account is read anew on every request, so what is taken away is
 * gone at once.
 */
final class CredentialFilter extends OncePerRequestFilter {
  private static final String BEARER = "Bearer ";
  private static final String BASIC = "Basic ";

  /**
   * Clients of SOAP know name and password alone: there a key may come as the password, whatever
   * the name. Nowhere else, for a browser that has once been told sends them by itself.
   */
  static final String SOAP = "/epcis/soap";

  private final AccountService accounts;
  private final Callers callers;
  private final SignInRules rules;
  private final KeyUses uses;
  private final CertificateSettings certificates;
  private final BucketRateLimiter limiter;
  private final ProblemWriter problems;
  private final Clock clock;

  CredentialFilter(
      AccountService accounts,
      Callers callers,
      SignInRules rules,
      KeyUses uses,
      CertificateSettings certificates,
      BucketRateLimiter limiter,
      ProblemWriter problems,
      Clock clock) {
    this.accounts = requireNonNull(accounts, "accounts is null");
    this.callers = requireNonNull(callers, "callers is null");
    this.rules = requireNonNull(rules, "rules is null");
    this.uses = requireNonNull(uses, "uses is null");
    this.certificates = requireNonNull(certificates, "certificates is null");
    this.limiter = requireNonNull(limiter, "limiter is null");
    this.problems = requireNonNull(problems, "problems is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** Whether the request brings a key; such a request uses no cookie and needs no CSRF token. */
  static boolean hasKey(HttpServletRequest request) {
    return request.getHeader(HttpHeaders.AUTHORIZATION) != null;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    boolean goOn =
        hasKey(request)
            ? byKey(request, response)
            : SignedIn.in(request.getSession(false)) != null
                ? bySession(request, response)
                : byCertificate(request, response);
    if (goOn) {
      chain.doFilter(request, response);
    }
  }

  private boolean byKey(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String address = request.getRemoteAddr();
    Optional<Found> found = key(request);
    if (found.isEmpty()) {
      Decision decision = limiter.failedKey(address);
      if (decision instanceof Decision.Refused refused) {
        refuse(request, response, refused);
      } else {
        problems.write(request, response, StandardProblems.UNAUTHENTICATED, challenge(request));
      }
      return false;
    }
    return by(found.get(), request, response);
  }

  /** A certificate that is not known here, or not any more, is none: who sends it is nobody. */
  private boolean byCertificate(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Instant now = clock.instant();
    Optional<Found> found =
        ClientCertificate.of(request, certificates)
            .flatMap(accounts::key)
            .filter(key -> key.validAt(now))
            .flatMap(this::found);
    return found.isEmpty() || by(found.get(), request, response);
  }

  private boolean by(Found found, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    KeyRow key = found.key();
    if (limiter.request(key.id(), key.requestsPerSecond(), request.getRemoteAddr())
        instanceof Decision.Refused refused) {
      refuse(request, response, refused);
      return false;
    }
    uses.used(key, clock.instant());
    enter(request, callers.of(found.account(), key), key.id());
    return true;
  }

  /** How one may sign in at this address. */
  static Map<String, String> challenge(HttpServletRequest request) {
    String bearer = "Bearer realm=\"yuanliu\"";
    return Map.of(
        HttpHeaders.WWW_AUTHENTICATE,
        request.getRequestURI().equals(SOAP)
            ? bearer + ", Basic realm=\"yuanliu\", charset=\"UTF-8\""
            : bearer);
  }

  private static String token(HttpServletRequest request) {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return header.substring(BEARER.length()).strip();
    }
    if (request.getRequestURI().equals(SOAP)
        && header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      try {
        String pair =
            new String(Base64.getDecoder().decode(header.substring(BASIC.length()).strip()), UTF_8);
        return pair.substring(pair.indexOf(':') + 1);
      } catch (IllegalArgumentException e) {
        // Refused below, like any other that is no key.
      }
    }
    return "";
  }

  private Optional<Found> key(HttpServletRequest request) {
    Instant now = clock.instant();
    return KeyToken.parse(token(request))
        .flatMap(accounts::key)
        .filter(key -> key.validAt(now))
        .flatMap(this::found);
  }

  private Optional<Found> found(KeyRow key) {
    return accounts
        .account(key.account())
        .filter(account -> !account.disabled())
        .map(account -> new Found(account, key));
  }

  private boolean bySession(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    HttpSession session = request.getSession(false);
    SignedIn signedIn = SignedIn.in(session);
    if (session == null || signedIn == null) {
      return true;
    }
    Optional<AccountRow> account =
        accounts
            .account(signedIn.account())
            .filter(row -> signedIn.stillHolds(row, clock.instant()));
    if (account.isEmpty()) {
      session.invalidate();
      return true;
    }
    if (limiter.request(signedIn.account(), null, request.getRemoteAddr())
        instanceof Decision.Refused refused) {
      refuse(request, response, refused);
      return false;
    }
    enter(request, rules.restricted(acting(session, account.get()), account.get(), signedIn), null);
    return true;
  }

  /** A capacity that has ended is not silently exchanged for another: nothing may be done in it. */
  private Caller acting(HttpSession session, AccountRow account) {
    UUID capacity = ActingAs.in(session);
    return capacity == null
        ? callers.of(account)
        : callers.in(account, capacity).orElseGet(() -> Callers.nobody(account));
  }

  private static void enter(HttpServletRequest request, Caller caller, @Nullable UUID key) {
    Callers.put(request, caller, key);
    UUID capacity = key == null ? ActingAs.in(request.getSession(false)) : null;
    if (capacity != null) {
      AuditNotes.put(request, "capacity", capacity.toString());
    }
    SecurityContextHolder.setContext(new SecurityContextImpl(new CallerToken(caller)));
  }

  private void refuse(
      HttpServletRequest request, HttpServletResponse response, Decision.Refused refused)
      throws IOException {
    Problem problem = StandardProblems.TOO_MANY_REQUESTS;
    problems.write(
        request,
        response,
        problem,
        Map.of(HttpHeaders.RETRY_AFTER, Long.toString(refused.retryAfterS())));
  }

  private record Found(AccountRow account, KeyRow key) {}
}
