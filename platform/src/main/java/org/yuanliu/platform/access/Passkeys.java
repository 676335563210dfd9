package org.yuanliu.platform.access;

import static java.util.Objects.requireNonNull;

import com.webauthn4j.util.exception.WebAuthnException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.web.webauthn.api.AuthenticatorAssertionResponse;
import org.springframework.security.web.webauthn.api.AuthenticatorAttestationResponse;
import org.springframework.security.web.webauthn.api.AuthenticatorSelectionCriteria;
import org.springframework.security.web.webauthn.api.PublicKeyCredential;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialCreationOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRequestOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRpEntity;
import org.springframework.security.web.webauthn.api.ResidentKeyRequirement;
import org.springframework.security.web.webauthn.api.UserVerificationRequirement;
import org.springframework.security.web.webauthn.jackson.WebauthnJacksonModule;
import org.springframework.security.web.webauthn.management.ImmutablePublicKeyCredentialCreationOptionsRequest;
import org.springframework.security.web.webauthn.management.ImmutablePublicKeyCredentialRequestOptionsRequest;
import org.springframework.security.web.webauthn.management.ImmutableRelyingPartyRegistrationRequest;
import org.springframework.security.web.webauthn.management.RelyingPartyAuthenticationRequest;
import org.springframework.security.web.webauthn.management.RelyingPartyPublicKey;
import org.springframework.security.web.webauthn.management.Webauthn4JRelyingPartyOperations;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Passkeys by Spring Security's relying party. They verify the person (PIN, finger, face), so one
 * stands for both factors. A challenge belongs to one session, counts once and not for long.
 */
@Component
class Passkeys {
  static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new WebauthnJacksonModule())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /** Whose key it will be, the key tells. */
  private static final AnonymousAuthenticationToken NOBODY =
      new AnonymousAuthenticationToken(
          "passkeys", "nobody", AuthorityUtils.createAuthorityList("NOBODY"));

  private final PasskeyStore store;
  private final SignInSettings settings;
  private final Clock clock;

  Passkeys(PasskeyStore store, SignInSettings settings, Clock clock) {
    this.store = requireNonNull(store, "store is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** What was asked of a browser. */
  private record Asked<T extends Serializable>(T options, Instant until) implements Serializable {}

  /** What came back is no answer to what was asked, or not of a known key. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(@Nullable Throwable cause) {
      super(cause == null ? "nothing was asked" : cause.getMessage(), cause);
    }
  }

  /**
   * Where passkeys are bound to: the origin of the settings; this machine's own name while trying
   * out; else nowhere, as a Host header may say anything.
   */
  Optional<String> origin(HttpServletRequest request) {
    String origin = settings.origin();
    if (origin == null && "localhost".equals(request.getServerName())) {
      origin = request.getScheme() + "://localhost:" + request.getServerPort();
    }
    return Optional.ofNullable(origin);
  }

  JsonNode beginRegistration(String origin, Caller caller, HttpSession session) {
    PublicKeyCredentialCreationOptions options =
        operations(origin)
            .createPublicKeyCredentialCreationOptions(
                new ImmutablePublicKeyCredentialCreationOptionsRequest(new CallerToken(caller)));
    keep(session, options);
    return JSON.valueToTree(options);
  }

  void register(String origin, HttpSession session, String label, JsonNode credential)
      throws Refused {
    var options = taken(session, PublicKeyCredentialCreationOptions.class);
    try {
      PublicKeyCredential<AuthenticatorAttestationResponse> made =
          JSON.treeToValue(credential, new TypeReference<>() {});
      operations(origin)
          .registerCredential(
              new ImmutableRelyingPartyRegistrationRequest(
                  options, new RelyingPartyPublicKey(made, label)));
    } catch (WebAuthnException | IllegalArgumentException | JacksonException e) {
      throw new Refused(e);
    }
  }

  JsonNode beginSignIn(String origin, HttpSession session) {
    PublicKeyCredentialRequestOptions options =
        operations(origin)
            .createCredentialRequestOptions(
                new ImmutablePublicKeyCredentialRequestOptionsRequest(NOBODY));
    keep(session, options);
    return JSON.valueToTree(options);
  }

  /** Whose passkey it is. */
  UUID signIn(String origin, HttpSession session, JsonNode credential) throws Refused {
    var options = taken(session, PublicKeyCredentialRequestOptions.class);
    try {
      PublicKeyCredential<AuthenticatorAssertionResponse> given =
          JSON.treeToValue(credential, new TypeReference<>() {});
      var user =
          operations(origin).authenticate(new RelyingPartyAuthenticationRequest(options, given));
      return store.accountOf(user.getId()).orElseThrow(() -> new Refused(null));
    } catch (WebAuthnException | IllegalArgumentException | JacksonException e) {
      throw new Refused(e);
    }
  }

  private Webauthn4JRelyingPartyOperations operations(String origin) {
    String host = requireNonNull(URI.create(origin).getHost(), "an origin without a host");
    var operations =
        new Webauthn4JRelyingPartyOperations(
            store,
            store,
            PublicKeyCredentialRpEntity.builder().id(host).name(settings.issuer()).build(),
            Set.of(origin));
    operations.setCustomizeCreationOptions(
        options ->
            options
                .timeout(PATIENCE)
                .authenticatorSelection(
                    AuthenticatorSelectionCriteria.builder()
                        .userVerification(UserVerificationRequirement.REQUIRED)
                        .residentKey(ResidentKeyRequirement.REQUIRED)
                        .build()));
    operations.setCustomizeRequestOptions(
        options ->
            options.timeout(PATIENCE).userVerification(UserVerificationRequirement.REQUIRED));
    return operations;
  }

  private <T extends Serializable> void keep(HttpSession session, T options) {
    session.setAttribute(
        options.getClass().getName(), new Asked<>(options, clock.instant().plus(PATIENCE)));
  }

  private <T> T taken(HttpSession session, Class<T> type) throws Refused {
    Object kept = session.getAttribute(type.getName());
    session.removeAttribute(type.getName());
    if (kept instanceof Asked<?>(Serializable options, Instant until)
        && clock.instant().isBefore(until)) {
      return type.cast(options);
    }
    throw new Refused(null);
  }
}
