package org.yuanliu.codes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
    "https://id.gs1.de/01/04012345999990/21/XYZ-1234,"
        + " https://id.gs1.org/01/04012345999990/21/XYZ-1234",
    "https://example.com/shop/01/9521234543213/10/A?17=261231,"
        + " https://id.gs1.org/01/09521234543213/10/A",
    "https://id.gs1.org/01/09521234543213/10/ABC123/21/12345,"
        + " https://id.gs1.org/01/09521234543213/21/12345",
  })
  void bringsGs1KeysToOneForm(String uri, String canonical) {
    assertThat(CanonicalUri.of(uri)).isEqualTo(canonical);
    assertThat(CanonicalUri.of(canonical)).isEqualTo(canonical);
  }

  @ParameterizedTest
  @CsvSource({
    "urn:epc:idpat:sgtin:4012345.066666.*, https://id.gs1.org/01/04012345666663",
    "urn:epc:idpat:grai:4012345.55555.*, https://id.gs1.org/8003/04012345555554",
    "urn:epc:id:grai:4012345.55555.987, https://id.gs1.org/8003/04012345555554987",
    "urn:epc:id:gdti:0614141.00001.1618034, https://id.gs1.org/253/06141410000121618034",
    "urn:epc:idpat:gdti:0614141.00001.*, https://id.gs1.org/253/0614141000012",
    "urn:epc:id:sgcn:4012345.67890.04711, https://id.gs1.org/255/401234567890104711",
    "urn:epc:id:gsrn:0614141.0000010253, https://id.gs1.org/8018/061414100000102534",
    "urn:epc:id:gsrnp:0614141.0000010253, https://id.gs1.org/8017/061414100000102534",
    "urn:epc:id:ginc:0614141.xyz3311cba, https://id.gs1.org/401/0614141xyz3311cba",
    "urn:epc:id:gsin:0614141.123456789, https://id.gs1.org/402/06141411234567890",
    "urn:epc:id:cpi:0614141.5PQ7%2FZ43.12345, https://id.gs1.org/8010/06141415PQ7%2FZ43/8011/12345",
    "urn:epc:idpat:cpi:0614141.5PQ7%2FZ43.*, https://id.gs1.org/8010/06141415PQ7%2FZ43",
    "urn:epc:id:itip:4012345.012345.01.02.987, https://id.gs1.org/8006/040123451234560102/21/987",
    "urn:epc:idpat:itip:4012345.012345.01.02.*, https://id.gs1.org/8006/040123451234560102",
    "urn:epc:id:upui:1234567.089456.51qIgY)%3C%26Jp3*j7'SDB,"
        + " https://id.gs1.org/01/01234567894560/235/51qIgY%29%3C%26Jp3%2Aj7'SDB",
    "urn:epc:id:sgtin:0614141.107346.32a%2Fb, https://id.gs1.org/01/10614141073464/21/32a%2Fb",
    "urn:epc:id:sgtin:0614141.107346.a.b, https://id.gs1.org/01/10614141073464/21/a.b",
    "URN:EPC:id:pgln:4012345.00000, https://id.gs1.org/417/4012345000009",
    "urn:epc:id:sgln:952005385012..0, https://id.gs1.org/414/9520053850120",
    "http://id.gs1.org/01/10614141073464/21/2018, https://id.gs1.org/01/10614141073464/21/2018",
    "https://id.gs1.org/01/10614141073464/235/T/, https://id.gs1.org/01/10614141073464/235/T",
    "https://id.gs1.org/01/10614141073464/22/V, https://id.gs1.org/01/10614141073464",
    "https://id.gs1.org/01/10614141073464/22/V/10/L/21/S?11=261121#here,"
        + " https://id.gs1.org/01/10614141073464/21/S",
    "https://id.gs1.org/01/10614141073464/10/a%2fb%7E,"
        + " https://id.gs1.org/01/10614141073464/10/a%2fb%7E",
    "https://id.gs1.org/01/10614141073464/10/a%2fb%5f,"
        + " https://id.gs1.org/01/10614141073464/10/a%2Fb_",
    "https://id.gs1.org/01/10614141073464/10/a+b, https://id.gs1.org/01/10614141073464/10/a%2Bb",
    "https://id.example.com/8003/040123455555549871, https://id.gs1.org/8003/040123455555549871",
    "https://id.gs1.org/8006/040123451234560102/10/L/21/S,"
        + " https://id.gs1.org/8006/040123451234560102/21/S",
    "https://id.gs1.org/417/4012345000009/7040/1ABC, https://id.gs1.org/417/4012345000009",
    "https://id.gs1.org/8018/061414100000102534/8019/12,"
        + " https://id.gs1.org/8018/061414100000102534",
    "urn:epc:idpat:sgcn:4012345.67890.*, https://id.gs1.org/255/4012345678901",
    "urn:epc:idpat:upui:1234567.089456.*, https://id.gs1.org/01/01234567894560",
    "urn:epc:id:sgtin:0614141.107346.a;b=c'd, https://id.gs1.org/01/10614141073464/21/a;b=c'd",
    "https://id.gs1.org/01/10614141073464/21/a%3Bb%3Dc%27d,"
        + " https://id.gs1.org/01/10614141073464/21/a;b=c'd",
    // The words of GS1 Digital Link 1.0 to 1.2.
    "https://id.gs1.org/gtin/10614141073464, https://id.gs1.org/01/10614141073464",
    "https://example.com/gtin/614141073467/lot/L/ser/S?abc=1,"
        + " https://id.gs1.org/01/00614141073467/21/S",
    "https://example.com/gtin/10614141073464/cpv/V/lot/L,"
        + " https://id.gs1.org/01/10614141073464/10/L",
    "https://example.com/gtin/10614141073464/tpx/T, https://id.gs1.org/01/10614141073464/235/T",
    "https://example.com/sscc/140123451122233341, https://id.gs1.org/00/140123451122233341",
    "https://example.com/gln/0012345111112/glnx/400, https://id.gs1.org/414/0012345111112/254/400",
    "https://example.com/party/4012345000009, https://id.gs1.org/417/4012345000009",
    "https://example.com/grai/04012345555554987, https://id.gs1.org/8003/04012345555554987",
    "https://example.com/giai/4000001111, https://id.gs1.org/8004/4000001111",
    "https://example.com/gdti/06141410000121618034, https://id.gs1.org/253/06141410000121618034",
    "https://example.com/gcn/401234567890104711, https://id.gs1.org/255/401234567890104711",
    "https://example.com/ginc/0614141xyz3311cba, https://id.gs1.org/401/0614141xyz3311cba",
    "https://example.com/gsin/06141411234567890, https://id.gs1.org/402/06141411234567890",
    "https://example.com/itip/040123451234560102/ser/987,"
        + " https://id.gs1.org/8006/040123451234560102/21/987",
    "https://example.com/cpid/06141415PQ7%2FZ43/cpsn/12345,"
        + " https://id.gs1.org/8010/06141415PQ7%2FZ43/8011/12345",
    "https://example.com/gsrn/061414100000102534/srin/12,"
        + " https://id.gs1.org/8018/061414100000102534",
    "https://example.com/gsrnp/061414100000102534, https://id.gs1.org/8017/061414100000102534",
  })
  void coversEveryKeyOfTheEventHash(String uri, String canonical) {
    assertThat(CanonicalUri.of(uri)).isEqualTo(canonical);
    assertThat(CanonicalUri.of(canonical)).isEqualTo(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "urn:uuid:0a5c3b52-6d19-4f0f-9a39-6ad4b0e9f1aa",
        "urn:epc:id:gid:95100000.12345.400",
        "urn:epc:idpat:sgtin:4012345.*.*",
        "urn:epc:idpat:sgtin:4012345.066666.12",
        "urn:epc:idpat:sgln:4012345.00001.*",
        "urn:epc:class:sgtin:4012345.066666.1",
        "urn:epc:id:sgtin:4012345.06666.1",
        "urn:epc:id:sgtin:4012345.0666666.1",
        "urn:epc:id:sgtin:401.0666666666.1",
        "urn:epc:id:sgtin:4012345.066666.",
        "urn:epc:id:sgtin:4012345.066666.a%2",
        "urn:epc:id:sgtin:4012345.066666.a b",
        "urn:epc:id:sscc:4012345.",
        "urn:epc:id:gdti:4012345.00001.",
        "urn:epc:id:grai:4012345.55555.12345678901234567",
        "urn:yuanliu:trace:61010200100010000045",
        "http://transaction.acme.com/po/12345678",
        "https://ref.gs1.org/cbv/BizStep-shipping",
        "https://id.gs1.org/01/10614141073465/21/2018",
        "https://id.gs1.org/00/10614141123456789",
        "https://id.gs1.org/8003/140123455555549871",
        "https://example.com/orders/8004/A1",
        "https://example.com/GTIN/10614141073464",
        "https://example.com/lot/10614141073464",
        "https://example.com/party/4012345000001",
        "https://example.com/01/10614141073464/17/261231",
        "https://example.com/?01=10614141073464",
        "https://example.com?/01/10614141073464",
        "https://id.gs1.org/ARFKk4XB0CDKWcnpq",
        "https://",
        "mailto:a@example.com/01/10614141073464",
      })
  void leavesEveryOtherUriAsItIs(String uri) {
    assertThat(CanonicalUri.of(uri)).isSameAs(uri);
  }

  @Test
  void looksIntoUrisUpToItsLimit() {
    String tail = "/01/10614141073464";
    String host = "https://example.com/";
    String stem = host + "x".repeat(CanonicalUri.MAX_LENGTH - host.length() - tail.length());
    assertThat(CanonicalUri.of(stem + tail)).isEqualTo("https://id.gs1.org/01/10614141073464");
    assertThat(CanonicalUri.of(stem + "x" + tail)).isEqualTo(stem + "x" + tail);
  }

  @ParameterizedTest
  @CsvSource({
    "https://id.gs1.org/01/10614141073464, true",
    "https://id.gs1.org/01/10614141073464/10/A, true",
    "https://id.gs1.org/01/10614141073464/21/A, false",
    "https://id.gs1.org/01/10614141073464/235/A, false",
    "https://id.gs1.org/00/106141411234567897, false",
    "https://id.gs1.org/8003/04012345555554, true",
    "https://id.gs1.org/8003/04012345555554987, false",
    "https://id.gs1.org/8010/0614141A, true",
    "https://id.gs1.org/8010/0614141A/8011/1, false",
    "urn:yuanliu:batch:6101020010000007, true",
    "urn:yuanliu:trace:61010200100010000045, true",
    "urn:yuanliu:eartag:161012412345678, false",
    "urn:uuid:0a5c3b52-6d19-4f0f-9a39-6ad4b0e9f1aa, false",
  })
  void tellsClassesFromSingleThings(String canonical, boolean isLot) {
    assertThat(CanonicalUri.isLot(canonical)).isEqualTo(isLot);
  }

  /** Fixed for good: rows are stored under it. */
  @Test
  void aUnitKeyIsTheFirstHalfOfTheSha256OfTheCanonicalForm() {
    // printf %s https://id.gs1.org/01/09521234543213/10/ABC | sha256sum
    assertThat(UnitKey.of("https://id.gs1.org/01/09521234543213/10/ABC").value())
        .hasToString("22b3501a-7af9-ff95-6757-ef4309cc27e1");
  }
}
