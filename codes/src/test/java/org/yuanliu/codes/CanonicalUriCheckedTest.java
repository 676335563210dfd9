package org.yuanliu.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yuanliu.codes.CanonicalUri.FailedCheck;

class CanonicalUriCheckedTest {
  @ParameterizedTest
  @CsvSource({
    "https://id.gs1.org/01/04012345111119/21/9876, code.check-digit",
    "https://id.gs1.org/414/4012345000116, code.check-digit",
    "https://id.gs1.org/01/0401234511111, code.check-digit",
    "https://id.gs1.org/01/040123451/21/1, code.length",
    "urn:epc:id:sgtin:4012345.0111111.9876, code.bad-urn",
    "urn:epc:id:sscc:4012345.33, code.bad-urn",
    "urn:epc:class:lgtin:4012345.11111.A, code.bad-urn",
    "urn:yuanliu:trace:6101020010001000004, code.bad-urn",
    "urn:yuanliu:trace:61010200000010000045, code.range",
    "urn:yuanliu:eartag:961012412345678, code.range",
    "urn:yuanliu:uscc:91440101ma5cjq4n59, code.bad-urn",
    "urn:yuanliu:uscc:91350100I000100Y43, code.bad-urn",
    "urn:yuanliu:gtin:6901234567892, code.bad-urn",
    "urn:yuanliu:sgtin:6901234567892.1, code.bad-urn",
  })
  void refusesWhatClaimsToBeAKeyAndIsNone(String uri, String reason) {
    assertThatExceptionOfType(CodeException.class)
        .isThrownBy(() -> CanonicalUri.checked(uri))
        .satisfies(e -> assertThat(e.refusal().code()).isEqualTo(reason));
    assertThat(CanonicalUri.of(uri)).isEqualTo(uri);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.cn/orders/253/12",
        "https://shop.example.cn/01/04012345111119/21/9876",
        "https://shop.example.cn/8003/04012345555551987",
        "https://id.gs1.org/somewhere/else",
        "urn:epc:id:usdod:2S194.68719476735",
        "urn:epc:idpat:sgtin:4012345.*.*",
        "urn:epcglobal:cbv:bt:4012345000009:ASN1099",
        "geo:34.26,108.95",
        "urn:yuanliu:trace:61010200100010000045",
        "urn:yuanliu:uscc:91350203M0001QAY9B",
        "urn:yuanliu:stall:12",
        "urn:yuanliu:",
      })
  void leavesWhatClaimsNothing(String uri) {
    assertThat(CanonicalUri.checked(uri)).isEqualTo(uri);
  }

  @Test
  void letsThroughByNameWhatWasReallyIssued() {
    String wrong = "SC10161010400016";
    Exemptions granted =
        Exemptions.of(
            List.of(
                new Exemption(
                    Scheme.FOOD_LICENCE, wrong, "seen", "office", LocalDate.of(2026, 1, 1), null)));
    String uri = "urn:yuanliu:sc:" + wrong;
    assertThat(CanonicalUri.checked(uri, granted)).isEqualTo(uri);
    assertThat(CanonicalUri.failedCheck(uri))
        .isEqualTo(new FailedCheck(Scheme.FOOD_LICENCE, wrong));
    assertThat(CanonicalUri.failedCheck("urn:yuanliu:sc:SC10161010400015")).isNull();
    assertThat(CanonicalUri.failedCheck("urn:yuanliu:stall:12")).isNull();
    assertThat(CanonicalUri.failedCheck("https://id.gs1.org/01/04012345111119")).isNull();
    for (String other :
        new String[] {
          "urn:yuanliu:sc:SC10161010400017", "urn:yuanliu:sc:S%43" + wrong.substring(2), uri + "0"
        }) {
      assertThatExceptionOfType(CodeException.class)
          .as(other)
          .isThrownBy(() -> CanonicalUri.checked(other, granted));
    }
    assertThatExceptionOfType(CodeException.class).isThrownBy(() -> CanonicalUri.checked(uri));
  }

  @ParameterizedTest
  @CsvSource({
    "urn:epc:id:sgtin:4012345.011111.9876, https://id.gs1.org/01/04012345111118/21/9876",
    "https://shop.example.cn/x/01/04012345111118/21/9876?a=b,"
        + " https://id.gs1.org/01/04012345111118/21/9876",
  })
  void agreesWithTheUncheckedFormOnWhatIsRight(String uri, String canonical) {
    assertThat(CanonicalUri.checked(uri)).isEqualTo(canonical);
    assertThat(CanonicalUri.of(uri)).isEqualTo(canonical);
  }
}
