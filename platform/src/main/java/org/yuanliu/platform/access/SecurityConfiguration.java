package org.yuanliu.platform.access;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.HEAD;
import static org.springframework.http.HttpMethod.POST;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderNotFoundException;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.core.session.SessionRegistryImpl;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.authentication.session.CompositeSessionAuthenticationStrategy;
import org.springframework.security.web.authentication.session.ConcurrentSessionControlAuthenticationStrategy;
import org.springframework.security.web.authentication.session.RegisterSessionAuthenticationStrategy;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.header.writers.StaticHeadersWriter;
import org.springframework.security.web.session.ConcurrentSessionFilter;
import org.springframework.security.web.session.HttpSessionEventPublisher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsUtils;
import org.yuanliu.platform.problem.ProblemWriter;
import org.yuanliu.platform.problem.StandardProblems;

/**
 * Who may reach which address. What is under /api, /epcis and /actuator needs a caller unless it is
 * named here; what lies outside is the public site, which serves nothing that is not public.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
  /** Addresses that are never public, whatever lies below them. */
  static final List<String> GUARDED =
      List.of("/api/**", "/epcis", "/epcis/**", "/actuator/**", "/v3/**");

  /** The camera scans codes on our own pages; nothing else is asked of the device. */
  static final String PERMISSIONS_POLICY =
      "camera=(self), geolocation=(), microphone=(), payment=()";

  private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  @Bean
  SessionRegistry sessionRegistry() {
    return new SessionRegistryImpl();
  }

  /** Tells the registry when a session ends by itself. */
  @Bean
  HttpSessionEventPublisher httpSessionEventPublisher() {
    return new HttpSessionEventPublisher();
  }

  @Bean
  SessionAuthenticationStrategy sessionStrategy(SessionRegistry registry, AccessSettings settings) {
    var limit = new ConcurrentSessionControlAuthenticationStrategy(registry);
    limit.setMaximumSessions(settings.sessionsPerAccount());
    return new CompositeSessionAuthenticationStrategy(
        List.of(limit, new RegisterSessionAuthenticationStrategy(registry)));
  }

  /**
   * There is no user but those of {@link CredentialFilter}; Boot would invent one with a password.
   */
  @Bean
  AuthenticationManager authenticationManager() {
    return authentication -> {
      throw new ProviderNotFoundException("signing in goes by key or session");
    };
  }

  /**
   * Every filter of the chain would be timed and counted by itself, which costs more than what the
   * filters do; requests as such are measured all the same.
   */
  @Bean
  SecurityObservationSettings securityObservations() {
    return SecurityObservationSettings.noObservations();
  }

  @Bean
  SecurityFilterChain securityFilterChain(
      HttpSecurity http,
      AccountService accounts,
      Callers callers,
      SignInRules rules,
      KeyUses uses,
      CertificateSettings certificates,
      BucketRateLimiter limiter,
      SessionRegistry registry,
      ProblemWriter problems,
      Clock clock) {
    var credentials =
        new CredentialFilter(
            accounts, callers, rules, uses, certificates, limiter, problems, clock);
    var concurrent =
        new ConcurrentSessionFilter(
            registry,
            event ->
                problems.write(
                    event.getRequest(),
                    event.getResponse(),
                    StandardProblems.UNAUTHENTICATED,
                    java.util.Map.of()));
    // Who calls is found out anew at every request and never kept in the session. That is no
    // sign-in
    // each time: taken for one, it would change the session's id and its CSRF token at every
    // request,
    // and of two requests at once one would come too late.
    return http.sessionManagement(s -> s.requireExplicitAuthenticationStrategy(true))
        .securityContext(
            context ->
                context.securityContextRepository(new RequestAttributeSecurityContextRepository()))
        .formLogin(login -> login.disable())
        .httpBasic(basic -> basic.disable())
        .logout(logout -> logout.disable())
        .requestCache(cache -> cache.disable())
        .csrf(csrf -> csrf.requireCsrfProtectionMatcher(changesBySession()))
        .cors(cors -> cors.configurationSource(SecurityConfiguration::crossOrigin))
        .headers(
            headers ->
                headers
                    .contentSecurityPolicy(csp -> csp.policyDirectives(ContentPolicy.STRICT))
                    .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN))
                    .permissionsPolicyHeader(policy -> policy.policy(PERMISSIONS_POLICY))
                    .frameOptions(frame -> frame.deny())
                    .crossOriginOpenerPolicy(
                        policy ->
                            policy.policy(
                                org.springframework.security.web.header.writers
                                    .CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy
                                    .SAME_ORIGIN))
                    .crossOriginResourcePolicy(
                        policy ->
                            policy.policy(
                                org.springframework.security.web.header.writers
                                    .CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy
                                    .SAME_ORIGIN)))
        .addFilterBefore(fixedHeaders(), HeaderWriterFilter.class)
        .addFilterBefore(credentials, AnonymousAuthenticationFilter.class)
        .addFilterBefore(concurrent, CredentialFilter.class)
        .authorizeHttpRequests(
            requests ->
                requests
                    .dispatcherTypeMatchers(
                        DispatcherType.FORWARD, DispatcherType.ERROR, DispatcherType.ASYNC)
                    .permitAll()
                    .requestMatchers(POST, "/api/v1/session")
                    .permitAll()
                    .requestMatchers(POST, PasskeyApi.CHALLENGE, PasskeyApi.SIGN_IN)
                    .permitAll()
                    .requestMatchers(GET, OidcProviders.BASE, OidcProviders.BASE + "/**")
                    .permitAll()
                    .requestMatchers(
                        "/api/docs",
                        "/api/docs/**",
                        "/api/openapi",
                        "/api/openapi/**",
                        "/api/openapi.yaml",
                        "/api/swagger-ui/**")
                    .permitAll()
                    .requestMatchers("/actuator/health", "/actuator/health/**")
                    .permitAll()
                    // Published for everybody.
                    .requestMatchers(GET, "/api/v1/open-data", "/api/v1/open-data/**")
                    .permitAll()
                    .requestMatchers(HEAD, "/api/v1/open-data", "/api/v1/open-data/**")
                    .permitAll()
                    .requestMatchers("/actuator/**")
                    .access(administersOrIsHere())
                    .requestMatchers("/api/v1/audit", "/api/v1/audit/**")
                    .hasAuthority(Permission.AUDIT.name())
                    // The message tells what is asked for, and a fault what is not allowed.
                    .requestMatchers(POST, CredentialFilter.SOAP)
                    .authenticated()
                    .requestMatchers(GET, CredentialFilter.SOAP)
                    .permitAll()
                    .requestMatchers(POST, "/epcis/queries", "/epcis/queries/**")
                    .hasAuthority(Permission.QUERY.name())
                    .requestMatchers(POST, "/epcis/**")
                    .hasAuthority(Permission.CAPTURE.name())
                    .requestMatchers(GET, "/epcis/**")
                    .hasAnyAuthority(Permission.QUERY.name(), Permission.CAPTURE.name())
                    .requestMatchers(GUARDED.toArray(String[]::new))
                    .authenticated()
                    // Whoever runs a log that is watched here; its signature is the credential.
                    .requestMatchers(POST, "/ledger/witness/add-checkpoint")
                    .permitAll()
                    .requestMatchers(GET, "/**")
                    .permitAll()
                    .requestMatchers(HEAD, "/**")
                    .permitAll()
                    .anyRequest()
                    .authenticated())
        .exceptionHandling(
            failures ->
                failures
                    .authenticationEntryPoint(
                        (request, response, e) ->
                            problems.write(
                                request,
                                response,
                                StandardProblems.UNAUTHENTICATED,
                                CredentialFilter.challenge(request)))
                    .accessDeniedHandler(
                        (request, response, e) -> denied(problems, request, response, e)))
        .build();
  }

  /**
   * The headers that are the same on every answer, written before anything else: the filter above
   * waits for the answer's end, and misses that of an answer with a body of no bytes.
   */
  private static HeaderWriterFilter fixedHeaders() {
    var filter =
        new HeaderWriterFilter(
            List.of(
                new StaticHeadersWriter(ContentPolicy.HEADER, ContentPolicy.STRICT),
                new StaticHeadersWriter("Permissions-Policy", PERMISSIONS_POLICY),
                new StaticHeadersWriter("Referrer-Policy", ReferrerPolicy.SAME_ORIGIN.getPolicy()),
                new StaticHeadersWriter("X-Content-Type-Options", "nosniff"),
                new StaticHeadersWriter("X-Frame-Options", "DENY")));
    filter.setShouldWriteHeadersEagerly(true);
    // A filter runs once a request by its name, and the other one has the class's.
    filter.setBeanName("fixedHeaders");
    return filter;
  }

  private static void denied(
      ProblemWriter problems,
      HttpServletRequest request,
      jakarta.servlet.http.HttpServletResponse response,
      AccessDeniedException e)
      throws java.io.IOException {
    problems.write(
        request,
        response,
        e instanceof CsrfException ? StandardProblems.CSRF : StandardProblems.FORBIDDEN,
        java.util.Map.of());
  }

  /**
   * No other site may read answers: a preflight is refused, and no other answer gets a header that
   * would open it. Said here, as the default looks for each request's handler to find the same.
   */
  private static @Nullable CorsConfiguration crossOrigin(HttpServletRequest request) {
    return CorsUtils.isPreFlightRequest(request) ? new CorsConfiguration() : null;
  }

  /**
   * A change in the name of a session needs the token. A key is sent by programs on purpose and
   * never by a browser on its own; the sign-in takes JSON only, see {@link SessionApi}.
   */
  private static RequestMatcher changesBySession() {
    return request ->
        !SAFE_METHODS.contains(request.getMethod())
            && !CredentialFilter.hasKey(request)
            && SignedIn.in(request.getSession(false)) != null
            && !(request.getMethod().equals("POST")
                && request.getRequestURI().equals("/api/v1/session"));
  }

  /**
   * Metrics are for administrators and for a collector on this machine. A proxy on this machine
   * forwards for others and says so; then the address proves nothing.
   */
  private static AuthorizationManager<RequestAuthorizationContext> administersOrIsHere() {
    return (authentication, context) -> {
      HttpServletRequest request = context.getRequest();
      Caller caller = Callers.of(request);
      // A firm's administrator administers his firm, not the platform.
      boolean administers =
          caller != null
              && caller.viewer() instanceof Viewer.Operator
              && caller.may(Permission.ADMINISTER);
      boolean here =
          BucketRateLimiter.isLoopback(request.getRemoteAddr())
              && request.getHeader("X-Forwarded-For") == null
              && request.getHeader("Forwarded") == null;
      return new AuthorizationDecision(administers || here);
    };
  }
}
