package org.yuanliu.platform.access;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of sign-in, rate limits and audit.
 *
 * @param lockAfter failed sign-ins of one name within the window that lock it
 * @param lockWindow how long a failure counts
 * @param lockBase how long the first lock holds; each further failure doubles it
 * @param lockMax the longest lock
 * @param sessionIdle a session ends after so long without a request
 * @param sessionMax a session ends after so long in any case
 * @param sessionsPerAccount sessions at a time; the oldest ends when one more begins
 * @param requestsPerSecond sustained requests of one key or account from other machines
 * @param loopbackRequestsPerSecond the same from this machine
 * @param signInsPerMinute sign-ins and wrong keys of one address
 * @param lookupTokens public look-ups of one address: size of the bucket
 * @param lookupTokensPerSecond refill of that bucket
 * @param lookupMissCost tokens for a code that does not exist, one that exists costs one
 * @param lookupNeighbourCost tokens for a code next to one asked for before
 * @param auditQueue audit records in memory at most
 */
@Validated
@ConfigurationProperties("yuanliu.access")
public record AccessSettings(
    @DefaultValue("5") @Min(1) @Max(100) int lockAfter,
    @DefaultValue("15m") @NotNull Duration lockWindow,
    @DefaultValue("1m") @NotNull Duration lockBase,
    @DefaultValue("30m") @NotNull Duration lockMax,
    @DefaultValue("30m") @NotNull Duration sessionIdle,
    @DefaultValue("12h") @NotNull Duration sessionMax,
    @DefaultValue("5") @Min(1) @Max(1000) int sessionsPerAccount,
    @DefaultValue("500") @Min(1) @Max(1_000_000) int requestsPerSecond,
    @DefaultValue("50000") @Min(1) @Max(1_000_000) int loopbackRequestsPerSecond,
    @DefaultValue("60") @Min(1) @Max(100_000) int signInsPerMinute,
    @DefaultValue("300") @Min(1) @Max(1_000_000) int lookupTokens,
    @DefaultValue("5") @Min(1) @Max(1_000_000) int lookupTokensPerSecond,
    @DefaultValue("15") @Min(1) @Max(10_000) int lookupMissCost,
    @DefaultValue("5") @Min(1) @Max(10_000) int lookupNeighbourCost,
    @DefaultValue("20000") @Min(100) @Max(1_000_000) int auditQueue) {
  public AccessSettings {
    if (lookupMissCost > lookupTokens || lookupNeighbourCost > lookupTokens) {
      throw new IllegalArgumentException("a look-up costs more than the bucket holds");
    }
  }
}
