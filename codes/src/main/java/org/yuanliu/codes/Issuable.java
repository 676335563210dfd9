package org.yuanliu.codes;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.yuanliu.codes.Refusal.Reason;

/**
 * The schemes under which a platform may give out codes, for itself or for the firm whose numbers
 * they are: a stem that the owner has, then a serial number. Codes that an authority or another
 * issuer alone gives out (drug and veterinary drug codes, licences, devices) are not among them.
 */
public enum Issuable {
  /** Stem: division 6. */
  NODE(Scheme.NODE) {
    @Override
    long lastSerial(String stem) {
      DivisionCode.of(stem);
      return NodeCode.SERIAL_MAX;
    }

    @Override
    Code code(String stem, long serial, RandomGenerator random) {
      return NodeCode.issue(DivisionCode.of(stem), (int) serial);
    }
  },
  /** Stem: node 9. */
  OPERATOR(Scheme.OPERATOR) {
    @Override
    long lastSerial(String stem) {
      NodeCode.of(stem);
      return OperatorCode.SERIAL_MAX;
    }

    @Override
    Code code(String stem, long serial, RandomGenerator random) {
      return OperatorCode.issue(NodeCode.of(stem), (int) serial);
    }
  },
  /** Stem: node 9. */
  BATCH(Scheme.BATCH) {
    @Override
    long lastSerial(String stem) {
      NodeCode.of(stem);
      return BatchCode.SERIAL_MAX;
    }

    @Override
    Code code(String stem, long serial, RandomGenerator random) {
      return BatchCode.issue(NodeCode.of(stem), (int) serial);
    }
  },
  /** Stem: operator 13. */
  TRACE(Scheme.TRACE) {
    @Override
    long lastSerial(String stem) {
      OperatorCode.of(stem);
      return TraceCode.SERIAL_MAX;
    }

    @Override
    Code code(String stem, long serial, RandomGenerator random) {
      return TraceCode.issue(OperatorCode.of(stem), (int) serial);
    }
  },
  /** Stem: node 9, day 6 (yyMMdd). */
  VOUCHER(Scheme.VOUCHER) {
    @Override
    long lastSerial(String stem) {
      code(stem, 1, NO_RANDOM);
      return VoucherNumber.SERIAL_MAX;
    }

    @Override
    Code code(String stem, long serial, RandomGenerator random) {
      Must.haveLength(stem, VoucherNumber.STEM_LENGTH, VoucherNumber.STEM_LENGTH, Scheme.VOUCHER);
      return VoucherNumber.of(stem + Text.zeroPadded(serial, 5));
    }
  },
  /** Stem: species 1, division 6. */
  EAR_TAG(Scheme.EAR_TAG) {
    @Override
    long lastSerial(String stem) {
      code(stem, 1, NO_RANDOM);
      return EarTag.SERIAL_MAX;
    }

    @Override
    Code code(String stem, long serial, RandomGenerator random) {
      Must.haveLength(stem, 7, 7, Scheme.EAR_TAG);
      return EarTag.of(stem + Text.zeroPadded(serial, 8));
    }
  },
  /** Stem: GTIN-14. The serial number is a number, so that the smallest tag takes it. */
  SGTIN(Scheme.SGTIN) {
    @Override
    long lastSerial(String stem) {
      Must.haveLength(stem, 14, 14, Scheme.GTIN);
      Gtin.of(stem);
      return (1L << 38) - 1;
    }

    @Override
    Code code(String stem, long serial, RandomGenerator random) {
      return new Sgtin(Gtin.of(stem), Long.toString(serial));
    }
  },
  /** Stem: extension digit 1, company prefix 4 to 12. */
  SSCC(Scheme.SSCC) {
    @Override
    long lastSerial(String stem) {
      Must.haveLength(stem, 1 + EpcUrn.COMPANY_PREFIX_MIN, 1 + EpcUrn.COMPANY_PREFIX_MAX, scheme());
      Must.beDigits(stem, 0, stem.length(), scheme());
      return allNines(SSCC_BODY - stem.length());
    }

    @Override
    Code code(String stem, long serial, RandomGenerator random) {
      return new Sscc(
          CheckDigits.withGs1(stem + Text.zeroPadded(serial, SSCC_BODY - stem.length())));
    }
  },
  /** Stem: company prefix 4 to 12. */
  GIAI(Scheme.GIAI) {
    @Override
    long lastSerial(String stem) {
      Must.haveLength(stem, EpcUrn.COMPANY_PREFIX_MIN, EpcUrn.COMPANY_PREFIX_MAX, scheme());
      Must.beDigits(stem, 0, stem.length(), scheme());
      return allNines(GIAI_SERIAL);
    }

    @Override
    Code code(String stem, long serial, RandomGenerator random) {
      return new Giai(stem + Text.zeroPadded(serial, GIAI_SERIAL));
    }
  },
  /**
   * Stem: the first 11 digits. The 21 that the regulation wants random are a serial number of 9,
   * which keeps them from recurring, and 12 random ones, which keep them from being guessed.
   */
  PESTICIDE(Scheme.PESTICIDE) {
    @Override
    long lastSerial(String stem) {
      Must.haveLength(stem, PesticideCode.STEM_LENGTH, PesticideCode.STEM_LENGTH, scheme());
      PesticideCode.of(stem + "0".repeat(PesticideCode.LENGTH - stem.length()));
      return allNines(PESTICIDE_SERIAL);
    }

    @Override
    Code code(String stem, long serial, RandomGenerator random) {
      return new PesticideCode(
          stem
              + Text.zeroPadded(serial, PESTICIDE_SERIAL)
              + randomDigits(
                  PesticideCode.LENGTH - PesticideCode.STEM_LENGTH - PESTICIDE_SERIAL, random));
    }
  },
  /** Stem: 1 to 11 letters and digits of the firm's own. */
  SEED(Scheme.SEED) {
    @Override
    long lastSerial(String stem) {
      SeedCode.of(stem);
      Must.haveLength(stem, 1, SeedCode.MAX_LENGTH - SEED_SERIAL, scheme());
      return allNines(SEED_SERIAL);
    }

    @Override
    Code code(String stem, long serial, RandomGenerator random) {
      return new SeedCode(stem + Text.zeroPadded(serial, SEED_SERIAL));
    }
  },
  /** Stem: class 4, manufacturer 5, year 4. */
  EQUIPMENT(Scheme.EQUIPMENT) {
    @Override
    long lastSerial(String stem) {
      EquipmentCode.issue(stem, 1);
      return EquipmentCode.SERIAL_MAX;
    }

    @Override
    Code code(String stem, long serial, RandomGenerator random) {
      return EquipmentCode.issue(stem, (int) serial);
    }
  },
  /** Stem: year 4, point, enterprise 2, last digit of the year 1, month 2, day 2, mark 1. */
  DETONATOR(Scheme.DETONATOR) {
    @Override
    long lastSerial(String stem) {
      Must.haveLength(stem, DETONATOR_STEM, DETONATOR_STEM, scheme());
      code(stem, 1, NO_RANDOM);
      return DetonatorCode.SERIAL_MAX;
    }

    @Override
    Code code(String stem, long serial, RandomGenerator random) {
      return DetonatorCode.of(stem + Text.zeroPadded(serial, 5));
    }
  };

