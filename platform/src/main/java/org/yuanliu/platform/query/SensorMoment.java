package org.yuanliu.platform.query;

/** Times in sensor metadata and reports. */
public enum SensorMoment {
  TIME("time", true),
  START_TIME("startTime", false),
  END_TIME("endTime", false);

  private final String member;
  private final boolean inReport;

  SensorMoment(String member, boolean inReport) {
    this.member = member;
    this.inReport = inReport;
  }

  String member() {
    return member;
  }

  /** Whether reports have it too, beside metadata. */
  boolean inReport() {
    return inReport;
  }
}
