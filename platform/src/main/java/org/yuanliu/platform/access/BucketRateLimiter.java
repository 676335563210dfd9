package org.yuanliu.platform.access;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.math.BigInteger;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Token buckets in memory, one for each key, account and address. An address of IPv6 is its /64: a
 * home has that many addresses to choose from.
 */
@Component
class BucketRateLimiter implements RateLimiter {
  /** Addresses and keys remembered; an idle bucket is full again long before it is dropped. */
  static final int MAX_BUCKETS = 100_000;

  private static final Duration IDLE = Duration.ofMinutes(30);

  /** A client may be so many seconds' worth ahead. */
  private static final int BURST_S = 2;

  /** Codes of one address that are remembered to see neighbours. */
  static final int REMEMBERED_CODES = 16;

  /** Serial numbers this near are neighbours: a person scans what he bought, not what is beside. */
  static final BigInteger NEIGHBOURHOOD = BigInteger.valueOf(100);

  private static final int MAX_NUMERIC_LENGTH = 40;

  private final AccessSettings settings;
  private final Cache<String, Bucket> buckets =
      Caffeine.newBuilder().maximumSize(MAX_BUCKETS).expireAfterAccess(IDLE).build();
  private final Cache<String, Seen> seen =
      Caffeine.newBuilder().maximumSize(MAX_BUCKETS).expireAfterAccess(IDLE).build();

  BucketRateLimiter(AccessSettings settings) {
    this.settings = requireNonNull(settings, "settings is null");
  }

  @Override
  public Decision publicLookup(String address, String code, boolean hit) {
    String client = client(address);
    int neighbour = seen(client).isNeighbour(code) ? settings.lookupNeighbourCost() : 1;
    int most = Math.max(settings.lookupMissCost(), neighbour);
    Bucket bucket =
        bucket("lookup " + client, settings.lookupTokens(), settings.lookupTokensPerSecond());
    // First as if it were missed, then the difference back: what is left never tells hit from miss.
    Decision decision = decide(bucket.tryConsumeAndReturnRemaining(most));
    if (decision instanceof Decision.Allowed && hit && neighbour < most) {
      bucket.addTokens(most - neighbour);
    }
    return decision;
  }

  @Override
  public Decision publicDownload(String address, int tokens, int perSecond) {
    return decide(
        bucket("download " + client(address), tokens, perSecond).tryConsumeAndReturnRemaining(1));
  }

  /** One request of a key or an account. */
  Decision request(UUID who, @Nullable Integer perSecond, String address) {
    boolean loopback = isLoopback(address);
    int rate =
        perSecond != null
            ? perSecond
            : loopback ? settings.loopbackRequestsPerSecond() : settings.requestsPerSecond();
    String name = "request " + who + (loopback ? " loopback" : "") + " " + rate;
    return decide(bucket(name, (long) rate * BURST_S, rate).tryConsumeAndReturnRemaining(1));
  }

  /** A sign-in, before the password is looked at. */
  Decision signIn(String address) {
    return decide(guessing(address).tryConsumeAndReturnRemaining(1));
  }

  /** A key that opens nothing. */
  Decision failedKey(String address) {
    return decide(guessing(address).tryConsumeAndReturnRemaining(1));
  }

  private Bucket guessing(String address) {
    int perMinute = settings.signInsPerMinute();
    return requireNonNull(
        buckets.get(
            "guess " + client(address),
            name ->
                Bucket.builder()
                    .addLimit(
                        limit ->
                            limit
                                .capacity(perMinute)
                                .refillGreedy(perMinute, Duration.ofMinutes(1)))
                    .build()),
        "cache gave null");
  }

  private Bucket bucket(String name, long capacity, long perSecond) {
    return requireNonNull(
        buckets.get(
            name,
            absent ->
                Bucket.builder()
                    .addLimit(
                        limit ->
                            limit.capacity(capacity).refillGreedy(perSecond, Duration.ofSeconds(1)))
                    .build()),
        "cache gave null");
  }

  private Seen seen(String client) {
    return requireNonNull(seen.get(client, absent -> new Seen()), "cache gave null");
  }

  private static Decision decide(ConsumptionProbe probe) {
    if (probe.isConsumed()) {
      return new Decision.Allowed();
    }
    long seconds = TimeUnit.NANOSECONDS.toSeconds(probe.getNanosToWaitForRefill()) + 1;
    return new Decision.Refused(seconds);
  }

  /** The network that one client can be expected to command. */
  static String client(String address) {
    InetAddress parsed = literal(address);
    if (parsed instanceof Inet6Address six) {
      return HexFormat.of().formatHex(Arrays.copyOf(six.getAddress(), 8)) + "/64";
    }
    return address;
  }

  static boolean isLoopback(String address) {
    InetAddress parsed = literal(address);
    return parsed != null && parsed.isLoopbackAddress();
  }

  private static @Nullable InetAddress literal(String address) {
    try {
      return InetAddress.ofLiteral(address);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** The last codes of one address, as numbers with what stands before them. */
  private static final class Seen {
    private final Deque<Numbered> codes = new ArrayDeque<>();

    synchronized boolean isNeighbour(String code) {
      Numbered numbered = Numbered.of(code);
      if (numbered == null) {
        return false;
      }
      boolean near = codes.stream().anyMatch(numbered::isNextTo);
      if (!codes.contains(numbered)) {
        if (codes.size() == REMEMBERED_CODES) {
          codes.removeFirst();
        }
        codes.addLast(numbered);
      }
      return near;
    }
  }

  private record Numbered(String before, BigInteger number) {
    static @Nullable Numbered of(String code) {
      int from = code.length();
      while (from > 0 && code.charAt(from - 1) >= '0' && code.charAt(from - 1) <= '9') {
        from--;
      }
      int digits = code.length() - from;
      return digits == 0 || digits > MAX_NUMERIC_LENGTH
          ? null
          : new Numbered(code.substring(0, from), new BigInteger(code.substring(from)));
    }

    /** Another code with a number close by; the same code again is no guess. */
    boolean isNextTo(Numbered other) {
      return before.equals(other.before)
          && !number.equals(other.number)
          && number.subtract(other.number).abs().compareTo(NEIGHBOURHOOD) <= 0;
    }
  }
}
