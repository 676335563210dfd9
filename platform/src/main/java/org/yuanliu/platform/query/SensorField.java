package org.yuanliu.platform.query;

/** Texts in sensor metadata and reports that parameters ask for (EPCIS 2.0 §8.2.7.1). */
public enum SensorField {
  TYPE("type", false),
  DEVICE_ID("deviceID", true),
  DATA_PROCESSING_METHOD("dataProcessingMethod", true),
  BIZ_RULES("bizRules", true),
  MICROORGANISM("microorganism", false),
  CHEMICAL_SUBSTANCE("chemicalSubstance", false),
  STRING_VALUE("stringValue", false),
  BOOLEAN_VALUE("booleanValue", false),
  HEX_BINARY_VALUE("hexBinaryValue", false),
  URI_VALUE("uriValue", false);

  private final String member;
  private final boolean inMetadata;

  SensorField(String member, boolean inMetadata) {
    this.member = member;
    this.inMetadata = inMetadata;
  }

  String member() {
    return member;
  }

  /** Whether metadata have it too, beside reports. */
  boolean inMetadata() {
    return inMetadata;
  }
}
