package org.yuanliu.platform.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conversions by hand. */
class UomTest {

  @ParameterizedTest
  @CsvSource({
    "1500, GRM, KGM, 1.5",
    "1, LBR, GRM, 453.59237",
    "212, FAH, CEL, 100",
    "0, CEL, KEL, 273.15",
    "-40, FAH, CEL, -40",
    "36, KMH, MTS, 10",
    "1, HUR, MIN, 60",
    "101325, PAL, ATM, 1",
    "50, P1, C62, 0.5",
    "1, GLI, LTR, 4.54609",
    "1, KWH, 3B, 3.6",
    "5, XYZ, XYZ, 5"
  })
  void converts(String value, String from, String to, String expected) {
    assertThat(Uom.convert(new BigDecimal(value), from, to, true))
        .isEqualByComparingTo(new BigDecimal(expected));
  }

  @Test
  void aDifferenceHasNoZeroPoint() {
    assertThat(Uom.convert(new BigDecimal("9"), "FAH", "CEL", false))
        .isEqualByComparingTo(new BigDecimal("5"));
  }

  @ParameterizedTest
  @CsvSource({"KGM, LTR", "KGM, XYZ", "XYZ, KGM"})
  void whatIsOfAnotherDimensionIsNotConverted(String from, String to) {
    assertThat(Uom.convert(BigDecimal.ONE, from, to, true)).isNull();
  }
}
