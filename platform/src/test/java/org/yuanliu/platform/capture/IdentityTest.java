package org.yuanliu.platform.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuanliu.platform.capture.TestEvents.document;
import static org.yuanliu.platform.capture.TestEvents.event;
import static org.yuanliu.platform.capture.TestEvents.id;
import static org.yuanliu.platform.capture.TestEvents.single;
import static org.yuanliu.platform.capture.TestEvents.withoutId;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.yuanliu.codes.UnitKey;
import org.yuanliu.platform.registry.Party;
import org.yuanliu.platform.registry.Place;
import tools.jackson.databind.JsonNode;

/** What is the same record and what is not; who answers for it; where it belongs. */
class IdentityTest extends CaptureServer {

  @Test
  void theSameContentIsStoredOnceAndAnsweredAlike() {
    String key = key(someParty());
    String id = id();
    String sent = single(event(id, ", \"ex:a\": 1, \"ex:b\": [2]"));
    HttpResponse<String> first = post("/epcis/events", key, sent);
    assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
    assertThat(first.headers().firstValue("Location")).hasValue("/epcis/events/" + encoded(id));
    assertThat(first.headers().firstValue("Yuanliu-Duplicate")).hasValue("false");
    long entries = entries();

    // Other order of members, other way to write time, unit and step.
    String again =
        single(
            """
            {"ex:b": [2], "ex:a": 1.0, "epcList": ["https://id.gs1.org/01/10614141073464/21/2017"],
             "eventTimeZoneOffset": "+08:00", "eventTime": "2026-01-31T00:00:00.000Z",
             "bizStep": "https://ref.gs1.org/cbv/BizStep-shipping", "action": "OBSERVE",
             "eventID": "%s", "type": "ObjectEvent"}\
            """
                .formatted(id));
    HttpResponse<String> second = post("/epcis/events", key, again);

    assertThat(second.statusCode()).as(second.body()).isEqualTo(201);
    assertThat(second.headers().firstValue("Yuanliu-Duplicate")).hasValue("true");
    for (String member : List.of("eventID", "captureID", "position", "recordTime")) {
      assertThat(json(second).get(member)).as(member).isEqualTo(json(first).get(member));
    }
    assertThat(second.headers().firstValue("Location"))
        .isEqualTo(first.headers().firstValue("Location"));
    assertThat(entries()).isEqualTo(entries);
    JsonNode head = json(first).get("treeHead");
    assertThat(head.get("size").longValue()).isGreaterThan(json(first).get("position").longValue());
    assertThat(head.get("log").stringValue()).isNotEmpty();
    assertThat(java.util.Base64.getDecoder().decode(head.get("root").stringValue())).hasSize(32);
  }

  /** As openapi.yaml says: the event, which a generated client reads; the rest is in headers. */
  @Test
  void anEventIsAnsweredAsItIsStored() {
    String key = key(someParty());
    String event = event(id(), ", \"ex:a\": [1, 2.50]").replace("\"eventID\"", "\"ex:was\"");
    HttpRequest.Builder request =
        request("/epcis/events", key).header("Content-Type", "application/ld+json");
    HttpResponse<String> answer = send(request.POST(BodyPublishers.ofString(single(event))));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    JsonNode told = json(answer);
    assertThat(told.get("type").stringValue()).isEqualTo("ObjectEvent");
    assertThat(told.at("/@context/0").stringValue()).endsWith("epcis-context.jsonld");
    assertThat(answer.body()).contains("[1,2.50]");
    String id = told.get("eventID").stringValue();
    assertThat(id).startsWith("ni:///sha-256;");
    assertThat(Instant.parse(told.get("recordTime").stringValue())).isNotNull();
    assertThat(told.has("treeHead")).isFalse();
    String entry = answer.headers().firstValue("Yuanliu-Entry").orElseThrow();
    assertThat(answer.headers().firstValue("Location"))
        .hasValueSatisfying(
            location -> assertThat(json(get(location, key)).toString()).contains(id));
    String link = answer.headers().firstValue("Link").orElseThrow();
    assertThat(link).endsWith("rel=\"https://yuanliu.org/ns/receipt\"");
    HttpResponse<String> receipt = get(link.substring(1, link.indexOf('>')), key);
    assertThat(receipt.body()).contains("https://yuanliu.org/ns/receipt/v1");
    // What was answered is the same event: sent back, it is the record that is there.
    HttpResponse<String> again = send(request.POST(BodyPublishers.ofString(answer.body())));
    assertThat(again.statusCode()).as(again.body()).isEqualTo(201);
    assertThat(again.headers().firstValue("Yuanliu-Duplicate")).hasValue("true");
    assertThat(again.headers().firstValue("Yuanliu-Entry")).hasValue(entry);
    assertThat(json(again)).isEqualTo(told);
    // Whoever wants the receipt's members alone says so.
    HttpResponse<String> minimal =
        send(
            request
                .header("Prefer", "wait=5, Return=minimal")
                .POST(BodyPublishers.ofString(answer.body())));
    assertThat(minimal.headers().firstValue("Preference-Applied")).hasValue("return=minimal");
    assertThat(json(minimal).get("eventID").stringValue()).isEqualTo(id);
    assertThat("1-" + json(minimal).get("position").longValue()).isEqualTo(entry);
  }

