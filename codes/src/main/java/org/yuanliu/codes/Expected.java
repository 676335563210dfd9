package org.yuanliu.codes;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * What bare text must look like to count as a code of a scheme whose form no source confirms, or
 * whose form is so wide that it would take in everything. The types accept more: a URN or a field
 * that is known to hold such a code is read by its type alone. A platform sets its own by {@link
 * CodeReader#expecting}.
 */
public final class Expected {
  /** What is in use, as far as is known. */
  public static final Map<Scheme, Pattern> STANDARD =
      Map.of(
          // All codes that the one large issuer has given out begin with 8.
          Scheme.DRUG, Pattern.compile("8[0-9]{19}"),
          // GB/T 7635.1, sections 0 to 4: goods that can be carried.
          Scheme.GOODS, Pattern.compile("[0-4][0-9]{7}"),
          Scheme.OVERSEAS_PRODUCER, Pattern.compile("C[A-Z]{3}[0-9]{14}"),
          // Others' identifiers look like version numbers and network addresses.
          Scheme.OID, Pattern.compile("1\\.2\\.156\\..+"));

  private Expected() {}
}
