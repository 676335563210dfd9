package org.yuanliu.codes;

import static java.util.Objects.requireNonNull;

/**
 * One way of writing a code down.
 *
 * @param kind which way
 * @param text the code written so
 */
public record WrittenForm(Kind kind, String text) {
  public WrittenForm {
    requireNonNull(kind, "kind is null");
    requireNonNull(text, "text is null");
  }

  /** The ways of writing. */
  public enum Kind {
    /** Bare characters as on a receipt; may fit several schemes. */
    PLAIN,
    /** Bare characters in groups of four; may fit several schemes. */
    GROUPED,
    /** {@code urn:yuanliu:…}, the canonical form of codes that are not GS1 keys. */
    URN,
    /** GS1 Digital Link URI on id.gs1.org. */
    DIGITAL_LINK,
    /** EPC URN of the GS1 Tag Data Standard. */
    EPC_URN,
    /** GS1 element string with application identifiers in brackets. */
    ELEMENT_STRING,
    /** Text of the QR code that the scheme's regulation prescribes. */
    QR_TEXT,
    /** EPC as an RFID tag carries it (GS1 TDS 14), in hexadecimal digits. */
    EPC_BINARY,
    /** GS1 element string as a symbol carries it; U+001D stands for FNC1. */
    FNC1
  }
}