  @Test
  void otherContentUnderTheSameIdIsAConflict() {
    String key = key(someParty());
    String id = id();
    assertThat(post("/epcis/events", key, single(event(id, ""))).statusCode()).isEqualTo(201);
    long entries = entries();

    HttpResponse<String> answer =
        post("/epcis/events", key, single(event(id, ", \"disposition\": \"in_transit\"")));
    RefusalsTest.refused(answer, 409, "epcisException:ResourceAlreadyExistsException");
    assertThat(json(answer).at("/errors/0/type").stringValue()).endsWith("/identity-conflict");

    // What the event hash leaves out is content too.
    assertThat(
            post("/epcis/events", key, single(event(id, ", \"rdfs:comment\": \"x\""))).statusCode())
        .isEqualTo(409);
    assertThat(
            post(
                    "/epcis/events",
                    key,
                    single(event(id, "").replace("08:00:00+08", "08:00:00.0001+08")))
                .statusCode())
        .isEqualTo(409);
    assertThat(entries()).isEqualTo(entries);
  }

  @Test
  void aDocumentWithAConflictFailsAsAWhole() {
    String key = key(someParty());
    String id = id();
    assertThat(post("/epcis/events", key, single(event(id, ""))).statusCode()).isEqualTo(201);
    long entries = entries();

    JsonNode job =
        capture(key, document(TestEvents.some(), event(id, ", \"disposition\": \"in_transit\"")));

    assertThat(job.get("running").booleanValue()).isFalse();
    assertThat(job.get("success").booleanValue()).isFalse();
    assertThat(job.at("/errors/0/type").stringValue())
        .isEqualTo("epcisException:ResourceAlreadyExistsException");
    assertThat(job.at("/errors/0/errors/0/pointer").stringValue())
        .isEqualTo("/epcisBody/eventList/1");
    assertThat(entries()).isEqualTo(entries);
    assertThat(
            jdbc.sql(
                    "select count(*) from capture_job where id = cast(:id as uuid) and body is"
                        + " null")
                .param("id", job.get("captureID").stringValue())
                .query(Long.class)
                .single())
        .isEqualTo(1);

    JsonNode within = capture(key, document(event(id + "x", ""), event(id + "x", ", \"ex:a\": 1")));
    assertThat(within.get("success").booleanValue()).isFalse();
    assertThat(entries()).isEqualTo(entries);
  }

