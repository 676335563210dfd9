package org.yuanliu.platform.access;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.servlet.http.HttpServletRequest;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.oauth2.client.authentication.OAuth2LoginAuthenticationToken;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.authentication.OidcAuthorizationCodeAuthenticationProvider;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.converter.ClaimTypeConverter;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestTemplate;

/**
 * OpenID Connect providers, found out about when somebody first signs in: a provider that is down
 * keeps no server from starting. Requests, code exchange and the checks of tokens are Spring
 * Security's; time limits and clock are ours.
 */
@Component
class OidcProviders {
  static final String BASE = "/api/v1/session/oidc";

  /** How long what was discovered counts; keys are looked up anew by their ids in any case. */
  private static final Duration DISCOVERED_FOR = Duration.ofHours(1);

  private static final String DISCOVERY = "/.well-known/openid-configuration";

  private static final ParameterizedTypeReference<Map<String, Object>> METADATA =
      new ParameterizedTypeReference<>() {};

  private final OidcSettings settings;
  private final SignInSettings signIn;
  private final Clock clock;
  private final JdkClientHttpRequestFactory requests;
  private final Cache<String, Provider> discovered =
      Caffeine.newBuilder().expireAfterWrite(DISCOVERED_FOR).build();

  OidcProviders(OidcSettings settings, SignInSettings signIn, Clock clock) {
    this.settings = requireNonNull(settings, "settings is null");
    this.signIn = requireNonNull(signIn, "signIn is null");
    this.clock = requireNonNull(clock, "clock is null");
    requests =
        new JdkClientHttpRequestFactory(
            HttpClient.newBuilder()
                .connectTimeout(settings.timeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build());
    requests.setReadTimeout(settings.timeout());
  }

  /** A provider as it described itself. */
  private record Provider(
      ClientRegistration registration, OidcAuthorizationCodeAuthenticationProvider exchange) {}

  /** The provider did not answer, or not as a provider does. */
  static final class Unreachable extends Exception {
    private static final long serialVersionUID = 1;

    Unreachable(Throwable cause) {
      super(cause);
    }
  }

  /** Names by id. */
  Map<String, String> names() {
    Map<String, String> names = new TreeMap<>();
    settings.providers().forEach((id, provider) -> names.put(id, provider.name()));
    return names;
  }

  Optional<OidcSettings.Provider> settings(String id) {
    return Optional.ofNullable(settings.providers().get(id));
  }

  /** Where the browser goes: with state, nonce and the challenge of PKCE. */
  OAuth2AuthorizationRequest begin(String id, HttpServletRequest request) throws Unreachable {
    Provider provider = provider(id);
    ClientRegistrationRepository one = asked -> provider.registration();
    var resolver = new DefaultOAuth2AuthorizationRequestResolver(one, BASE);
    resolver.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
    return requireNonNull(resolver.resolve(request, id), "no authorization request");
  }

  /**
   * Exchanges the code and checks what comes for it: signature, issuer, audience, times, nonce.
   *
   * @throws OAuth2AuthenticationException where anything of it is wrong
   */
  OidcUser finish(String id, OAuth2AuthorizationRequest begun, OAuth2AuthorizationResponse answer)
      throws Unreachable {
    Provider provider = provider(id);
    var exchange = new OAuth2AuthorizationExchange(begun, answer);
    var done =
        provider
            .exchange()
            .authenticate(new OAuth2LoginAuthenticationToken(provider.registration(), exchange));
    if (done instanceof OAuth2LoginAuthenticationToken token
        && token.getPrincipal() instanceof OidcUser user) {
      return user;
    }
    throw new OAuth2AuthenticationException("invalid_id_token");
  }

  /** Where a session there ends too; null where the provider has no such address. */
  @Nullable String endOfSession(String id) {
    Provider known = discovered.getIfPresent(id);
    Object address =
        known == null
            ? null
            : known
                .registration()
                .getProviderDetails()
                .getConfigurationMetadata()
                .get("end_session_endpoint");
    return address instanceof String text ? text : null;
  }

  private Provider provider(String id) throws Unreachable {
    Provider known = discovered.getIfPresent(id);
    if (known == null) {
      known = discover(id, requireNonNull(settings.providers().get(id), "no such provider"));
      discovered.put(id, known);
    }
    return known;
  }

  private Provider discover(String id, OidcSettings.Provider given) throws Unreachable {
    String issuer = given.issuer().toString();
    ClientRegistration registration;
    try {
      Map<String, Object> metadata =
          RestClient.builder()
              .requestFactory(requests)
              .build()
              .get()
              .uri(issuer.replaceFirst("/$", "") + DISCOVERY)
              .retrieve()
              .body(METADATA);
      if (metadata == null || !issuer.equals(metadata.get("issuer"))) {
        throw new IllegalArgumentException("describes itself as another issuer than " + issuer);
      }
      registration = registration(id, given, metadata);
    } catch (RestClientException | IllegalArgumentException e) {
      throw new Unreachable(e);
    }
    JwtDecoder decoder = decoder(registration, given.algorithms());
    var tokens = new RestClientAuthorizationCodeTokenResponseClient();
    tokens.setRestClient(
        RestClient.builder()
            .requestFactory(requests)
            .configureMessageConverters(
                converters ->
                    converters
                        .disableDefaults()
                        .addCustomConverter(new FormHttpMessageConverter())
                        .addCustomConverter(new OAuth2AccessTokenResponseHttpMessageConverter()))
            .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
            .build());
    // All that is asked for stands in the token: no further request to the provider.
    var users = new OidcUserService();
    users.setRetrieveUserInfo(request -> false);
    var exchange = new OidcAuthorizationCodeAuthenticationProvider(tokens, users);
    exchange.setJwtDecoderFactory(asked -> decoder);
    return new Provider(registration, exchange);
  }

  private ClientRegistration registration(
      String id, OidcSettings.Provider given, Map<String, Object> metadata) {
    ClientRegistration.Builder builder =
        ClientRegistrations.fromOidcConfiguration(metadata)
            .registrationId(id)
            .clientName(given.name())
            .clientId(given.clientId())
            .scope(given.scopes())
            .redirectUri(
                (signIn.origin() == null ? "{baseUrl}" : signIn.origin())
                    + BASE
                    + "/{registrationId}/callback");
    String secret = given.clientSecret();
    return secret == null || secret.isBlank()
        ? builder.clientAuthenticationMethod(ClientAuthenticationMethod.NONE).build()
        : builder.clientSecret(secret).build();
  }

  private JwtDecoder decoder(ClientRegistration registration, List<String> algorithms) {
    NimbusJwtDecoder decoder =
        NimbusJwtDecoder.withJwkSetUri(
                requireNonNull(
                    registration.getProviderDetails().getJwkSetUri(),
                    "the provider's metadata name no keys"))
            .jwsAlgorithms(
                allowed ->
                    algorithms.forEach(
                        name ->
                            allowed.add(
                                requireNonNull(
                                    SignatureAlgorithm.from(name),
                                    () -> "no signature algorithm " + name))))
            .restOperations(new RestTemplate(requests))
            .build();
    var times = new JwtTimestampValidator(settings.clockSkew());
    times.setClock(clock);
    var token = new OidcIdTokenValidator(registration);
    token.setClock(clock);
    token.setClockSkew(settings.clockSkew());
    decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(times, token));
    decoder.setClaimSetConverter(
        new ClaimTypeConverter(OidcIdTokenDecoderFactory.createDefaultClaimTypeConverters()));
    return decoder;
  }
}
