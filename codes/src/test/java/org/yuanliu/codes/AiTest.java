package org.yuanliu.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lengths as the GS1 General Specifications state them, written down here a second time. */
class AiTest {
  private static final String GTIN = "09521234543213";

  @ParameterizedTest
  @CsvSource({
    "00, 18, 18",
    "01, 14, 14",
    "10, 1, 20",
    "21, 1, 20",
    "22, 1, 20",
    "235, 1, 28",
    "253, 13, 30",
    "254, 1, 20",
    "255, 13, 25",
    "401, 5, 30",
    "402, 17, 17",
    "414, 13, 13",
    "417, 13, 13",
    "7040, 4, 4",
    "8003, 14, 30",
    "8004, 5, 30",
    "8006, 18, 18",
    "8010, 5, 30",
    "8011, 1, 12",
    "8017, 18, 18",
    "8018, 18, 18",
    "8019, 1, 10",
  })
  void takesItsLengthsAndNoOther(String code, int min, int max) {
    Ai ai = Ai.ofCode(code, 0, code.length());
    assertThat(ai).isNotNull();
    assertThat(ai.problem(value(ai, min))).as("shortest").isNull();
    assertThat(ai.problem(value(ai, max))).as("longest").isNull();
    assertThat(ai.problem(value(ai, max) + "1")).isEqualTo(Refusal.Reason.LENGTH);
    assertThat(ai.problem(value(ai, min).substring(1))).isEqualTo(Refusal.Reason.LENGTH);
  }

  @Test
  void allOfThemAreListedAbove() {
    assertThat(Arrays.stream(Ai.values()).map(Ai::code)).hasSize(22).doesNotHaveDuplicates();
  }

  /** Ones throughout, check digits and pieces of a whole set right. */
  private static String value(Ai ai, int length) {
    return switch (ai) {
      case SSCC, GTIN, GLN, PARTY_GLN, GSIN, GSRN_PROVIDER, GSRN_RECIPIENT ->
          CheckDigits.withGs1("1".repeat(length - 1));
      case GDTI, GCN -> CheckDigits.withGs1("1".repeat(12)) + "1".repeat(length - 13);
      case GRAI -> CheckDigits.withGs1("0" + "1".repeat(12)) + "1".repeat(length - 14);
      case ITIP -> CheckDigits.withGs1("1".repeat(13)) + "0101";
      case BATCH,
          SERIAL,
          VARIANT,
          TPX,
          GLN_EXTENSION,
          GINC,
          DIGITAL_LOCATION,
          GIAI,
          CPID,
          CPID_SERIAL,
          SERVICE_RELATION_INSTANCE ->
          "1".repeat(length);
    };
  }

  /**
   * Values of predefined length (General Specifications, figure 7.8.5-2) end without FNC1: one
   * digit more or less and what follows is another string. AI 20 has two digits.
   */
  @ParameterizedTest
  @CsvSource({
    "02, 14", "03, 14", "11, 6", "12, 6", "13, 6", "15, 6", "16, 6", "17, 6", "20, 2", "3100, 6",
    "3205, 6", "3302, 6", "3400, 6", "3569, 6", "3601, 6", "410, 13", "415, 13",
  })
  void aPredefinedLengthNeedsNoSeparator(String code, int length) {
    String value = "7".repeat(length);
    assertThat(ElementString.readFnc1(code + value + "01" + GTIN + "10A"))
        .isEqualTo(List.of(new Lgtin(Gtin.of(GTIN), "A")));
    String separator = "\u001D";
    assertThat(ElementString.readFnc1(code + value + separator + "01" + GTIN))
        .isEqualTo(List.of(Gtin.of(GTIN)));
    assertThatThrownBy(
            () -> ElementString.readFnc1(code + value.substring(1) + separator + "01" + GTIN))
        .isInstanceOf(CodeException.class);
    assertThatThrownBy(() -> ElementString.readFnc1(code + value + "7" + separator + "01" + GTIN))
        .isInstanceOf(CodeException.class);
  }

  /** All others run to the separator or the end. */
  @ParameterizedTest
  @CsvSource({"10", "21", "22", "30", "37", "90", "99", "240", "400", "7003", "8008", "8200"})
  void anOpenLengthRunsToTheSeparator(String code) {
    for (int length : new int[] {1, 6, 18}) {
      assertThat(
              ElementString.readFnc1(code + "7".repeat(length) + "\u001D01" + GTIN)
                  .getFirst()
                  .elements()
                  .getFirst()
                  .value())
          .isEqualTo(GTIN);
    }
    assertThatThrownBy(() -> ElementString.readFnc1(code + "7" + "01" + GTIN))
        .isInstanceOf(CodeException.class);
  }
}
