package org.yuanliu.codes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalUriTest {
  @ParameterizedTest
  @CsvSource({
    "urn:epc:id:sgtin:0614141.107346.2018, https://id.gs1.org/01/10614141073464/21/2018",
    "urn:epc:class:lgtin:4012345.012345.998877, https://id.gs1.org/01/04012345123456/10/998877",
    "urn:epc:id:sgln:0012345.11111.400, https://id.gs1.org/414/0012345111112/254/400",
    "urn:epc:id:sgln:0012345.11111.0, https://id.gs1.org/414/0012345111112",
    "urn:epc:id:sscc:4012345.1112223334, https://id.gs1.org/00/140123451122233341",
    "urn:epc:id:giai:4000001.111, https://id.gs1.org/8004/4000001111",
    "urn:epc:id:pgln:4012345.00000, https://id.gs1.org/417/4012345000009",
    "https://id.gs1.de/01/04012345999990/21/XYZ-1234, https://id.gs1.org/01/04012345999990/21/XYZ-1234",
    "https://example.com/shop/01/9521234543213/10/A?17=261231, https://id.gs1.org/01/09521234543213/10/A",
    "https://id.gs1.org/01/09521234543213/10/ABC123/21/12345, https://id.gs1.org/01/09521234543213/21/12345",
  })
  void bringsGs1KeysToOneForm(String uri, String canonical) {
    assertThat(CanonicalUri.of(uri)).isEqualTo(canonical);
    assertThat(CanonicalUri.of(canonical)).isEqualTo(canonical);
  }
}
