package org.yuanliu.platform.binding;

import org.jspecify.annotations.Nullable;

/** In which form an answer writes identifiers (EPCIS 2.0 §12; header {@code GS1-EPC-Format}). */
public enum EpcFormat {
  /** Any will do: as they were sent. */
  NO_PREFERENCE("No_Preference"),
  /** EPC URNs become Digital Links. */
  ALWAYS_GS1_DIGITAL_LINK("Always_GS1_Digital_Link"),
  /** Digital Links become EPC URNs where the length of the company prefix is known. */
  ALWAYS_EPC_URN("Always_EPC_URN"),
  /** As they were sent. */
  NEVER_TRANSLATES("Never_Translates");

  private final String value;

  EpcFormat(String value) {
    this.value = value;
  }

  /** As the header says it. */
  public String value() {
    return value;
  }

  /** The format of this name in the header, or null where there is none. */
  public static @Nullable EpcFormat ofValue(String value) {
    for (EpcFormat format : values()) {
      if (format.value.equals(value)) {
        return format;
      }
    }
    return null;
  }
}
