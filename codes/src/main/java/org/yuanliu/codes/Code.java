package org.yuanliu.codes;

import java.util.List;
import java.util.Map;

/**
 * An identification code that is well formed and whose check digit, where its scheme has one,
 * holds.
 *
 * <p>Two codes are equal exactly when their canonical forms are. A new scheme is a new record in
 * this package and its line in {@link Scheme}; the compiler then asks for its name in the {@code
 * permits} clause of its family.
 */
public sealed interface Code permits Gs1Key, NationalCode {
  /** Which scheme the code belongs to. */
  Scheme scheme();

  /** What the code names; some schemes tell it only by their qualifiers. */
  default Level level() {
    return scheme().level();
  }

  /** The one URI that names this unit, party or place whatever form it was read from. */
  String canonical();

  /** As printed: bare characters, or the bracketed element string of a GS1 key. */
  String plain();

  /** {@link #plain()} in groups of four, for reading aloud. */
  String grouped();

  /**
   * What the code says beside naming its unit, by name: {@code registration} of a pesticide, {@code
   * species} of an ear tag. Empty where it tells nothing.
   */
  default Map<String, String> parts() {
    return Map.of();
  }

  /** Every written form that needs no company-prefix table. Each reads back to this code. */
  default List<WrittenForm> forms() {
    return forms(PrefixTable.empty());
  }

  /** Every written form, the EPC URN among them where the table knows the company prefix. */
  List<WrittenForm> forms(PrefixTable prefixes);
}
