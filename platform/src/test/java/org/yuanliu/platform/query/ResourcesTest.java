package org.yuanliu.platform.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuanliu.platform.capture.TestEvents.document;
import static org.yuanliu.platform.capture.TestEvents.event;
import static org.yuanliu.platform.capture.TestEvents.id;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yuanliu.platform.capture.CaptureServer;
import tools.jackson.databind.JsonNode;

/** Lists of what there is, forms of identifiers, XML, tokens given back, names of refusals. */
class ResourcesTest extends CaptureServer {
  private static final String EPC = "urn:epc:id:sgtin:0614141.107346.";

  @Test
  void listsWhatOneSees() {
    String party = someParty();
    String buyer = someParty();
    String key = key(party);
    String place = "urn:x:place-" + id();
    String hidden = "urn:x:place-" + id();
    capture(
        key,
        document(
            event(
                id(),
                "2026-01-01T08:00:00Z",
                EPC + "1",
                ", \"bizLocation\": {\"id\": \""
                    + place
                    + "\"}, \"destinationList\": [{\"type\": \"owning_party\", \"destination\": \""
                    + buyer
                    + "\"}]"),
            event(
                    id(),
                    "2026-01-01T08:00:00Z",
                    EPC + "2",
                    ", \"bizLocation\": {\"id\": \"" + hidden + "\"}")
                .replace("shipping", "yl:BizStep-selling")));

    assertThat(members(get("/epcis/bizLocations", key))).containsExactlyInAnyOrder(place, hidden);
    assertThat(members(get("/epcis/bizLocations", key(buyer)))).containsExactly(place);
    assertThat(members(get("/epcis/bizLocations", key(someParty())))).isEmpty();
    String at = "/epcis/bizLocations/" + encoded(hidden);
    assertThat(members(get(at, key))).containsExactly("events");
    assertThat(events(json(get(at + "/events", key)))).hasSize(1);
    HttpResponse<String> secret = get(at + "/events", key(buyer));
    HttpResponse<String> absent = get("/epcis/bizLocations/urn%3Ax%3Anone/events", key(buyer));
    assertThat(secret.statusCode()).isEqualTo(404);
    assertThat(secret.body()).isEqualTo(absent.body());

    assertThat(all("/epcis/bizSteps", key)).contains("shipping", "picking", "yl:BizStep-selling");
    assertThat(all("/epcis/bizSteps", key(buyer)))
        .contains("shipping")
        .doesNotContain("yl:BizStep-selling");
    assertThat(members(get("/epcis/bizSteps/picking", key))).containsExactly("events");
    assertThat(events(json(get("/epcis/bizSteps/picking/events", key)))).isEmpty();
    assertThat(get("/epcis/bizSteps/sauntering", key).statusCode()).isEqualTo(404);
    assertThat(all("/epcis/dispositions", key)).contains("in_transit").hasSizeGreaterThan(20);
    assertThat(members(get("/epcis/eventTypes", key))).hasSize(5);
    assertThat(get("/epcis/eventTypes/RumourEvent", key).statusCode()).isEqualTo(404);
    assertThat(events(json(get("/epcis/eventTypes/ObjectEvent/events", key)))).hasSize(2);
  }

