package org.yuanliu.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yuanliu.codes.CreditCode.Exemption;
import org.yuanliu.codes.Refusal.Reason;

class CreditCodeTest {
  private static final Exemption SEEN =
      new Exemption("registrar-1", LocalDate.of(2026, 3, 1), "business licence no. 1");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "91350100M000100Y43",
        "91110000600037341L",
        "91440300708461136T",
        "91330100799655058B",
        "91110108551385082Q",
        "91350200776049653A",
        "91440101MA5CJQ4N59",
        "91610100MA6U123487",
        "91310000MA1K00015N",
        "91445122MA4W000116",
        "91330100MA2H000142",
        "92610102MA6X00075Q"
      })
  void acceptsIssuedCodes(String code) {
    assertThat(CreditCode.of(code).value()).isEqualTo(code);
    assertThat(CreditCode.of(code).organisationCheckHolds()).isTrue();
    assertThat(CreditCode.of(code).exemption()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "91310000607294886M, CHECK_DIGIT",
    "91350203M0001QAY9B, CHECK_DIGIT",
    "12345678901234567X, CHECK_DIGIT",
    "91350100M000100Y4, LENGTH",
    "91350100M000100Y433, LENGTH",
    "91350100I000100Y43, CHARACTER",
    "9135010AM000100Y43, CHARACTER",
    "'91350100 000100Y43', CHARACTER",
  })
  void refuses(String code, Reason reason) {
    assertThatExceptionOfType(CodeException.class)
        .isThrownBy(() -> CreditCode.of(code))
        .satisfies(e -> assertThat(e.refusal()).isEqualTo(new Refusal(reason, Scheme.CREDIT)));
  }

  @Test
  void theCheckCharacterOf607294886IsB() {
    assertThat(CreditCode.of("91310000607294886B").organisationCode()).isEqualTo("60729488-6");
  }

  @Test
  void readsLowerCaseAndTellsItsParts() {
    CreditCode code = CreditCode.of("91440101ma5cjq4n59");
    assertThat(code.canonical()).isEqualTo("urn:yuanliu:uscc:91440101MA5CJQ4N59");
    assertThat(code.registeredIn()).isEqualTo(DivisionCode.of("440101"));
    assertThat(code.organisationCode()).isEqualTo("MA5CJQ4N-5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"D2143569X", "600037341", "708461136"})
  void knowsTheCheckCharacterOfOrganisationCodes(String code) {
    assertThat(CheckDigits.organisation(code, 0)).isEqualTo(code.charAt(8));
  }

  @Test
  void anExemptionLetsACodeThroughAndStaysWithIt() {
    CreditCode code = CreditCode.exempted("91350203m0001qay9b", SEEN);
    assertThat(code.value()).isEqualTo("91350203M0001QAY9B");
    assertThat(code.exemption()).contains(SEEN);
  }

  @Test
  void anExemptionIsNotKeptWhereItIsNotNeeded() {
    assertThat(CreditCode.exempted("91350100M000100Y43", SEEN).exemption()).isEmpty();
  }

  @Test
  void anExemptionMendsNoMalformedCode() {
    assertThatExceptionOfType(CodeException.class)
        .isThrownBy(() -> CreditCode.exempted("91350203M0001QAY9", SEEN));
  }

  @Test
  void anExemptionNamesWhoAndWhy() {
    LocalDate day = LocalDate.of(2026, 3, 1);
    assertThatIllegalArgumentException().isThrownBy(() -> new Exemption(" ", day, "licence"));
    assertThatIllegalArgumentException().isThrownBy(() -> new Exemption("registrar", day, ""));
  }
}
