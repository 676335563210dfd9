package org.yuanliu.platform.query;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yuanliu.codes.CanonicalUri;

/** Patterns of identities beside units that fit and units that do not. */
class UnitPatternTest {

  @ParameterizedTest
  @CsvSource({
    "urn:epc:idpat:sgtin:0614141.107346.*, urn:epc:id:sgtin:0614141.107346.2017, true",
    "urn:epc:idpat:sgtin:0614141.107346.*, urn:epc:id:sgtin:0614141.107347.2017, false",
    "urn:epc:idpat:sgtin:0614141.107346.*, urn:epc:idpat:sgtin:0614141.107346.*, false",
    "urn:epc:idpat:sgtin:0614141.*.*, https://example.com/01/10614141073464/21/5, true",
    "urn:epc:idpat:sgtin:0614141.*.*, urn:epc:id:sgtin:0614142.107346.2017, false",
    "urn:epc:idpat:sgtin:*.*.*, urn:epc:id:sgtin:0614142.107346.2017, true",
    "urn:epc:idpat:sgtin:*.*.*, urn:epc:id:sscc:0614141.1234567890, false",
    "urn:epc:idpat:sscc:0614141.*, urn:epc:id:sscc:0614141.1234567890, true",
    "urn:epc:idpat:sscc:0614142.*, urn:epc:id:sscc:0614141.1234567890, false",
    "urn:epc:idpat:sgln:0614141.00777.*, urn:epc:id:sgln:0614141.00777.0, true",
    "urn:epc:idpat:sgln:0614141.00777.*, urn:epc:id:sgln:0614141.00777.7, true",
    "urn:epc:idpat:sgln:0614141.00777.*, urn:epc:id:sgln:0614141.00778.7, false",
    "urn:epc:idpat:grai:0614141.12345.*, urn:epc:id:grai:0614141.12345.400, true",
    "urn:epc:idpat:giai:0614141.*, urn:epc:id:giai:0614141.12345400, true",
    "urn:epc:idpat:giai:0614142.*, urn:epc:id:giai:0614141.12345400, false",
    "urn:epc:idpat:gid:95100000.12345.*, urn:epc:id:gid:95100000.12345.400, true",
    "urn:epc:idpat:gid:95100000.12346.*, urn:epc:id:gid:95100000.12345.400, false",
    "https://id.gs1.org/01/10614141073464/21/*, urn:epc:id:sgtin:0614141.107346.2017, true",
    "https://example.com/01/10614141073464/10/*, urn:epc:class:lgtin:0614141.107346.L1, true",
    "https://id.gs1.org/01/10614141073464/10/*, urn:epc:id:sgtin:0614141.107346.2017, false"
  })
  void itemsFitOrNot(String pattern, String unit, boolean fits) {
    assertThat(UnitPattern.isPattern(pattern)).isTrue();
    UnitPattern read = UnitPattern.of(pattern, false);
    assertThat(read).as(pattern).isNotNull();
    assertThat(read.matches(CanonicalUri.of(unit))).isEqualTo(fits);
  }

  @ParameterizedTest
  @CsvSource({
    "urn:epc:idpat:sgtin:0614141.107346.*, urn:epc:idpat:sgtin:0614141.107346.*, true",
    "urn:epc:idpat:sgtin:0614141.*.*, urn:epc:idpat:sgtin:0614141.107346.*, true",
    "urn:epc:idpat:sgtin:0614142.*.*, urn:epc:idpat:sgtin:0614141.107346.*, false",
    "urn:epc:class:lgtin:0614141.107346.*, urn:epc:class:lgtin:0614141.107346.L1, true",
    "urn:epc:class:lgtin:0614141.*.*, urn:epc:class:lgtin:0614141.107346.L1, true"
  })
  void classesFitOrNot(String pattern, String unit, boolean fits) {
    UnitPattern read = UnitPattern.of(pattern, true);
    assertThat(read).as(pattern).isNotNull();
    assertThat(read.matches(CanonicalUri.of(unit))).isEqualTo(fits);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "urn:epc:idpat:sgtin:*.107346.*",
        "urn:epc:idpat:sgtin:0614141.*.7",
        "urn:epc:idpat:sgtin:0614141.*",
        "urn:epc:idpat:sgtin:06x4141.*.*",
        "urn:epc:idpat:sgtin:(.*)+.*.*",
        "urn:epc:idpat:rumour:1.*",
        "urn:epc:idpat:*",
        "urn:epc:idpat:",
        "http:/*",
        "https://example.com/*"
      })
  void whatIsNoPatternIsNone(String text) {
    assertThat(UnitPattern.of(text, false)).isNull();
  }
}
