package org.yuanliu.platform.query;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yuanliu.codes.UnitKey;

/** Keys of values in the query tables: 64 bits of the SHA-256 of the value, mixed with its kind. */
final class Terms {
  /** Kinds of terms. The numbers are stored: they never change their meaning. */
  enum Kind {
    /** Every event. */
    EVENT(1),
    /** Who sees an event by being named in it, and either end of a transfer. */
    PARTY(2),
    /** The beginning of a division code, in the lengths of {@link #DIVISION_LENGTHS}. */
    DIVISION(3),
    INDUSTRY(4),
    TYPE(5),
    ACTION(6),
    BIZ_STEP(7),
    DISPOSITION(8),
    READ_POINT(9),
    BIZ_LOCATION(10),
    DOCUMENT(11),
    /** Stands in rows alone: the slices have {@link #PARTY} for it. */
    SOURCE(12),
    DESTINATION(13),
    TRANSFORMATION(14),
    PERSISTENT_SET(15),
    PERSISTENT_UNSET(16),
    DECLARED(17),
    ERROR_REASON(18),
    CORRECTIVE(19),
    /** GTIN and kind of qualifier of an item or a lot. */
    PRODUCT(20),
    SENSOR(21),
    SENSOR_TEXT(22),
    /** A quantity's magnitude, see {@link Magnitude}. */
    QUANTITY(23),
    SENSOR_NUMBER(24);

    /** Odd, so that no two kinds turn one value into the same key. */
    private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

    private final long salt;

    Kind(int number) {
      this.salt = number * SPREAD;
    }
  }

  /** Province, city, county: what regulators are in charge of. Longest first. */
  static final int[] DIVISION_LENGTHS = {6, 4, 2};

  private Terms() {}

  static long value(String uri) {
    return UnitKey.of(uri).value().getMostSignificantBits();
  }

  static long of(Kind kind, String value) {
    return of(kind, value(value));
  }

  /**
   * @param digest {@link #value} of the value
   */
  static long of(Kind kind, long digest) {
    return marked(kind, digest ^ kind.salt);
  }

  /** The lowest bit tells those that stand in rows alone. */
  private static long marked(Kind kind, long term) {
    return kind == Kind.SOURCE || kind == Kind.DESTINATION ? term | 1 : term & ~1L;
  }

  /** Whether the slices hold the term. */
  static boolean inSlices(long term) {
    return (term & 1) == 0;
  }

  /** Of a value with a type, such as a document; null: it has none. */
  static long of(Kind kind, @Nullable String type, String value) {
    return of(kind, type == null ? null : value(type), value(value));
  }

  static long of(Kind kind, @Nullable Long typeDigest, long digest) {
    return of(kind, digest ^ Long.rotateLeft(typeDigest == null ? 0 : typeDigest, 17));
  }

  /** Of what is keyed already by the same digest. */
  static long of(Kind kind, UUID key) {
    return of(kind, key.getMostSignificantBits());
  }

  /** Of a kind without values. */
  static long of(Kind kind) {
    return of(kind, 0L);
  }
}
