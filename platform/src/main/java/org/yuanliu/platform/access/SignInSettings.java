package org.yuanliu.platform.access;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
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
 */
@Validated
@ConfigurationProperties("yuanliu.sign-in")
public record SignInSettings(
    @DefaultValue("5") @Min(0) @Max(24) int passwordHistory,
    @DefaultValue("90d") @NotNull Duration passwordMaxAge,
    @DefaultValue("optional") @NotNull Demand secondFactor,
    @DefaultValue("源流") @NotBlank String issuer) {

  /** Whose accounts need a second factor. */
  public enum Demand {
    OPTIONAL,
    /** Those with one of the three administrations. */
    DUTIES,
    ALL
  }
}
