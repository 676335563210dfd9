package org.yuanliu.platform.query;

import java.util.UUID;
import org.yuanliu.codes.UnitKey;

/** Keys of values in the query tables: 64 bits of the SHA-256 of the value, mixed with its kind. */
final class Terms {
  /** Kinds of rows of query_term. The numbers are stored: they never change their meaning. */
  enum Kind {
    PARTY(1),
    TRANSFORMATION(2),
    PERSISTENT_SET(3),
    PERSISTENT_UNSET(4),
    DECLARED(5),
    ERROR_REASON(6),
    CORRECTIVE(7),
    PRODUCT(8),
    SENSOR(9),
    SENSOR_TEXT(10);

    /** Odd, so that no two kinds turn one value into the same key. */
    private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

    private final long salt;

    Kind(int number) {
      this.salt = number * SPREAD;
    }
  }

  private Terms() {}

  static long value(String uri) {
    return UnitKey.of(uri).value().getMostSignificantBits();
  }

  static long of(Kind kind, String value) {
    return value(value) ^ kind.salt;
  }

  /** Of what is keyed already by the same digest. */
  static long of(Kind kind, UUID key) {
    return key.getMostSignificantBits() ^ kind.salt;
  }

  /** Of a kind without values. */
  static long of(Kind kind) {
    return kind.salt;
  }
}
