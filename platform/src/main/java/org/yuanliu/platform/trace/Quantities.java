package org.yuanliu.platform.trace;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came in and went out of each lot, and what was drawn on each document, over everything that
 * is stored: a verdict needs the whole, whoever asks. Only verdicts may leave, never these numbers.
 */
public interface Quantities {

  /**
   * For each holder of each unit and unit of measure; an item counts one, lots without quantities are
   * left out.
   */
  List<Balance> balances(Collection<String> units);

  /** By the id that events cite; documents that no event cites are left out. */
  Map<String, Draw> draws(Collection<String> documents);

  /**
   * What a holder got and passed on of a lot.
   *
   * @param unit canonical URI of the lot
   * @param holder key of the party
   * @param uom UN/ECE Recommendation 20; null if counted
   * @param in made, or taken in by the holder's own record, else handed over by the giver's
   * @param out used, sent off or destroyed
   */
  record Balance(String unit, String holder, @Nullable String uom, BigDecimal in, BigDecimal out) {}

  /**
   * What was drawn on a document. A document travels on with its goods and is cited again at every
   * step, so its draws are summed for each party that gave goods under it: distinct lots that it
   * made or sent off, or that others took in from it, whichever is more. The greatest of these sums
   * counts.
   *
   * @param byUom sums by unit of measure; single items are counted under the empty string
   */
  record Draw(Map<String, BigDecimal> byUom) {
    public Draw {
      byUom = Map.copyOf(byUom);
    }

    /** In the document's own unit of measure; items where it counts pieces. */
    public BigDecimal quantity(@Nullable String uom) {
      BigDecimal exact = byUom.get(uom == null ? "" : uom);
      return exact != null ? exact : pieces(uom) ? byUom.getOrDefault("", BigDecimal.ZERO) : BigDecimal.ZERO;
    }

    /** Rec 20 codes for single things: piece, each, head. */
    private static boolean pieces(@Nullable String uom) {
      return uom == null || uom.equals("H87") || uom.equals("EA") || uom.equals("HEA");
    }
  }
}
