package org.yuanliu.epcis;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What documents can be written in. */
public enum Syntax {
  /** JSON-LD of EPCIS 2.0. */
  JSON_LD("json"),
  /** XML of EPCIS 2.0, as EPCglobal-epcis-2_0.xsd has it. */
  XML_2_0("xml"),
  /**
   * XML of EPCIS 1.2. What 1.2 does not know (sensor data, persistent dispositions, certification
   * info, association events) stands in {@code extension} elements, where its schema leaves room
   * for later versions.
   */
  XML_1_2("xml1.2");

  private final String option;

  Syntax(String option) {
    this.option = option;
  }

  /** As the command line names it: {@code json}, {@code xml}, {@code xml1.2}. */
  public String option() {
    return option;
  }

  /** The syntax of this option, or null. */
  public static @Nullable Syntax ofOption(String option) {
    requireNonNull(option, "option is null");
    for (Syntax syntax : values()) {
      if (syntax.option.equals(option.toLowerCase(Locale.ROOT))) {
        return syntax;
      }
    }
    return null;
  }
}