  @Test
  void listsEachUnitOnceInTheOrderOfItsFirstEvent() {
    String key = key(someParty());
    List<String> events = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      events.add(event(id(), "2026-01-01T08:00:00Z", EPC + (i / 2), ""));
      if (i % 2 == 0) {
        expected.add("https://id.gs1.org/01/10614141073464/21/" + (i / 2));
      }
    }
    capture(key, document(events.toArray(String[]::new)));
    assertThat(all("/epcis/epcs?perPage=7", key)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "'', https://id.gs1.org/01/10614141073464/21/7",
    "Always_GS1_Digital_Link, https://id.gs1.org/01/10614141073464/21/7",
    "No_Preference, urn:epc:id:sgtin:0614141.107346.7",
    "Never_Translates, urn:epc:id:sgtin:0614141.107346.7",
    "Always_EPC_URN, urn:epc:id:sgtin:0614141.107346.7"
  })
  void writesIdentifiersInTheFormAskedFor(String format, String expected) {
    String key = key(someParty());
    capture(key, document(event(id(), "2026-01-01T08:00:00Z", EPC + "7", "")));
    var request = request("/epcis/events", key);
    HttpResponse<String> answer =
        send(format.isEmpty() ? request : request.header("GS1-EPC-Format", format));
    assertThat(events(json(answer)).getFirst().at("/epcList/0").stringValue()).isEqualTo(expected);
  }

  @Test
  void writesEpcUrnsWhereThePrefixIsKnown() {
    String key = key(someParty());
    String known = "https://example.com/01/10614141073464/21/9";
    String unknown = "https://id.gs1.org/01/09521321000018/21/9";
    capture(
        key,
        document(
            event(id(), "2026-01-01T08:00:00Z", known, ""),
            event(id(), "2026-01-01T08:00:00Z", unknown, "")));
    HttpResponse<String> answer =
        send(request("/epcis/events", key).header("GS1-EPC-Format", "Always_EPC_URN"));
    assertThat(answer.headers().firstValue("GS1-EPC-Format")).hasValue("Always_EPC_URN");
    List<JsonNode> found = events(json(answer));
    assertThat(found.get(0).at("/epcList/0").stringValue()).isEqualTo(EPC + "9");
    assertThat(found.get(1).at("/epcList/0").stringValue()).isEqualTo(unknown);
  }

  @Test
  void givesXmlInTheVersionAskedFor() {
    String key = key(someParty());
    capture(key, document(event(id(), "2026-01-01T08:00:00Z", EPC + "7", "")));
    HttpResponse<String> second =
        send(request("/epcis/events", key).header("Accept", "application/xml").GET());
    assertThat(second.statusCode()).as(second.body()).isEqualTo(200);
    assertThat(second.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/xml");
    assertThat(second.headers().firstValue("GS1-EPCIS-Version")).hasValue("2.0.0");
    assertThat(second.body())
        .contains("EPCISQueryDocument", "https://ref.gs1.org/cbv/BizStep-shipping");
    HttpResponse<String> words =
        send(
            request("/epcis/events", key)
                .header("Accept", "application/xml")
                .header("GS1-CBV-XML-Format", "Always_URN")
                .GET());
    assertThat(words.body()).contains("urn:epcglobal:cbv:bizstep:shipping");
    HttpResponse<String> first =
        send(
            request("/epcis/events", key)
                .header("Accept", "application/xml")
                .header("GS1-EPCIS-Max", "1.2")
                .GET());
    assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
    assertThat(first.headers().firstValue("GS1-EPCIS-Version")).hasValue("1.2.0");
    assertThat(first.body()).contains("urn:epcglobal:cbv:bizstep:shipping");
  }

  @Test
  void aTokenGivenBackOpensNothing() {
    String key = key(someParty());
    capture(key, document(event(id(), ""), event(id(), ""), event(id(), "")));
    HttpResponse<String> page = get("/epcis/events?perPage=2", key);
    String link = page.headers().firstValue("Link").orElseThrow();
    String next = link.substring(1, link.indexOf('>'));
    assertThat(events(json(get(next, key)))).hasSize(1);
    String token = next.substring(next.indexOf("nextPageToken=") + 14);
    String path = "/epcis/nextPageToken/" + token;
    assertThat(send(request(path, key).DELETE()).statusCode()).isEqualTo(204);
    assertThat(get(next, key).statusCode()).isEqualTo(400);
    assertThat(send(request("/epcis/nextPageToken/none", key).DELETE()).statusCode())
        .isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "/epcis/events, '', 401, SecurityException",
    "/epcis/nothing, key, 404, NoSuchNameException",
    "/epcis/queries/none, key, 404, NoSuchNameException",
    "/epcis/events/none, key, 404, NoSuchNameException"
  })
  void refusalsHaveTheStandardsNames(String path, String who, int status, String type) {
    HttpResponse<String> answer = get(path, who.isEmpty() ? "" : key(someParty()));
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(json(answer).get("type").stringValue()).isEqualTo("epcisException:" + type);
  }

  @Test
  void tooManyAndTooLong() {
    String key = key(someParty());
    capture(key, document(event(id(), ""), event(id(), ""), event(id(), "")));
    HttpResponse<String> many = get("/epcis/events?maxEventCount=2", key);
    assertThat(many.statusCode()).isEqualTo(413);
    assertThat(json(many).get("type").stringValue())
        .isEqualTo("epcisException:QueryTooLargeException");
    assertThat(events(json(get("/epcis/events?maxEventCount=3", key)))).hasSize(3);
    assertThat(events(json(get("/epcis/events?orderBy=recordTime&eventCountLimit=2", key))))
        .hasSize(2);
    HttpResponse<String> long_ = get("/epcis/events?EQ_readPoint=urn:x:" + "a".repeat(13_000), key);
    assertThat(long_.statusCode()).isEqualTo(414);
    assertThat(json(long_).get("type").stringValue())
        .isEqualTo("epcisException:URITooLongException");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%00",
        "a=%00",
        "EQ_%F0%9F%98%80:x=1",
        "EQ_a:%00=1",
        "GE_eventTime=%00",
        "MATCH_epc=urn:epc:idpat:sgtin:*.*.*",
        "MATCH_epc=urn:epc:idpat:sgtin:(.*)%2B.*.*",
        "MATCH_epc=urn:epc:idpat:",
        "MATCH_epc=urn:epc:idpat:x:*",
        "MATCH_epc=http:/*",
        "MATCH_epcClass=urn:epc:idpat:giai:0614141.*",
        "EQ_bizTransaction_=urn:x:1",
        "EQ_source_=1",
        "EQATTR_=1",
        "EQATTR_a:b_=1",
        "HASATTR_a:b=x",
        "EQ_INNER_ILMD_=1",
        "EXISTS_=1",
        "GE_value_=1",
        "EQ_quantity=1e999",
        "EQ_quantity=1e99",
        "perPage=2147483648",
        "eventCountLimit=-1",
        "orderBy=a:b",
        "EQ_eventID=%ED%A0%80",
        "nextPageToken=%FF",
        "EQ_readPoint=%C3%28",
        "EQ_ex:a=%7C%7C",
        "WD_readPoint=%20",
        "EQ_a:b=1&EQ_a:b=2"
      })
  void noQueryStringBreaksIt(String query) {
    HttpResponse<String> answer = get("/epcis/events?" + query, key(someParty()));
    assertThat(answer.statusCode()).as(query + " " + answer.body()).isIn(200, 400);
  }

  private List<String> all(String path, String key) {
    List<String> found = new ArrayList<>();
    String next = path;
    while (next != null) {
      HttpResponse<String> page = get(next, key);
      found.addAll(members(page));
      next =
          page.headers()
              .firstValue("Link")
              .map(link -> link.substring(1, link.indexOf('>')))
              .orElse(null);
    }
    return found;
  }

  private static List<String> members(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode list = json(answer);
    assertThat(list.get("type").stringValue()).isEqualTo("Collection");
    assertThat(list.has("@context")).isTrue();
    return list.get("member").valueStream().map(JsonNode::stringValue).toList();
  }
}
