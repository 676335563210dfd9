package org.yuanliu.platform.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BucketRateLimiterTest {
  private static final int TOKENS = 60;
  private static final int MISS = 15;
  private static final int NEIGHBOUR = 5;

  private final BucketRateLimiter limiter = new BucketRateLimiter(settings(1));

  private static AccessSettings settings(int requestsPerSecond) {
    return new AccessSettings(
        5,
        Duration.ofMinutes(15),
        Duration.ofMinutes(1),
        Duration.ofMinutes(30),
        Duration.ofMinutes(30),
        Duration.ofHours(12),
        5,
        requestsPerSecond,
        50_000,
        3,
        TOKENS,
        1,
        MISS,
        NEIGHBOUR,
        100);
  }

  private int lookupsUntilRefused(String address, boolean hit, int step) {
    for (int i = 0; i < 1_000; i++) {
      long serial = 61010200010000000L + (long) i * step;
      if (limiter.publicLookup(address, "urn:yuanliu:trace:610" + serial, hit)
          instanceof Decision.Refused refused) {
        assertThat(refused.retryAfterS()).isPositive();
        return i;
      }
    }
    return 1_000;
  }

  @Test
  void missesCostMoreThanHitsAndNeighboursMoreThanStrangers() {
    // 60 tokens: the last 15 are always kept back for a miss, so nothing tells hit from miss.
    assertThat(lookupsUntilRefused("192.0.2.1", true, 1_000)).isBetween(46, 56);
    assertThat(lookupsUntilRefused("192.0.2.2", false, 1_000))
        .isBetween(TOKENS / MISS, TOKENS / MISS + 1);
    assertThat(lookupsUntilRefused("192.0.2.3", true, 1)).isBetween(10, 14);
  }

  @Test
  void downloadsAreCountedByThemselves() {
    for (int i = 0; i < 3; i++) {
      assertThat(limiter.publicDownload("192.0.2.20", 3, 1)).isInstanceOf(Decision.Allowed.class);
    }
    assertThat(limiter.publicDownload("192.0.2.20", 3, 1)).isInstanceOf(Decision.Refused.class);
    assertThat(limiter.publicDownload("192.0.2.21", 3, 1)).isInstanceOf(Decision.Allowed.class);
    assertThat(limiter.publicLookup("192.0.2.20", "A1", true)).isInstanceOf(Decision.Allowed.class);
  }

  @Test
  void anEmptyBucketRefusesHitsAndMissesAlike() {
    lookupsUntilRefused("192.0.2.9", false, 1_000);
    assertThat(limiter.publicLookup("192.0.2.9", "A1", true)).isInstanceOf(Decision.Refused.class);
    assertThat(limiter.publicLookup("192.0.2.9", "A1", false)).isInstanceOf(Decision.Refused.class);
    assertThat(limiter.publicLookup("192.0.2.10", "A1", false))
        .isInstanceOf(Decision.Allowed.class);
  }

  @Test
  void scanningTheSameCodeAgainIsNoGuess() {
    for (int i = 0; i < 40; i++) {
      assertThat(limiter.publicLookup("192.0.2.4", "61010200010000000001", true))
          .isInstanceOf(Decision.Allowed.class);
    }
  }

  @Test
  void aNetworkOfIpv6IsOneClient() {
    assertThat(BucketRateLimiter.client("2001:db8:1:2:3:4:5:6"))
        .isEqualTo(BucketRateLimiter.client("2001:db8:1:2:ffff::1"))
        .isNotEqualTo(BucketRateLimiter.client("2001:db8:1:3::1"));
    assertThat(BucketRateLimiter.isLoopback("127.0.0.1")).isTrue();
    assertThat(BucketRateLimiter.isLoopback("::1")).isTrue();
    assertThat(BucketRateLimiter.isLoopback("192.0.2.1")).isFalse();
    assertThat(BucketRateLimiter.isLoopback("localhost.example.org")).isFalse();
  }

  @Test
  void keysAreLimitedFromOutsideAndHardlyFromThisMachine() {
    UUID key = UUID.randomUUID();
    assertThat(requestsUntilRefused(key, null)).isBetween(2, 4);
    assertThat(limiter.request(UUID.randomUUID(), null, "192.0.2.1"))
        .isInstanceOf(Decision.Allowed.class);
    for (int i = 0; i < 20_000; i++) {
      assertThat(limiter.request(key, null, "127.0.0.1")).isInstanceOf(Decision.Allowed.class);
    }
    UUID own = UUID.randomUUID();
    assertThat(requestsUntilRefused(own, 3)).isBetween(6, 12);
  }

  /** Buckets fill up by the clock: a machine that stands still for a moment lets some more pass. */
  private int requestsUntilRefused(UUID who, Integer perSecond) {
    int allowed = 0;
    while (limiter.request(who, perSecond, "192.0.2.1") instanceof Decision.Allowed) {
      allowed++;
    }
    return allowed;
  }

  @Test
  void guessingKeysAndPasswordsSharesOneBucket() {
    assertThat(limiter.signIn("192.0.2.7")).isInstanceOf(Decision.Allowed.class);
    assertThat(limiter.failedKey("192.0.2.7")).isInstanceOf(Decision.Allowed.class);
    assertThat(limiter.signIn("192.0.2.7")).isInstanceOf(Decision.Allowed.class);
    assertThat(limiter.failedKey("192.0.2.7")).isInstanceOf(Decision.Refused.class);
  }
}
