package org.yuanliu.epcis;

/**
 * The two profiles of the event hash. They differ in the string before hashing, not only in the
 * label:
 *
 * <ul>
 *   <li>2.0 puts extensions inside {@code readPoint}, {@code bizLocation} and sensor data at the
 *       end of the event, under the names of the fields that enclose them, and leaves out the word
 *       {@code sensorElementList};
 *   <li>2.1 keeps such extensions at the end of the field that encloses them and writes the word
 *       {@code sensorElementList} once.
 * </ul>
 */
public enum CbvVersion {
  /** The profile of CBV 2.0, the default of the commands. */
  CBV_2_0("CBV2.0", false, false),
  /** The profile of CBV 2.1, which the published vectors with sensor data follow. */
  CBV_2_1("CBV2.1", true, true);

  private final String label;
  private final boolean extensionsInPlace;
  private final boolean namesSensorElementList;

  CbvVersion(String label, boolean extensionsInPlace, boolean namesSensorElementList) {
    this.label = label;
    this.extensionsInPlace = extensionsInPlace;
    this.namesSensorElementList = namesSensorElementList;
  }

  /** As it stands after {@code ?ver=} in a hash id. */
  public String label() {
    return label;
  }

  boolean extensionsInPlace() {
    return extensionsInPlace;
  }

  boolean namesSensorElementList() {
    return namesSensorElementList;
  }
}
