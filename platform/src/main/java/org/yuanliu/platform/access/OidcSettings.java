package org.yuanliu.platform.access;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Sign-in with OpenID Connect.
 *
 * @param clockSkew by how much a provider's clock may differ
 * @param timeout until a provider takes a connection, and until it answers
 * @param providers by the id that stands in our addresses
 */
@Validated
@ConfigurationProperties("yuanliu.oidc")
public record OidcSettings(
    @DefaultValue("60s") @NotNull Duration clockSkew,
    @DefaultValue("5s") @NotNull Duration timeout,
    @DefaultValue Map<String, @Valid Provider> providers) {
  private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,32}");

  /** Beyond, an ended token would be as good as a valid one. */
  private static final Duration MAX_SKEW = Duration.ofMinutes(5);

  public OidcSettings {
    providers = Map.copyOf(providers);
    if (clockSkew.isNegative() || clockSkew.compareTo(MAX_SKEW) > 0) {
      throw new IllegalArgumentException("yuanliu.oidc.clock-skew is 0 to " + MAX_SKEW);
    }
    providers
        .keySet()
        .forEach(
            id -> {
              if (!ID.matcher(id).matches()) {
                throw new IllegalArgumentException("a provider's id is [a-z0-9-]{1,32}: " + id);
              }
            });
  }

  /**
   * @param name what the sign-in page calls it
   * @param issuer as its tokens say it; what is discovered stands below it. HTTPS, except on this
   *     machine
   * @param clientSecret null for a public client: PKCE is used in any case
   * @param scopes {@code openid} and whatever the provider needs to tell the e-mail address
   * @param algorithms signatures that are taken
   * @param linkByEmail whether a subject that nobody has linked may come in as the account whose
   *     name is his verified e-mail address; never one of an administration
   * @param secondFactorMethods values of {@code amr} that stand for a second factor which the
   *     provider has asked for; without one, ours is asked for where the account has or needs it
   */
  public record Provider(
      @NotBlank String name,
      @NotNull URI issuer,
      @NotBlank String clientId,
      @Nullable String clientSecret,
      @DefaultValue({"openid", "email"}) List<String> scopes,
      @DefaultValue({"RS256", "PS256", "ES256"}) List<String> algorithms,
      @DefaultValue("false") boolean linkByEmail,
      @DefaultValue Set<String> secondFactorMethods) {
    public Provider {
      scopes = List.copyOf(scopes);
      algorithms = List.copyOf(algorithms);
      secondFactorMethods = Set.copyOf(secondFactorMethods);
      if (!scopes.contains("openid")) {
        throw new IllegalArgumentException("scopes without openid are no OpenID Connect");
      }
      boolean here =
          "localhost".equals(issuer.getHost())
              || BucketRateLimiter.isLoopback(String.valueOf(issuer.getHost()));
      if (!"https".equals(issuer.getScheme()) && !here) {
        throw new IllegalArgumentException("an issuer is https: " + issuer);
      }
    }

    /** Without the secret. */
    @Override
    public String toString() {
      return "Provider[" + issuer + "]";
    }
  }
}
