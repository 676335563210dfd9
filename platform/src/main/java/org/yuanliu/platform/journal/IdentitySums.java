package org.yuanliu.platform.journal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Which identities lead to which positions, as a sum for each stretch of the journal: two sets of
 * pairs (identity, position) that come in different orders are compared by their sums, without
 * either being sorted or held. A pair counts as its SHA-256 with a secret drawn for this one check,
 * so that nobody can make two sets of one sum beforehand.
 *
 * <p>A stretch takes a hundred bytes: 6 MB for a thousand million entries. One thread at a time.
 */
final class IdentitySums {
  /** Positions of a stretch. */
  static final int STRETCH = CheckReader.STRETCH;

  /** Both together are one block of the hash function. */
  private static final int SECRET_BYTES = 16;

  private static final int KEY_BYTES = 16;
  private static final int LANES = 4;
  private static final int HASH_BYTES = LANES * Long.BYTES;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final MessageDigest digest;

  /** Secret, key, position. */
  private final byte[] pair;

  private final byte[] hash = new byte[HASH_BYTES];

  /** By stretch: four sums of 64 bits each. */
  private final Map<Long, long[]> sums = new HashMap<>();

  private long last = -1;
  private long[] lastSum = new long[LANES];

  private IdentitySums(byte[] pair) {
    this.pair = pair;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Under a new secret. */
  static IdentitySums secret() {
    byte[] secret = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(secret);
    return new IdentitySums(Arrays.copyOf(secret, SECRET_BYTES + KEY_BYTES + Long.BYTES));
  }

  /** Empty ones under the same secret. */
  IdentitySums another() {
    return new IdentitySums(pair.clone());
  }

  /** Adds a pair. */
  void add(byte[] key, int from, long position) {
    System.arraycopy(key, from, pair, SECRET_BYTES, KEY_BYTES);
    LONG.set(pair, SECRET_BYTES + KEY_BYTES, position);
    digest.update(pair);
    try {
      digest.digest(hash, 0, HASH_BYTES);
    } catch (DigestException e) {
      throw new IllegalStateException("no room for the hash", e);
    }
    long[] sum = of(Math.floorDiv(position, STRETCH));
    for (int i = 0; i < LANES; i++) {
      sum[i] += (long) LONG.get(hash, i * Long.BYTES);
    }
  }

  /** Adds all that others have. */
  void add(IdentitySums others) {
    others.sums.forEach(
        (stretch, more) -> {
          long[] sum = of(stretch);
          for (int i = 0; i < LANES; i++) {
            sum[i] += more[i];
          }
        });
  }

  private long[] of(long stretch) {
    if (stretch != last || sums.isEmpty()) {
      last = stretch;
      lastSum = sums.computeIfAbsent(stretch, key -> new long[LANES]);
    }
    return lastSum;
  }

  /** The stretches where these and the others are not the same, in order. */
  NavigableSet<Long> differences(IdentitySums others) {
    NavigableSet<Long> found = new TreeSet<>();
    long[] none = new long[LANES];
    sums.forEach(
        (stretch, sum) -> {
          if (!Arrays.equals(sum, others.sums.getOrDefault(stretch, none))) {
            found.add(stretch);
          }
        });
    others.sums.forEach(
        (stretch, sum) -> {
          if (!sums.containsKey(stretch) && !Arrays.equals(sum, none)) {
            found.add(stretch);
          }
        });
    return found;
  }
}
