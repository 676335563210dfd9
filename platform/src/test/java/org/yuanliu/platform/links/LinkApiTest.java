package org.yuanliu.platform.links;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.capture.CaptureServer;
import org.yuanliu.platform.journal.Standing;
import tools.jackson.databind.JsonNode;

/** Flat records through their link's form. */
class LinkApiTest extends CaptureServer {
  private static final String ARRIVAL = "/api/v1/links/farm-products/arrival";
  private String key = "";

  @BeforeEach
  void signIn() {
    key = key(someParty());
  }

  @Test
  void theFormTellsItsElements() {
    JsonNode form = json(get(ARRIVAL, key));
    assertThat(form.path("names").path("zh").asString()).isEqualTo("进厂");
    assertThat(form.path("product").asString()).isEqualTo("pork");
    List<String> elements =
        form.path("elements").valueStream().map(e -> e.path("id").asString()).toList();
    assertThat(elements).startsWith("event_time", "place").contains("ear_tags", "heads");
    JsonNode tags =
        form.path("elements")
            .valueStream()
            .filter(e -> e.path("id").asString().equals("ear_tags"))
            .findFirst()
            .orElseThrow();
    assertThat(tags.path("required").booleanValue()).isTrue();
    assertThat(tags.path("list").booleanValue()).isTrue();
    assertThat(tags.path("schemes").get(0).path("id").asString()).isEqualTo("eartag");
    assertThat(form.path("checks").toString()).contains("document-before-arrival");
    assertThat(json(get("/api/v1/links", key)).path("links").size()).isGreaterThan(10);
  }

  @Test
  void aRecordBecomesItsEventAndIsStoredOnce() {
    String record = record("161010200000101");
    HttpResponse<String> answer = post(ARRIVAL, key, record);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    JsonNode stored = json(answer).path("events").get(0);
    assertThat(stored.path("duplicate").booleanValue()).isFalse();
    String id = stored.path("eventID").asString();
    JsonNode event = json(get("/epcis/events/" + encoded(id), key));
    JsonNode found =
        event.has("epcisBody") ? event.path("epcisBody").findPath("eventList").get(0) : event;
    assertThat(found.path("type").asString()).isEqualTo("ObjectEvent");
    assertThat(found.path("action").asString()).isEqualTo("OBSERVE");
    assertThat(found.path("bizStep").asString())
        .isIn("receiving", "https://ref.gs1.org/cbv/BizStep-receiving");
    assertThat(found.path("epcList").get(0).asString())
        .isEqualTo("urn:yuanliu:eartag:161010200000101");
    assertThat(found.path("bizLocation").path("id").asString())
        .isEqualTo("urn:yuanliu:node:610102002");
    assertThat(found.path("bizTransactionList").get(0).path("bizTransaction").asString())
        .isEqualTo("urn:yuanliu:document:animal_quarantine_certificate:A%2F1");
    assertThat(found.path("yl:heads").intValue()).isEqualTo(1);
    assertThat(found.path("yl:industry").asString()).isEqualTo("farm-products");
    HttpResponse<String> again = post(ARRIVAL, key, record);
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(json(again).path("events").get(0).path("eventID").asString()).isEqualTo(id);
  }

  @Test
  void whatIsWrongIsToldByElementAndNothingIsStored() {
    long before = count();
    String wrong =
        """
        {"event_time": "yesterday", "place": "12", "ear_tags": ["161010200000101", "x"],
         "heads": 0, "colour": "red"}\
        """;
    HttpResponse<String> answer = post(ARRIVAL, key, wrong);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .contains("not_a_time", "not_a_code", "range", "unknown_element", "missing")
        .contains("/animal_certificate", "/colour", "/heads");
    assertThat(post(ARRIVAL, key, "[1]").statusCode()).isEqualTo(400);
    assertThat(post(ARRIVAL, key, "{\"heads\": 1, \"heads\": 2}").statusCode()).isEqualTo(400);
    String large = "{\"heads\": \"" + "1".repeat(LinkRecords.MAX_BYTES) + "\"}";
    assertThat(post(ARRIVAL, key, large).statusCode()).isEqualTo(413);
    assertThat(count()).isEqualTo(before);
  }

  @Test
  void aDryRunShowsTheEventsAndStoresNothing() {
    long before = count();
    HttpResponse<String> answer = post(ARRIVAL + "?dryRun=true", key, record("161010200000102"));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(json(answer).path("events").get(0).path("type").asString()).isEqualTo("ObjectEvent");
    assertThat(count()).isEqualTo(before);
  }

  @Test
  void asksForPermissionMandateAndAKnownLink() {
    String reader = key(someParty(), EnumSet.of(Permission.QUERY), Standing.DECLARED);
    String record = record("161010200000103");
    assertThat(post(ARRIVAL, reader, record).statusCode()).isEqualTo(403);
    assertThat(post(ARRIVAL, "", record).statusCode()).isEqualTo(401);
    assertThat(post(ARRIVAL + "?principal=" + encoded(STALL), key, record).statusCode())
        .isIn(400, 403);
    HttpResponse<String> noLink = get("/api/v1/links/farm-products/flying", key);
    assertThat(noLink.statusCode()).isEqualTo(404);
    assertThat(noLink.body()).contains("link-unknown", "\"/link\"", "arrival", "tea_picking");
    HttpResponse<String> noIndustry = get("/api/v1/links/toys/arrival", key);
    assertThat(noIndustry.statusCode()).isEqualTo(404);
    assertThat(noIndustry.body()).contains("\"/industry\"", "farm-products", "rare-earths");
    HttpResponse<String> notOfIt = get(ARRIVAL + "?product=vegetables", key);
    assertThat(notOfIt.statusCode()).isEqualTo(404);
    assertThat(notOfIt.body()).contains("\"/product\"", "pork", "beef_and_mutton");
  }

  private static String record(String tag) {
    return """
    {"event_time": "2026-11-20T08:00:00+08:00", "place": "610102002", "ear_tags": ["%s"],
     "animal_certificate": "A/1", "heads": 1}\
    """
        .formatted(tag);
  }

  private long count() {
    return jdbc.sql("select count(*) from entry").query(Long.class).single();
  }
}
