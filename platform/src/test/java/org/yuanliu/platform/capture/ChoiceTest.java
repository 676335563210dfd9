package org.yuanliu.platform.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuanliu.platform.capture.TestEvents.event;
import static org.yuanliu.platform.capture.TestEvents.id;
import static org.yuanliu.platform.capture.TestEvents.single;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** A text that fits several schemes: what there is a record of decides, else it is a choice. */
class ChoiceTest extends CaptureServer {
  /** A trace code of the 21,220,0001st trade, and a voucher of 22 December 2021. */
  private static final String KNOWN = "61010200102112220001";

  private static final String UNKNOWN = "61010200102112220002";

  @Test
  void whatIsKnownDecidesAndNothingElseDoes() {
    String key = key(someParty());
    HttpResponse<String> unknown = get("/api/v1/trace/" + KNOWN, key);
    assertThat(unknown.statusCode()).isEqualTo(300);
    assertThat(unknown.body())
        .contains("urn:yuanliu:trace:" + KNOWN)
        .contains("urn:yuanliu:voucher:" + KNOWN);
    assertThat(get("/t/" + KNOWN, "").statusCode()).isEqualTo(404);

    record(key, "urn:yuanliu:trace:" + KNOWN);
    assertThat(get("/t/" + KNOWN, "").statusCode()).isEqualTo(200);
    HttpResponse<String> traced = get("/api/v1/trace/" + KNOWN, key);
    assertThat(traced.statusCode()).as(traced.body()).isEqualTo(200);
    assertThat(traced.body()).contains("urn:yuanliu:trace:" + KNOWN);
    assertThat(get("/api/v1/units/" + KNOWN + "/events", key).statusCode()).isEqualTo(200);
    // What he may not see decides nothing for another: he is told no more than before.
    assertThat(get("/api/v1/trace/" + KNOWN, key(someParty())).statusCode()).isEqualTo(300);
    assertThat(get("/api/v1/trace/" + UNKNOWN, key).statusCode()).isEqualTo(300);
  }

  @Test
  void theQrCodeOfAnAmbiguousTextLeadsToItsOwnPage() {
    record(key(someParty()), "urn:yuanliu:trace:" + KNOWN);
    String page = get("/t/" + KNOWN, "").body();
    assertThat(page).contains("/q/urn%3Ayuanliu%3Atrace%3A".replace("%3A", ":"));
    assertThat(get("/q/urn:yuanliu:trace:" + KNOWN + ".svg", "").statusCode()).isEqualTo(200);
  }

  @Test
  void aPersonsNumberIsNotWrittenIntoThePage() {
    HttpResponse<String> answer = get("/t/11010519491231002X", "");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body().replace("otherLanguage", ""))
        .contains("公民身份号码")
        .doesNotContain("value=\"11010519491231002X\"");
  }

  private void record(String key, String lot) {
    String members =
        ", \"quantityList\": [{\"epcClass\": \"" + lot + "\", \"quantity\": 2, \"uom\": \"KGM\"}]";
    HttpResponse<String> sent = post("/epcis/events", key, single(event(id(), members)));
    assertThat(sent.statusCode()).as(sent.body()).isEqualTo(201);
  }
}
