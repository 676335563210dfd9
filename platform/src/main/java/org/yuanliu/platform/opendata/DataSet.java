package org.yuanliu.platform.opendata;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import org.yuanliu.industry.Localized;
import org.yuanliu.industry.Statistic;

/**
 * A set of figures.
 *
 * @param industry id of the pack
 * @param name within the industry
 * @param statistic what the pack says; null for what every pack has
 * @param unit of the values
 * @param byCategory whether it tells products, or kinds of tests, apart
 * @param byDivision whether it tells provinces, cities and counties apart; else the nation alone
 */
record DataSet(
    String industry,
    String name,
    Measure measure,
    @Nullable Statistic statistic,
    Localized industryNames,
    Localized names,
    Localized unit,
    Rhythm rhythm,
    boolean byCategory,
    boolean byDivision) {

  /** What is told. */
  enum Measure {
    /** What a statistic of the pack adds up. */
    AMOUNT,
    /** Subjects that recorded anything. */
    SUBJECTS,
    /** Tests by what was looked for and their conclusion. */
    TESTS,
    /** Recalls that were reported. */
    RECALLS;

    /** Whether subjects are counted, who are not twice as many for being in two places. */
    boolean counts() {
      return switch (this) {
        case SUBJECTS -> true;
        case AMOUNT, TESTS, RECALLS -> false;
      };
    }
  }

  DataSet {
    requireNonNull(industry, "industry is null");
    requireNonNull(name, "name is null");
    requireNonNull(measure, "measure is null");
    requireNonNull(names, "names is null");
    requireNonNull(unit, "unit is null");
    requireNonNull(rhythm, "rhythm is null");
  }

  /** As addresses and tables name it. */
  String id() {
    return industry + "/" + name;
  }
}
