package org.yuanliu.platform.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.web.HttpSessionOAuth2AuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.yuanliu.platform.problem.ProblemException;
import org.yuanliu.platform.problem.StandardProblems;

/**
 * The way to a provider and back (authorization code with PKCE, OpenID Connect Core §3.1). A
 * browser walks it, so what goes wrong is told by the sign-in page.
 */
@RestController
@RequestMapping(OidcProviders.BASE)
@Tag(name = "Sign-in")
class OidcApi {
  private static final Logger LOG = LoggerFactory.getLogger(OidcApi.class);

  /** Why the sign-in page is shown again; it has words for each. */
  enum Refusal {
    UNREACHABLE,
    REFUSED,
    CANCELLED,
    UNKNOWN,
    LATER
  }

  private static final String THEN = "yuanliu.then";
  private static final String SIGN_IN_PAGE = "/desk/sign-in";

  /** A path of the desk and nothing else: no other site can be named here. */
  private static final Pattern DESK_PATH = Pattern.compile("/(?![/\\\\])[\\x21-\\x7e&&[^\\\\]]*");

  private static final int MAX_PATH_LENGTH = 500;

  private final OidcProviders providers;
  private final ProviderLinks links;
  private final AccountService accounts;
  private final SessionStart start;
  private final BucketRateLimiter limiter;
  private final Clock clock;
  private final HttpSessionOAuth2AuthorizationRequestRepository begun =
      new HttpSessionOAuth2AuthorizationRequestRepository();