  private static final int SSCC_BODY = 17;
  private static final int GIAI_SERIAL = 12;
  private static final int PESTICIDE_SERIAL = 9;
  private static final int SEED_SERIAL = 9;
  private static final int DETONATOR_STEM = 5 + DetonatorCode.STEM_LENGTH;

  /** Where a code is made only to see whether its stem is right. */
  private static final RandomGenerator NO_RANDOM = () -> 0;

  private final Scheme scheme;

  Issuable(Scheme scheme) {
    this.scheme = requireNonNull(scheme, "scheme is null");
  }

  public Scheme scheme() {
    return scheme;
  }

  /** What may be given out under a scheme, or null. */
  public static @Nullable Issuable of(Scheme scheme) {
    for (Issuable issuable : values()) {
      if (issuable.scheme == scheme) {
        return issuable;
      }
    }
    return null;
  }

  /** The highest serial number under a stem; throws {@link CodeException} where it is none. */
  abstract long lastSerial(String stem);

  abstract Code code(String stem, long serial, RandomGenerator random);

  private static long allNines(int digits) {
    long nines = 0;
    for (int i = 0; i < digits; i++) {
      nines = nines * 10 + 9;
    }
    return nines;
  }

  private static String randomDigits(int count, RandomGenerator random) {
    StringBuilder digits = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      digits.append((char) ('0' + random.nextInt(10)));
    }
    return digits.toString();
  }

  /** The stem of vouchers of one node and day. */
  public static String voucherStem(NodeCode node, LocalDate day) {
    String first = VoucherNumber.issue(node, day, 1).value();
    return first.substring(0, VoucherNumber.STEM_LENGTH);
  }

  CodeException refused(Reason reason) {
    return new CodeException(reason, scheme);
  }
}
