package org.yuanliu.platform.capture;

import org.jspecify.annotations.Nullable;

/**
 * What happens to a document some of whose events are wrong (EPCIS 2.0 §12.6; header
 * GS1-Capture-Error-Behaviour). The codes are stored; they never change their meaning.
 */
enum ErrorBehaviour {
  /** All or nothing. */
  ROLLBACK(1, "rollback"),
  /** Whatever can be stored is stored, and the job tells what was not. */
  PROCEED(2, "proceed");

  private final short code;
  private final String value;

  ErrorBehaviour(int code, String value) {
    this.code = (short) code;
    this.value = value;
  }

  short code() {
    return code;
  }

  /** As the header says it. */
  String value() {
    return value;
  }

  static @Nullable ErrorBehaviour ofValue(String value) {
    for (ErrorBehaviour behaviour : values()) {
      if (behaviour.value.equals(value)) {
        return behaviour;
      }
    }
    return null;
  }

  static ErrorBehaviour ofCode(int code) {
    return switch (code) {
      case 1 -> ROLLBACK;
      case 2 -> PROCEED;
      default -> throw new IllegalArgumentException("no behaviour has the code " + code);
    };
  }
}