  OidcApi(
      OidcProviders providers,
      ProviderLinks links,
      AccountService accounts,
      SessionStart start,
      BucketRateLimiter limiter,
      Clock clock) {
    this.providers = requireNonNull(providers, "providers is null");
    this.links = requireNonNull(links, "links is null");
    this.accounts = requireNonNull(accounts, "accounts is null");
    this.start = requireNonNull(start, "start is null");
    this.limiter = requireNonNull(limiter, "limiter is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  record Way(String id, String name) {}

  record Ways(List<Way> providers) {}

  @GetMapping
  @Operation(summary = "可用的身份提供方 · Providers that one may sign in with")
  Ways ways() {
    return new Ways(
        providers.names().entrySet().stream()
            .map(one -> new Way(one.getKey(), one.getValue()))
            .toList());
  }

  /**
   * @param then path of the desk to go to afterwards
   */
  @GetMapping("/{provider}")
  @Operation(summary = "去身份提供方登录 · Off to the provider")
  ResponseEntity<Void> begin(
      @PathVariable String provider,
      @RequestParam(defaultValue = "/") String then,
      HttpServletRequest request,
      HttpServletResponse response) {
    requireKnown(provider);
    if (limiter.signIn(request.getRemoteAddr()) instanceof Decision.Refused) {
      return refused(Refusal.LATER);
    }
    try {
      OAuth2AuthorizationRequest asked =
          OAuth2AuthorizationRequest.from(providers.begin(provider, request))
              .attributes(attributes -> attributes.put(THEN, safe(then)))
              .build();
      begun.saveAuthorizationRequest(asked, request, response);
      return to(asked.getAuthorizationRequestUri());
    } catch (OidcProviders.Unreachable e) {
      LOG.warn("Provider {} can't be asked how to sign in: {}", provider, reason(e));
      return refused(Refusal.UNREACHABLE);
    }
  }

  /** The state belongs to this browser and works once; so does what it stands for. */
  @GetMapping("/{provider}/callback")
  @Operation(summary = "从身份提供方回来 · Back from the provider")
  ResponseEntity<Void> back(
      @PathVariable String provider,
      @RequestParam(required = false) @Nullable String code,
      @RequestParam(required = false) @Nullable String state,
      @RequestParam(required = false) @Nullable String error,
      HttpServletRequest request,
      HttpServletResponse response) {
    // The address holds a code that opens a session.
    AuditNotes.hideQuery(request);
    AuditNotes.put(request, "provider", provider);
    requireKnown(provider);
    if (limiter.signIn(request.getRemoteAddr()) instanceof Decision.Refused) {
      return refused(Refusal.LATER);
    }
    OAuth2AuthorizationRequest asked =
        state == null ? null : begun.removeAuthorizationRequest(request, response);
    boolean ours = asked != null && provider.equals(asked.getAttribute("registration_id"));
    if (asked == null || state == null || !ours) {
      return refused(Refusal.REFUSED);
    }
    if (error != null || code == null) {
      return refused(Refusal.CANCELLED);
    }
    try {
      OidcUser user =
          providers.finish(
              provider,
              asked,
              OAuth2AuthorizationResponse.success(code)
                  .state(state)
                  .redirectUri(requireNonNull(asked.getRedirectUri(), "asked without an address"))
                  .build());
      return enter(
          provider, user, String.valueOf(asked.<Object>getAttribute(THEN)), request, response);
    } catch (AuthenticationException e) {
      LOG.warn("What came from provider {} was not taken: {}", provider, reason(e));
      return refused(Refusal.REFUSED);
    } catch (OidcProviders.Unreachable e) {
      LOG.warn("Provider {} can't be asked for tokens: {}", provider, reason(e));
      return refused(Refusal.UNREACHABLE);
    }
  }

  private ResponseEntity<Void> enter(
      String provider,
      OidcUser user,
      String then,
      HttpServletRequest request,
      HttpServletResponse response) {
    OidcSettings.Provider settings = requireKnown(provider);
    Optional<AccountRow> account = account(settings, user).filter(row -> !row.disabled());
    if (account.isEmpty()) {
      return refused(Refusal.UNKNOWN);
    }
    AccountRow row = account.get();
    List<String> methods = user.getClaimAsStringList("amr");
    boolean strong =
        methods != null && methods.stream().anyMatch(settings.secondFactorMethods()::contains);
    Proof proof =
        new Proof(
            false, strong, new Proof.FromProvider(provider, user.getIdToken().getTokenValue()));
    if (row.secondFactor() && !strong) {
      PendingSignIn.keep(request, row.id(), proof, clock.instant());
      AuditNotes.put(request, "account", row.id().toString());
      return to(SIGN_IN_PAGE + "?second=1&then=" + URLEncoder.encode(then, UTF_8));
    }
    start.begin(row, proof, request, response);
    return to("/desk" + then);
  }

  /** By the link; else, where the settings say so, by the verified e-mail address. */
  private Optional<AccountRow> account(OidcSettings.Provider settings, OidcUser user) {
    String issuer = settings.issuer().toString();
    String subject = requireNonNull(user.getSubject(), "checked: a token has a subject");
    Optional<UUID> linked = links.used(issuer, subject);
    if (linked.isPresent()) {
      return accounts.account(linked.get());
    }
    String email = user.getEmail();
    if (!settings.linkByEmail() || email == null || !Boolean.TRUE.equals(user.getEmailVerified())) {
      return Optional.empty();
    }
    return accounts
        .accountForSignIn(email)
        .filter(row -> !row.disabled())
        // Nobody becomes an administrator by a word of somebody else's.
        .filter(row -> row.permissions().stream().noneMatch(Permission::isDuty))
        // Who has the address now may be another than who had it.
        .filter(row -> !links.taken(issuer, row.id()))
        .filter(row -> links.make(issuer, subject, row.id(), null).isPresent());
  }

  private OidcSettings.Provider requireKnown(String provider) {
    return providers
        .settings(provider)
        .orElseThrow(() -> new ProblemException(StandardProblems.NOT_FOUND));
  }

  private static String safe(String then) {
    return then.length() <= MAX_PATH_LENGTH && DESK_PATH.matcher(then).matches() ? then : "/";
  }

  private static ResponseEntity<Void> refused(Refusal refusal) {
    return to(SIGN_IN_PAGE + "?refused=" + refusal.name().toLowerCase(java.util.Locale.ROOT));
  }

  private static ResponseEntity<Void> to(String address) {
    return ResponseEntity.status(HttpStatus.FOUND).location(URI.create(address)).build();
  }

  /** What the library says; never a token, which stands in no message of its. */
  private static String reason(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getClass().getSimpleName() + ": " + root.getMessage();
  }
}
