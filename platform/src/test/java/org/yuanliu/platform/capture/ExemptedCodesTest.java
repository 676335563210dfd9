package org.yuanliu.platform.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.access.ViewerKind;
import org.yuanliu.platform.journal.Standing;
import tools.jackson.databind.JsonNode;

/** Codes in events whose check fails though they were really issued. */
class ExemptedCodesTest extends CaptureServer {
  private static final LocalDate TODAY = LocalDate.now(ZoneId.of("Asia/Shanghai"));

  /** The last digit should be 6. */
  private static final String WRONG = "86904879000127";

  private static final String RIGHT = "86904879000126";

  private static String event(String code, int minute) {
    return """
    {"type": "ObjectEvent", "action": "OBSERVE",
     "eventTime": "2026-11-20T08:%02d:00+08:00", "eventTimeZoneOffset": "+08:00",
     "quantityList": [{"epcClass": "urn:yuanliu:drugproduct:%s", "quantity": 3}]}
    """
        .formatted(minute, code);
  }

  private static String xml(String code, int minute) {
    return """
    <epcis:EPCISDocument xmlns:epcis="urn:epcglobal:epcis:xsd:2" schemaVersion="2.0"
        creationDate="2026-11-20T00:00:00Z"><EPCISBody><EventList><ObjectEvent>
      <eventTime>2026-11-20T08:%02d:00+08:00</eventTime>
      <eventTimeZoneOffset>+08:00</eventTimeZoneOffset>
      <epcList/><action>OBSERVE</action>
      <quantityList><quantityElement>
        <epcClass>urn:yuanliu:drugproduct:%s</epcClass><quantity>3</quantity>
      </quantityElement></quantityList>
    </ObjectEvent></EventList></EPCISBody></epcis:EPCISDocument>
    """
        .formatted(minute, code);
  }

  private HttpResponse<String> sentXml(String firm, String code, int minute) {
    return send(
        request("/epcis/capture", firm)
            .header("Content-Type", "application/xml")
            .POST(HttpRequest.BodyPublishers.ofString(xml(code, minute))));
  }

  @Test
  void areTakenWhileTheExemptionHoldsAndNotedWithIt() {
    String firm = key(someParty());
    String operator =
        key(someParty(), ViewerKind.OPERATOR, Permission.ofOperator(), Standing.DECLARED);
    HttpResponse<String> refused = post("/epcis/events", firm, TestEvents.single(event(WRONG, 0)));
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("invalid_code").contains("epcClass");
    assertThat(sentXml(firm, WRONG, 0).statusCode()).isEqualTo(400);

    HttpResponse<String> granted =
        post(
            "/api/v1/codes/exemptions",
            operator,
            """
            {"scheme": "drugproduct", "value": "%s", "reason": "on the label", "from": "%s"}
            """
                .formatted(WRONG, TODAY.minusDays(2)));
    assertThat(granted.statusCode()).as(granted.body()).isEqualTo(201);
    String exemption = granted.headers().firstValue("Location").orElseThrow();

    HttpResponse<String> taken = post("/epcis/events", firm, TestEvents.single(event(WRONG, 0)));
    assertThat(taken.statusCode()).as(taken.body()).isEqualTo(201);
    // The right one needs none and is not noted; another wrong one stays refused.
    assertThat(post("/epcis/events", firm, TestEvents.single(event(RIGHT, 1))).statusCode())
        .isEqualTo(201);
    assertThat(
            post("/epcis/events", firm, TestEvents.single(event("86904879000128", 2))).statusCode())
        .isEqualTo(400);
    capture(firm, TestEvents.document(event(WRONG, 3), event(RIGHT, 4)));
    HttpResponse<String> inXml = sentXml(firm, WRONG, 5);
    assertThat(inXml.statusCode()).as(inXml.body()).isEqualTo(202);
    finished(firm, inXml.headers().firstValue("Location").orElseThrow());

    JsonNode entries = json(get(exemption + "/uses", operator)).path("entries");
    assertThat(entries.size()).isEqualTo(3);
    String first = entries.path(0).asString();
    assertThat(taken.body()).contains(first.substring(first.indexOf('-') + 1));
    assertThat(json(get(exemption + "/uses?after=" + first, operator)).path("entries").size())
        .isEqualTo(2);
    assertThat(json(get(exemption + "/uses?limit=2", operator)).path("next").asString())
        .isEqualTo(entries.path(1).asString());
    assertThat(get(exemption + "/uses", firm).statusCode()).isEqualTo(403);
    // A department finds those that it may read, and no count of the others.
    String elsewhere =
        key(someParty(), ViewerKind.REGULATOR, "44", Set.of(Permission.QUERY), Standing.AUTHORITY);
    JsonNode hidden = json(get(exemption + "/uses?limit=2", elsewhere));
    assertThat(hidden.path("entries").size()).isZero();
    assertThat(hidden.path("next").isNull() || hidden.path("next").isMissingNode()).isTrue();
    assertThat(get(exemption + "/uses?after=x", operator).statusCode()).isEqualTo(400);

    // What was taken stays, and is found; from the end on nothing more is taken.
    assertThat(send(request(exemption, operator).DELETE()).statusCode()).isEqualTo(204);
    assertThat(post("/epcis/events", firm, TestEvents.single(event(WRONG, 6))).statusCode())
        .isEqualTo(400);
    String found =
        get("/epcis/events?MATCH_epcClass=" + encoded("urn:yuanliu:drugproduct:" + WRONG), firm)
            .body();
    assertThat(found).contains("08:00:00").contains("08:03:00").contains("08:05:00");
  }
}
