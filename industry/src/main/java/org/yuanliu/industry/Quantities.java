package org.yuanliu.industry;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Units of measure that are brought to one before they are added up (UN/ECE Recommendation 20). */
public final class Quantities {
  private static final Map<String, BigDecimal> KILOGRAMS =
      Map.of(
          "KGM", BigDecimal.ONE,
          "GRM", new BigDecimal("0.001"),
          "MGM", new BigDecimal("0.000001"),
          "TNE", new BigDecimal("1000"),
          "KTN", new BigDecimal("1000000"));

  private static final Map<String, BigDecimal> LITRES =
      Map.of(
          "LTR", BigDecimal.ONE,
          "MLT", new BigDecimal("0.001"),
          "MTQ", new BigDecimal("1000"));

  private Quantities() {}

  /** In kilograms or litres where the unit of measure is one of these; otherwise as it is. */
  public static BigDecimal plain(BigDecimal quantity, @Nullable String uom) {
    if (uom == null) {
      return quantity;
    }
    BigDecimal factor = KILOGRAMS.getOrDefault(uom, LITRES.get(uom));
    return factor == null ? quantity : quantity.multiply(factor);
  }
}
