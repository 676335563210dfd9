package org.yuanliu.platform.query;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Numbers by their order of magnitude, four steps a decade: few terms, each with many events, that
 * stand for any comparison. A query asks for every step that can hold a number it wants, and one
 * more at the borders; the event decides.
 */
final class Magnitude {
  private static final int STEPS_A_DECADE = 4;

  /** Beyond 10^±9 numbers fall into the outermost steps. */
  private static final int OUTERMOST = 9 * STEPS_A_DECADE;

  /** Zero stands between those below and those above it. */
  private static final int LARGEST = 2 * OUTERMOST + 1;

  private Magnitude() {}

  /** Rises with the number, from {@code -LARGEST} to {@code LARGEST}; 0 for zero. */
  static int of(BigDecimal number) {
    double value = number.doubleValue();
    if (value == 0) {
      return 0;
    }
    double log = Math.log10(Math.abs(value)) * STEPS_A_DECADE;
    int step = (int) Math.floor(Math.clamp(log, -OUTERMOST, OUTERMOST)) + OUTERMOST + 1;
    return value < 0 ? -step : step;
  }

  /**
   * Names of the terms of a number: one as it stands, one in the base of its unit.
   *
   * @param field what the number is of
   * @param absolute whether the zero point of the unit counts
   */
  static Set<String> names(
      String field, BigDecimal number, @Nullable String uom, boolean absolute) {
    Set<String> names = new HashSet<>();
    names.add(name(field, "", of(number)));
    if (uom != null) {
      names.add(name(field, base(uom), of(inBase(number, uom, absolute))));
    }
    return names;
  }

  /** Names of the terms of all numbers for which a comparison may hold. */
  static Set<String> wanted(
      String field, Comparison comparison, @Nullable String uom, boolean absolute) {
    Set<String> names = new HashSet<>();
    String base = uom == null ? "" : base(uom);
    for (Literal literal : comparison.values()) {
      BigDecimal number = literal.decimal();
      if (number == null) {
        continue;
      }
      int step = of(uom == null ? number : inBase(number, uom, absolute));
      // Conversion rounds: one step more at each border.
      int low =
          switch (comparison.op()) {
            case EQ, GT, GE -> step - 1;
            case LT, LE -> -LARGEST;
          };
      int high =
          switch (comparison.op()) {
            case EQ, LT, LE -> step + 1;
            case GT, GE -> LARGEST;
          };
      for (int i = Math.max(low, -LARGEST); i <= Math.min(high, LARGEST); i++) {
        names.add(name(field, base, i));
      }
    }
    return names;
  }

  private static String base(String uom) {
    String base = Uom.base(uom);
    return base == null ? uom : base;
  }

  private static BigDecimal inBase(BigDecimal number, String uom, boolean absolute) {
    String base = Uom.base(uom);
    BigDecimal converted = base == null ? null : Uom.convert(number, uom, base, absolute);
    return converted == null ? number : converted;
  }

  private static String name(String field, String base, int step) {
    return field + "\n" + base + "\n" + step;
  }
}