  @Test
  void anotherPartysEqualEventIsItsOwnTestimony() {
    String event = withoutId("2026-02-01T08:00:00+08:00", ", \"ex:r\": \"" + id() + "\"");
    String one = key(someParty());
    String other = key(someParty());

    JsonNode first = json(post("/epcis/events", one, single(event)));
    JsonNode second = json(post("/epcis/events", other, single(event)));

    assertThat(second.get("eventID")).isEqualTo(first.get("eventID"));
    assertThat(first.get("eventID").stringValue())
        .matches("ni:///sha-256;[0-9a-f]{64}\\?ver=CBV2\\.0");
    assertThat(second.get("position")).isNotEqualTo(first.get("position"));
    assertThat(second.get("duplicate").booleanValue()).isFalse();
  }

  @Test
  void anErrorDeclarationStandsBesideTheOriginal() {
    String key = key(someParty());
    String id = id();
    String declaration =
        ", \"errorDeclaration\": {\"declarationTime\": \"2026-02-02T00:00:00Z\", \"reason\":"
            + " \"incorrect_data\", \"correctiveEventIDs\": [\"urn:x:1\", \"urn:x:2\"]}";
    String reordered =
        ", \"errorDeclaration\": {\"correctiveEventIDs\": [\"urn:x:2\", \"urn:x:1\"], \"reason\":"
            + " \"incorrect_data\", \"declarationTime\": \"2026-02-02T08:00:00+08:00\"}";
    JsonNode original = json(post("/epcis/events", key, single(event(id, ""))));
    JsonNode declared = json(post("/epcis/events", key, single(event(id, declaration))));
    JsonNode again = json(post("/epcis/events", key, single(event(id, reordered))));
    JsonNode another =
        json(
            post(
                "/epcis/events",
                key,
                single(event(id, declaration.replace("urn:x:2", "urn:x:3")))));

    assertThat(declared.get("duplicate").booleanValue()).isFalse();
    assertThat(declared.get("position")).isNotEqualTo(original.get("position"));
    assertThat(again.get("duplicate").booleanValue()).isTrue();
    assertThat(again.get("position")).isEqualTo(declared.get("position"));
    assertThat(another.get("duplicate").booleanValue()).isFalse();
    assertThat(events(json(get("/epcis/events/" + encoded(id), key)))).hasSize(3);
  }

  @Test
  void theSecondWhoCorrectsARecordIsToldOfTheFirst() {
    String party = someParty();
    String first = key(party);
    String second = key(party);
    String id = id();
    String declaration =
        ", \"errorDeclaration\": {\"declarationTime\": \"2026-02-02T00:00:00Z\", \"reason\":"
            + " \"incorrect_data\", \"correctiveEventIDs\": [\"urn:x:%s\"]}";
    post("/epcis/events", first, single(event(id, "")));
    JsonNode one = json(post("/epcis/events", first, single(event(id, declaration.formatted(1)))));
    assertThat(one.has("declaredBefore")).isFalse();
    JsonNode again =
        json(post("/epcis/events", first, single(event(id, declaration.formatted(1)))));
    assertThat(again.has("declaredBefore")).as("a resend").isFalse();
    JsonNode two = json(post("/epcis/events", second, single(event(id, declaration.formatted(2)))));
    String told = "1-" + one.get("position").longValue();
    assertThat(two.get("declaredBefore")).hasSize(1);
    assertThat(two.at("/declaredBefore/0").stringValue()).isEqualTo(told);
    JsonNode job =
        capture(second, document(event(id, declaration.formatted(3)), TestEvents.some()));
    assertThat(job.get("success").booleanValue()).isTrue();
    assertThat(job.get("declaredBefore")).hasSize(2);
    assertThat(job.at("/declaredBefore/0").stringValue()).isEqualTo(told);
    JsonNode strangers =
        json(post("/epcis/events", key(someParty()), single(event(id, declaration.formatted(4)))));
    assertThat(strangers.has("declaredBefore")).as("another's record of this id").isFalse();
  }

