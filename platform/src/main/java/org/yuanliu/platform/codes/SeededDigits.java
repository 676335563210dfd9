package org.yuanliu.platform.codes;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * The digits of one drawing, told again alike: SHA-256 of the drawing's secret seed and a counter.
 * Without the seed they are as hard to guess as the hash is to invert.
 */
final class SeededDigits implements RandomGenerator {
  static final int SEED_BYTES = 32;

  private final MessageDigest digest;
  private final byte[] seed;
  private long counter;

  /**
   * @param seed in hexadecimal
   */
  SeededDigits(String seed) {
    this.seed = HexFormat.of().parseHex(seed);
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  @Override
  public long nextLong() {
    digest.update(seed);
    return ByteBuffer.wrap(
            digest.digest(ByteBuffer.allocate(Long.BYTES).putLong(counter++).array()))
        .getLong();
  }
}
