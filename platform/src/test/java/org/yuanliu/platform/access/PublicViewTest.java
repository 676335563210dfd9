package org.yuanliu.platform.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.yuanliu.epcis.DocumentReader;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.epcis.Limits;
import org.yuanliu.epcis.ReadResult;
import org.yuanliu.platform.access.PublicView.PublicTest;

class PublicViewTest {
  private static final String EVENT =
      """
      {"@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
                    {"yl": "https://yuanliu.org/ns/", "ex": "https://example.org/"}],
       "type": "ObjectEvent", "action": "OBSERVE",
       "eventTime": "2026-11-20T05:10:00+08:00", "eventTimeZoneOffset": "+08:00",
       "epcList": ["urn:epc:id:sscc:0614141.1234567890"],
       "quantityList": [{"epcClass": "urn:yuanliu:batch:6101020010000001", "quantity": 812.5, "uom": "KGM"}],
       "bizStep": "shipping",
       "bizLocation": {"id": "urn:yuanliu:node:610102001"},
       "bizTransactionList": [
         {"type": "yl:BTT-meat_inspection_certificate", "bizTransaction": "urn:yuanliu:document:c:SECRETLESS-1"},
         {"type": "yl:BTT-trade_voucher", "bizTransaction": "urn:yuanliu:document:v:VOUCHER-77"},
         {"type": "inv", "bizTransaction": "urn:yuanliu:document:i:INVOICE-88"}],
       "sourceList": [{"type": "owning_party", "source": "urn:yuanliu:uscc:91310000MA1K00015N"}],
       "destinationList": [{"type": "owning_party", "destination": "urn:yuanliu:uscc:91330100MA2H000142"}],
       "yl:product": "21111001", "yl:productName": "白条猪",
       "yl:division": "610102",
       "yl:testResult": {"yl:item": "瘦肉精", "yl:method": "胶体金", "yl:conclusion": "pass",
                         "yl:tester": "TESTER-NAME"},
       "yl:price": 23.8, "yl:plate": "陕A12345", "ex:phone": "13900001111",
       "yl:attribution": "inferred"}
      """;

  private static EpcisEvent event(String json) {
    ReadResult result = new DocumentReader(Limits.DEFAULT).readEvent(json.getBytes(UTF_8));
    assertThat(result).isInstanceOf(ReadResult.Accepted.class);
    return ((ReadResult.Accepted) result).events().getFirst();
  }

  @Test
  void showsWhatTheLawMakesPublic() {
    PublicView view =
        new DisclosurePolicy((event, industry, reader) -> event).publicView(event(EVENT));
    assertThat(view.bizStep()).endsWith("BizStep-shipping");
    assertThat(view.eventTime()).isEqualTo("2026-11-19T21:10:00Z");
    assertThat(view.place()).isEqualTo("urn:yuanliu:node:610102001");
    assertThat(view.division()).isEqualTo("610102");
    assertThat(view.product()).isEqualTo("21111001");
    assertThat(view.productName()).isEqualTo("白条猪");
    assertThat(view.inferred()).isTrue();
    assertThat(view.test()).isEqualTo(new PublicTest("瘦肉精", "胶体金", null, null, "pass"));
    assertThat(view.documents())
        .singleElement()
        .satisfies(cited -> assertThat(cited.id()).endsWith("SECRETLESS-1"));
  }

  @Test
  void hidesTheTradesOwnAndPeoplesOwn() {
    String shown =
        new DisclosurePolicy((event, industry, reader) -> event)
            .publicView(event(EVENT))
            .toString();
    assertThat(shown)
        .doesNotContain("812")
        .doesNotContain("23.8")
        .doesNotContain("12345")
        .doesNotContain("1390000")
        .doesNotContain("VOUCHER")
        .doesNotContain("INVOICE")
        .doesNotContain("TESTER")
        .doesNotContain("91330100MA2H000142")
        .doesNotContain("91310000MA1K00015N");
  }

  @Test
  void takesNoObjectsAndNoLongTextsForNames() {
    String odd =
        EVENT
            .replace("\"yl:productName\": \"白条猪\"", "\"yl:productName\": {\"yl:price\": 23.8}")
            .replace("\"yl:product\": \"21111001\"", "\"yl:product\": \"" + "x".repeat(201) + "\"");
    PublicView view =
        new DisclosurePolicy((event, industry, reader) -> event).publicView(event(odd));
    assertThat(view.productName()).isNull();
    assertThat(view.product()).isNull();
  }
}
