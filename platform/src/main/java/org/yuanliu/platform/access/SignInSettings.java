package org.yuanliu.platform.access;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What a sign-in asks for.
 *
 * @param passwordHistory so many of the last passwords can't be taken again
 * @param passwordMaxAge older passwords have to be changed before anything else; zero: never
 * @param secondFactor who has to have one
 * @param issuer what an authenticator app calls this platform
 * @param origin where people reach this platform, as {@code https://host}: passkeys are bound to it
 *     and providers send back to it; null: the address of the request
 */
@Validated
@ConfigurationProperties("yuanliu.sign-in")
public record SignInSettings(
    @DefaultValue("5") @Min(0) @Max(24) int passwordHistory,
    @DefaultValue("90d") @NotNull Duration passwordMaxAge,
    @DefaultValue("optional") @NotNull Demand secondFactor,
    @DefaultValue("源流") @NotBlank String issuer,
    @Nullable String origin) {
  private static final Pattern ORIGIN = Pattern.compile("https?://[^/?#]+");

  public SignInSettings {
    if (origin != null && origin.isBlank()) {
      origin = null;
    }
    if (origin != null && !ORIGIN.matcher(origin).matches()) {
      throw new IllegalArgumentException("yuanliu.sign-in.origin is like https://host: " + origin);
    }
  }

  /** Whose accounts need a second factor. */
  public enum Demand {
    OPTIONAL,
    /** Those with one of the three administrations. */
    DUTIES,
    ALL
  }
}
