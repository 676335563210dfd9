package org.yuanliu.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.StringReader;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuanliu.codes.Refusal.Reason;
import org.yuanliu.codes.WrittenForm.Kind;

class Gs1KeyTest {
  @ParameterizedTest
  @CsvSource({
    "6901234567892, 06901234567892",
    "4006381333931, 04006381333931",
    "6291041500213, 06291041500213",
    "06901234567892, 06901234567892",
    "09521234543213, 09521234543213",
    "96385074, 00000096385074",
    "036000291452, 00036000291452",
  })
  void padsTradeItemNumbers(String digits, String gtin) {
    assertThat(Gtin.of(digits).gtin()).isEqualTo(gtin);
  }

  @ParameterizedTest
  @CsvSource({
    "6901234567893, CHECK_DIGIT",
    "690123456789, CHECK_DIGIT",
    "69012345678, LENGTH",
    "690123456789X, CHARACTER",
    "069012345678921, LENGTH",
  })
  void refusesWrongTradeItemNumbers(String digits, Reason reason) {
    assertThatExceptionOfType(CodeException.class)
        .isThrownBy(() -> Gtin.of(digits))
        .satisfies(e -> assertThat(e.refusal()).isEqualTo(new Refusal(reason, Scheme.GTIN)));
  }

  @Test
  void checksShippingContainers() {
    assertThat(Sscc.of("106141411234567897").canonical())
        .isEqualTo("https://id.gs1.org/00/106141411234567897");
    assertThatExceptionOfType(CodeException.class).isThrownBy(() -> Sscc.of("106141411234567890"));
  }

  @Test
  void writesALotInAllItsForms() {
    Lgtin lot = new Lgtin(Gtin.of("9521234543213"), "ABC");
    PrefixTable prefixes = PrefixTable.of(Map.of("952", 7));
    assertThat(lot.forms(prefixes))
        .containsExactly(
            new WrittenForm(Kind.DIGITAL_LINK, "https://id.gs1.org/01/09521234543213/10/ABC"),
            new WrittenForm(Kind.EPC_URN, "urn:epc:class:lgtin:9521234.054321.ABC"),
            new WrittenForm(Kind.ELEMENT_STRING, "(01)09521234543213(10)ABC"),
            new WrittenForm(Kind.GROUPED, "(01) 0952 1234 5432 13 (10) ABC"),
            new WrittenForm(Kind.FNC1, "\u001D010952123454321310ABC"));
    assertThat(lot.level()).isEqualTo(Level.LOT);
  }

  @Test
  void anUnknownCompanyPrefixIsNotTranslated() {
    PrefixTable prefixes = PrefixTable.of(Map.of("690", 7));
    assertThat(Gtin.of("9521234543213").forms(prefixes))
        .extracting(WrittenForm::kind)
        .doesNotContain(Kind.EPC_URN);
  }

  @Test
  void theLongestPrefixDecides() throws IOException {
    PrefixTable prefixes = PrefixTable.read(new StringReader("# GS1\n\n690,7\n6901234,9\n"));
    assertThat(prefixes.companyPrefixLength("690123456789")).hasValue(9);
    assertThat(prefixes.companyPrefixLength("690999999999")).hasValue(7);
    assertThat(prefixes.companyPrefixLength("691")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"690", "690,3", "690,13", "69x,7", "',7'", "1234567890123,7", "690,seven"})
  void aMalformedPrefixTableNamesItsLine(String line) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PrefixTable.read(new StringReader("691,7\n" + line + "\n")))
        .withMessageContaining("line 2");
  }

  @Test
  void aPieceIsOneOfItsTotal() {
    assertThat(new Itip("095212345432130102", null, null).level()).isEqualTo(Level.PRODUCT);
    assertThat(new Itip("095212345432130102", "S1", null).level()).isEqualTo(Level.ITEM);
    assertThat(new Itip("095212345432130102", null, "L1").level()).isEqualTo(Level.LOT);
    for (String pieces : new String[] {"0002", "0302"}) {
      assertThatExceptionOfType(CodeException.class)
          .isThrownBy(() -> new Itip("09521234543213" + pieces, null, null))
          .satisfies(e -> assertThat(e.refusal().reason()).isEqualTo(Reason.RANGE));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "01, 09521234543213, 21, 123456789012345678901, LENGTH",
    "01, 09521234543213, 10, A^B, CHARACTER",
    "8010, 9521234PART, 8011, 012, RANGE",
    "8010, 9521234part, 8011, 12, CHARACTER",
    "414, 9521234543210, 254, A, CHECK_DIGIT",
  })
  void refusesWrongParts(String key, String value, String qualifier, String with, Reason reason) {
    Ai keyAi = Ai.ofCode(key, 0, key.length());
    Ai qualifierAi = Ai.ofCode(qualifier, 0, qualifier.length());
    assertThat(Gs1Parse.of(keyAi, value, qualifierAi, with).problem()).isEqualTo(reason);
  }

  @Test
  void serialsAreAcceptedUpToTheirLimit() {
    assertThat(new Sgtin(Gtin.of("9521234543213"), "A".repeat(20)).serial()).hasSize(20);
    assertThat(new Giai("9521234" + "A".repeat(23)).giai()).hasSize(30);
    assertThatExceptionOfType(CodeException.class)
        .isThrownBy(() -> new Giai("9521234" + "A".repeat(24)));
  }
}
