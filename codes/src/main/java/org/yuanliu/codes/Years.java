package org.yuanliu.codes;

/** Years as they stand in codes. */
final class Years {
  /** No scheme here is older than the republic; what lies past the century is a misreading. */
  private static final int FIRST = 1949;

  private static final int LAST = 2099;

  private Years() {}

  static boolean plausible(int year) {
    return year >= FIRST && year <= LAST;
  }
}