  @Test
  void aMandateCoversStepAndMoment() {
    String reporter = someParty();
    String principal = someParty();
    registry.leaves.add(
        new FakeRegistry.Leave(
            reporter,
            principal,
            Set.of("https://ref.gs1.org/cbv/BizStep-shipping"),
            Instant.parse("2026-01-01T00:00:00Z"),
            Instant.parse("2026-02-01T00:00:00Z")));
    String key = key(reporter);
    String named = ", \"yl:principal\": \"" + principal + "\"";
    String within = single(event(id(), named));
    assertThat(post("/epcis/events", key, within).statusCode()).isEqualTo(201);
    assertThat(
            post("/epcis/events", key, single(event(id(), named).replace("shipping", "receiving")))
                .statusCode())
        .isEqualTo(403);
    assertThat(
            post(
                    "/epcis/events",
                    key,
                    single(event(id(), named).replace("2026-01-31", "2026-02-28")))
                .statusCode())
        .isEqualTo(403);
    // The mandate is the market's; a stranger has none.
    assertThat(post("/epcis/events", key(someParty()), within).statusCode()).isEqualTo(403);

    Map<String, Object> row =
        jdbc.sql("select reporter, principal from entry order by position desc limit 1")
            .query()
            .singleRow();
    assertThat(row.get("reporter")).isEqualTo(UnitKey.of(reporter).value());
    assertThat(row.get("principal")).isEqualTo(UnitKey.of(principal).value());
  }

  @Test
  void aPrincipalsOtherCodeIsTheSameParty() {
    String first = someParty();
    String second = "urn:yuanliu:operator:6101000000021";
    registry.add(party(first, List.of(first, second), "610104", "vegetables"));
    String key = key(first);
    String id = id();
    JsonNode plain = json(post("/epcis/events", key, single(event(id, ""))));
    JsonNode named =
        json(
            post(
                "/epcis/events", key, single(event(id, ", \"yl:principal\": \"" + second + "\""))));
    // Another content under the same identity: it is the same principal.
    assertThat(plain.get("position")).isNotNull();
    assertThat(named.get("status").intValue()).isEqualTo(409);
  }

  @Test
  void scopeComesFromTheEventThePlaceAndTheParty() {
    String reporter = someParty();
    String buyer = someParty();
    String place = "urn:yuanliu:test:place-" + id();
    registry.add(party(reporter, List.of(reporter), "610104", "meat"));
    registry.add(party(buyer, List.of(buyer, buyer + "-b"), "610105", null));
    registry.places.put(place, new Place(place, "市场", null, "610112", null, null, null));
    String key = key(reporter);

    assertThat(scope(key, ""))
        .containsEntry("division", "610104")
        .containsEntry("industry", "meat");
    assertThat(scope(key, ", \"bizLocation\": {\"id\": \"" + place + "\"}"))
        .containsEntry("division", "610112");
    assertThat(scope(key, ", \"readPoint\": {\"id\": \"" + place + "\"}"))
        .containsEntry("division", "610112");
    assertThat(
            scope(
                key,
                ", \"yl:division\": \"610100\", \"yl:industry\": \"tea\", \"yl:attribution\":"
                    + " \"inferred\", \"destinationList\": [{\"type\": \"owning_party\","
                    + " \"destination\": \""
                    + buyer
                    + "\"}]"))
        .containsEntry("division", "610100")
        .containsEntry("industry", "tea")
        .containsEntry("standing", 5)
        .hasEntrySatisfying(
            "named",
            named ->
                assertThat(named.toString())
                    .contains(UnitKey.of(buyer).value().toString())
                    .contains(UnitKey.of(buyer + "-b").value().toString()));
  }

  private Map<String, Object> scope(String key, String members) {
    HttpResponse<String> answer = post("/epcis/events", key, single(event(id(), members)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return jdbc.sql(
            """
            select division, industry, cast(standing as integer) as standing,
                   array_to_string(named, ',') as named
            from entry where position = :position\
            """)
        .param("position", json(answer).get("position").longValue())
        .query()
        .singleRow();
  }

  static Party party(String id, List<String> codes, String division, String industry) {
    return new Party(
        id,
        codes,
        Party.PartyKind.ENTERPRISE,
        List.of(),
        division,
        null,
        industry,
        List.of(),
        List.of());
  }
}
