package org.yuanliu.epcis;

/**
 * Bounds on one document. A document past any of them is refused, never cut.
 *
 * @param maxBytes size of the document in bytes of UTF-8
 * @param maxEvents events in one document
 * @param maxDepth nesting of JSON objects and arrays
 * @param maxStringLength length of a string or member name in UTF-16 units
 * @param maxUnitsPerEvent identifiers in all lists of one event together
 * @param maxNumberExponent largest absolute decimal exponent of a number: 1e400 is ten times
 *     further than any measured quantity goes, and 1e999999999 would be a gigabyte when written out
 * @param maxViolations reasons reported for one document
 */
public record Limits(
    int maxBytes,
    int maxEvents,
    int maxDepth,
    int maxStringLength,
    int maxUnitsPerEvent,
    int maxNumberExponent,
    int maxViolations) {

  /** Two transformations of 10,000 inputs into 10,000 outputs, or 10,000 ordinary events. */
  public static final int DEFAULT_MAX_BYTES = 16 << 20;

  /** As many as fill the default size with events of some 1,500 bytes. */
  public static final int DEFAULT_MAX_EVENTS = 10_000;

  /** The official samples reach 12; JSON-LD extensions of real senders stay far below this. */
  public static final int DEFAULT_MAX_DEPTH = 64;

  /** A small picture or a signature as text fits; larger things are documents of their own. */
  public static final int DEFAULT_MAX_STRING_LENGTH = 64 << 10;

  /** 10,000 inputs and 10,000 outputs with as much again to spare. */
  public static final int DEFAULT_MAX_UNITS_PER_EVENT = 40_000;

  public static final int DEFAULT_MAX_NUMBER_EXPONENT = 400;

  /** Enough to mend a document in one go, few enough to read. */
  public static final int DEFAULT_MAX_VIOLATIONS = 100;

  public static final Limits DEFAULT =
      new Limits(
          DEFAULT_MAX_BYTES,
          DEFAULT_MAX_EVENTS,
          DEFAULT_MAX_DEPTH,
          DEFAULT_MAX_STRING_LENGTH,
          DEFAULT_MAX_UNITS_PER_EVENT,
          DEFAULT_MAX_NUMBER_EXPONENT,
          DEFAULT_MAX_VIOLATIONS);

  /** Upper bound of {@code maxDepth}: trees are walked by recursion, and a thread's stack ends. */
  public static final int MAX_DEPTH_CEILING = 500;

  public Limits {
    positive(maxBytes, "maxBytes");
    positive(maxEvents, "maxEvents");
    positive(maxDepth, "maxDepth");
    positive(maxStringLength, "maxStringLength");
    positive(maxUnitsPerEvent, "maxUnitsPerEvent");
    positive(maxNumberExponent, "maxNumberExponent");
    positive(maxViolations, "maxViolations");
    if (maxDepth > MAX_DEPTH_CEILING) {
      throw new IllegalArgumentException("maxDepth is over " + MAX_DEPTH_CEILING);
    }
  }

  private static void positive(int value, String name) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is not positive: " + value);
    }
  }
}
