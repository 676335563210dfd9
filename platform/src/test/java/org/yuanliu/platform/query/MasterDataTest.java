package org.yuanliu.platform.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuanliu.platform.capture.TestEvents.document;
import static org.yuanliu.platform.capture.TestEvents.event;
import static org.yuanliu.platform.capture.TestEvents.id;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yuanliu.platform.capture.CaptureServer;
import tools.jackson.databind.JsonNode;

/** Vocabularies with attributes and children: captured, asked for, followed by WD_ and HASATTR_. */
class MasterDataTest extends CaptureServer {
  private final String run = id();
  private final String market = "urn:x:market-" + run;
  private final String hall = "urn:x:hall-" + run;
  private final String stall = "urn:x:stall-" + run;

  private String masterData(String created) {
    return """
    {"@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"],
     "type": "EPCISDocument", "schemaVersion": "2.0", "creationDate": "%s",
     "epcisHeader": {"epcisMasterData": {"vocabularyList": [
       {"type": "epcis:BusinessLocation", "vocabularyElementList": [
         {"id": "%s", "attributes": [{"id": "cbvmda:name", "attribute": "East market"}],
          "children": ["%s"]},
         {"id": "%s", "children": ["%s", "%s"]},
         {"id": "%s", "attributes": [{"id": "cbvmda:name", "attribute": "Stall 7"},
                                     {"id": "cbvmda:city", "attribute": "Xi'an"}]}]}]}},
     "epcisBody": {"eventList": []}}\
    """
        .formatted(created, market, hall, hall, stall, market, stall);
  }

  @Test
  void whatLiesWithinAPlaceFollowsFromMasterData() {
    String key = key(someParty());
    String stranger = key(someParty());
    String atStall = id();
    String elsewhere = id();
    capture(
        key,
        document(
            event(atStall, ", \"bizLocation\": {\"id\": \"" + stall + "\"}"),
            event(elsewhere, ", \"bizLocation\": {\"id\": \"urn:x:other\"}")));
    assertThat(ids(get("/epcis/events?WD_bizLocation=" + market, key))).isEmpty();

    assertThat(capture(key, masterData("2026-01-01T00:00:00Z")).get("success").booleanValue())
        .isTrue();

    // The hall names the market as its child: circles end.
    assertThat(ids(get("/epcis/events?WD_bizLocation=" + market, key))).containsExactly(atStall);
    assertThat(ids(get("/epcis/events?WD_bizLocation=" + stall, key))).containsExactly(atStall);
    assertThat(ids(get("/epcis/events?EQ_bizLocation=" + market, key))).isEmpty();
    assertThat(ids(get("/epcis/events?WD_readPoint=" + market, key))).isEmpty();
    assertThat(ids(get("/epcis/events?HASATTR_bizLocation=cbvmda:city", key)))
        .containsExactly(atStall);
    assertThat(ids(get("/epcis/events?EQATTR_bizLocation_cbvmda:name=Stall%207", key)))
        .containsExactly(atStall);
    assertThat(ids(get("/epcis/events?EQATTR_bizLocation_cbvmda:name=Stall%208", key))).isEmpty();
    assertThat(ids(get("/epcis/events?WD_bizLocation=" + market, stranger))).isEmpty();
  }

  @Test
  void vocabulariesAreAskedFor() {
    String key = key(someParty());
    capture(key, masterData("2026-01-01T00:00:00Z"));
    JsonNode all = vocabularies(get("/epcis/masterData", key));
    assertThat(all).hasSize(1);
    assertThat(all.at("/0/type").stringValue())
        .isEqualTo("urn:epcglobal:epcis:vtype:BusinessLocation");
    assertThat(all.at("/0/vocabularyElementList")).hasSize(3);
    JsonNode one =
        vocabularies(
            get("/epcis/masterData?EQ_name=" + stall + "&attributeNames=cbvmda:city", key));
    assertThat(one.at("/0/vocabularyElementList/0/attributes")).hasSize(1);
    assertThat(one.at("/0/vocabularyElementList/0/attributes/0/attribute").stringValue())
        .isEqualTo("Xi'an");
    JsonNode bare =
        vocabularies(
            get(
                "/epcis/masterData?includeAttributes=false&includeChildren=false&EQ_name=" + hall,
                key));
    assertThat(bare.at("/0/vocabularyElementList/0").size()).isEqualTo(1);
    assertThat(
            vocabularies(get("/epcis/masterData?WD_name=" + hall, key))
                .at("/0/vocabularyElementList"))
        .hasSize(3);
    assertThat(
            vocabularies(get("/epcis/masterData?HASATTR=cbvmda:city", key))
                .at("/0/vocabularyElementList"))
        .hasSize(1);
    assertThat(vocabularies(get("/epcis/masterData?vocabularyName=epcis:EPCClass", key))).isEmpty();
    assertThat(vocabularies(get("/epcis/masterData", key(someParty())))).isEmpty();
    HttpResponse<String> many = get("/epcis/masterData?maxElementCount=2", key);
    assertThat(many.statusCode()).isEqualTo(413);
    assertThat(json(many).get("type").stringValue())
        .isEqualTo("epcisException:QueryTooLargeException");
  }

  @Test
  void theLastWordCounts() {
    String key = key(someParty());
    capture(key, masterData("2026-01-01T00:00:00Z"));
    capture(
        key,
        masterData("2026-01-02T00:00:00Z")
            .replace("Stall 7", "Stall 8")
            .replace("\"children\": [\"" + hall + "\"]", "\"children\": []"));
    JsonNode one = vocabularies(get("/epcis/masterData?EQ_name=" + stall, key));
    assertThat(one.at("/0/vocabularyElementList/0/attributes/0/attribute").stringValue())
        .isEqualTo("Stall 8");
    assertThat(
            vocabularies(get("/epcis/masterData?WD_name=" + market, key))
                .at("/0/vocabularyElementList"))
        .hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"unknown=1", "EQATTR_=1", "includeChildren=maybe", "maxElementCount=0"})
  void refusesWhatItDoesNotUnderstand(String query) {
    HttpResponse<String> answer = get("/epcis/masterData?" + query, key(someParty()));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).get("type").stringValue())
        .isEqualTo("epcisException:QueryParameterException");
  }

  private static JsonNode vocabularies(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer).at("/epcisBody/queryResults/resultsBody/vocabularyList");
  }

  private static List<String> ids(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return events(json(answer)).stream().map(e -> e.get("eventID").stringValue()).toList();
  }
}
