package org.yuanliu.platform.query;

/** Numbers in sensor reports. */
public enum SensorNumber {
  VALUE("value", true, true),
  MIN_VALUE("minValue", true, true),
  MAX_VALUE("maxValue", true, true),
  MEAN_VALUE("meanValue", true, true),
  /** A difference: no zero point is added when its unit is converted. */
  STANDARD_DEVIATION("sDev", true, false),
  PERCENTILE_VALUE("percValue", true, true),
  PERCENTILE_RANK("percRank", false, true);

  private final String member;
  private final boolean measured;
  private final boolean absolute;

  SensorNumber(String member, boolean measured, boolean absolute) {
    this.member = member;
    this.measured = measured;
    this.absolute = absolute;
  }

  String member() {
    return member;
  }

  /** Whether it has a unit of measure. */
  boolean measured() {
    return measured;
  }

  /** Whether the zero point of its unit counts, as for temperatures. */
  boolean absolute() {
    return absolute;
  }
}
