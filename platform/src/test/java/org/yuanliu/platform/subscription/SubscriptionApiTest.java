package org.yuanliu.platform.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.journal.Standing;
import tools.jackson.databind.JsonNode;

/** Subscriptions as resources: made, shown, listed, ended, refused; schedules and triggers. */
class SubscriptionApiTest extends SubscriptionServer {

  @Test
  void aSubscriptionIsAResource() {
    String party = someParty();
    String key = key(party);
    query(key, "批次 1", "{}");
    HttpResponse<String> created =
        post(
            "/epcis/queries/" + encoded("批次 1") + "/subscriptions",
            key,
            """
            {"dest": "%s", "signatureToken": "s3cret", "reportIfEmpty": true,
             "initialRecordTime": "2026-01-31T08:00:00+08:00",
             "schedule": {"hour": "1", "minute": "5"}}\
            """
                .formatted(receiver.url("/hook")));
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    String address = created.headers().firstValue("Location").orElseThrow();
    JsonNode shown = json(created);
    String id = shown.get("subscriptionID").stringValue();
    assertThat(address).isEqualTo("/epcis/queries/" + encoded("批次 1") + "/subscriptions/" + id);
    assertThat(shown.get("dest").stringValue()).isEqualTo(receiver.url("/hook"));
    assertThat(shown.get("queryName").stringValue()).isEqualTo("批次 1");
    assertThat(shown.at("/schedule/hour").stringValue()).isEqualTo("1");
    assertThat(shown.get("reportIfEmpty").booleanValue()).isTrue();
    assertThat(shown.get("initialRecordTime").stringValue()).isEqualTo("2026-01-31T00:00:00Z");
    assertThat(shown.get("minRecordTime").stringValue()).isEqualTo("2026-01-31T00:00:00Z");
    assertThat(Instant.parse(shown.get("createdAt").stringValue()))
        .isBetween(Instant.now().minusSeconds(60), Instant.now());
    assertThat(shown.has("lastNotifiedAt")).isFalse();
    assertThat(created.body()).doesNotContain("s3cret");

    HttpResponse<String> got = get(address, key);
    assertThat(json(got)).isEqualTo(shown);
    assertThat(got.headers().firstValue("GS1-EPCIS-Version")).hasValue("2.0.0");
    HttpResponse<String> options =
        send(request(address, key).method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
    assertThat(options.statusCode()).isEqualTo(204);
    assertThat(options.headers().firstValue("Allow").orElseThrow())
        .contains("GET", "DELETE", "OPTIONS");
    assertThat(options.headers().firstValue("GS1-Query-Min-Record-Time"))
        .hasValue("2026-01-31T00:00:00Z");
    String all = address.substring(0, address.lastIndexOf('/'));
    HttpResponse<String> allOptions =
        send(request(all, key).method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
    assertThat(allOptions.headers().firstValue("Allow").orElseThrow())
        .contains("GET", "POST", "OPTIONS");
    assertThat(json(get(all, key)).size()).isEqualTo(1);

    String other = key(someParty());
    refused(get(address, other), 404, "NoSuchNameException");
    refused(delete(address, other), 404, "NoSuchNameException");
    refused(get(all, other), 404, "NoSuchNameException");
    assertThat(delete(address, key).statusCode()).isEqualTo(204);
    refused(get(address, key), 404, "NoSuchNameException");
    refused(delete(address, key), 404, "NoSuchNameException");
    assertThat(json(get(all, key)).size()).isZero();
  }

  @Test
  void theListIsPagedAndAPartyHasSoManyOnly() {
    String key = key(someParty());
    query(key, "q", "{}");
    query(key, "r", "{}");
    for (int i = 0; i < MAX_SUBSCRIPTIONS; i++) {
      assertThat(subscribe(key, i == 3 ? "r" : "q", ",\"stream\":true").statusCode())
          .isEqualTo(201);
    }
    refused(subscribe(key, "q", ",\"stream\":true"), 403, "SubscribeNotPermittedException");
    HttpResponse<String> page = get("/epcis/queries/q/subscriptions?perPage=2", key);
    assertThat(json(page).size()).isEqualTo(2);
    String link = page.headers().firstValue("Link").orElseThrow();
    HttpResponse<String> rest = get(link.substring(1, link.indexOf('>')), key);
    assertThat(json(rest).size()).isEqualTo(1);
    assertThat(rest.headers().firstValue("Link")).isEmpty();
    refused(get("/epcis/queries/q/subscriptions?stream=true", key), 400, "QueryParameterException");
    String other = key(someParty());
    query(other, "q", "{}");
    assertThat(subscribe(other, "q", ",\"stream\":true").statusCode()).isEqualTo(201);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{}; ValidationException",
        "{'dest':7,'stream':true}; ValidationException",
        "{'dest':'D','stream':'yes'}; ValidationException",
        "{'dest':'D','stream':true,'secret':'x'}; ValidationException",
        "{'dest':'D','stream':true,'reportIfEmpty':1}; ValidationException",
        "[]; ValidationException",
        "{'dest':'D','dest':'D','stream':true}; ValidationException",
        "{'dest':'D'}; SubscriptionControlsException",
        "{'dest':'D','stream':false}; SubscriptionControlsException",
        "{'dest':'D','stream':true,'schedule':{'hour':'1'}}; SubscriptionControlsException",
        "{'dest':'D','stream':true,'reportIfEmpty':true}; SubscriptionControlsException",
        "{'dest':'D','schedule':{}}; SubscriptionControlsException",
        "{'dest':'D','schedule':'1'}; SubscriptionControlsException",
        "{'dest':'D','schedule':{'hour':'25'}}; SubscriptionControlsException",
        "{'dest':'D','schedule':{'hour':[1]}}; SubscriptionControlsException",
        "{'dest':'D','schedule':{'week':'1'}}; SubscriptionControlsException",
        "{'dest':'D','schedule':{'dayOfMonth':'30','month':'2'}}; SubscriptionControlsException",
        "{'dest':'D','trigger':'urn:x:other'}; SubscriptionControlsException",
        "{'dest':'D','stream':true,'initialRecordTime':'soon'}; SubscriptionControlsException",
        "{'dest':'D','stream':true,'signatureToken':''}; SubscriptionControlsException",
        "{'dest':'http://10.0.0.1/','stream':true}; InvalidURIException",
        "{'dest':'ftp://1.1.1.1/','stream':true}; InvalidURIException",
        "{'dest':'hook','stream':true}; InvalidURIException"
      })
  void refusesWhatIsNoSubscription(String body, String type) {
    String key = key(someParty());
    query(key, "q", "{}");
    String json = body.replace('\'', '"').replace("\"D\"", "\"" + receiver.url("/") + "\"");
    refused(post("/epcis/queries/q/subscriptions", key, json), 400, type);
    assertThat(json(get("/epcis/queries/q/subscriptions", key)).size()).isZero();
  }

  @Test
  void secretsAndBodiesHaveTheirLength() {
    String key = key(someParty());
    query(key, "q", "{}");
    String most = "x".repeat(Subscriptions.MAX_TOKEN);
    assertThat(
            subscribe(key, "q", ",\"stream\":true,\"signatureToken\":\"" + most + "\"")
                .statusCode())
        .isEqualTo(201);
    refused(
        subscribe(key, "q", ",\"stream\":true,\"signatureToken\":\"" + most + "x\""),
        400,
        "SubscriptionControlsException");
    String blank = " ".repeat(SubscriptionApi.MAX_BODY);
    assertThat(subscribe(key, "q", ",\"stream\":true" + blank).statusCode()).isEqualTo(413);
    HttpResponse<String> xml =
        send(
            request("/epcis/queries/q/subscriptions", key)
                .header("Content-Type", "text/xml")
                .POST(HttpRequest.BodyPublishers.ofString("<q/>")));
    refused(xml, 415, "UnsupportedMediaTypeException");
  }

  @Test
  void whoMayNotQueryMayNotSubscribe() {
    String party = someParty();
    query(key(party), "q", "{}");
    String capture = key(party, EnumSet.of(Permission.CAPTURE), Standing.DECLARED);
    String query = key(party, EnumSet.of(Permission.QUERY), Standing.DECLARED);
    refused(subscribe(capture, "q", ",\"stream\":true"), 403, "SecurityException");
    refused(subscribe("", "q", ",\"stream\":true"), 401, "SecurityException");
    assertThat(subscribe(query, "q", ",\"stream\":true").statusCode()).isEqualTo(201);
    refused(subscribe(query, "none", ",\"stream\":true"), 404, "NoSuchNameException");
    refused(subscribe(query, "SimpleEventQuery", ",\"stream\":true"), 404, "NoSuchNameException");
  }

  @Test
  void aQueryThatGoesTakesItsSubscriptionsAlong() {
    String key = key(someParty());
    String address = stream(key, "");
    assertThat(delete("/epcis/queries/all", key).statusCode()).isEqualTo(204);
    refused(get(address, key), 404, "NoSuchNameException");
    query(key, "all", "{}");
    send(key, 1);
    aWhile();
    assertThat(receiver.ids()).isEmpty();
    assertThat(json(get("/epcis/queries/all/subscriptions", key)).size()).isZero();
  }

  @Test
  void aScheduleReportsWhatCameSinceThenNothing() {
    String key = key(someParty());
    query(key, "all", "{}");
    HttpResponse<String> answer =
        subscribe(key, "all", ",\"reportIfEmpty\":true,\"schedule\":{\"second\":\"0/1\"}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    List<String> sent = send(key, 3);
    receiver.awaitEvents(3);
    int reports = receiver.taken.size();
    Receiver.await(Duration.ofSeconds(30), () -> receiver.taken.size() >= reports + 2);
    assertThat(receiver.ids()).isEqualTo(sent);
    assertThat(receiver.taken.getLast().ids()).isEmpty();
    JsonNode shown = json(get(answer.headers().firstValue("Location").orElseThrow(), key));
    assertThat(Instant.parse(shown.get("minRecordTime").stringValue()))
        .isAfter(Instant.parse(shown.get("createdAt").stringValue()));
  }

  @Test
  void aScheduleWithoutReportsOfNothingIsSilent() {
    String key = key(someParty());
    query(key, "all", "{}");
    subscribe(key, "all", ",\"schedule\":{\"second\":\"*\"}");
    List<String> sent = send(key, 1);
    receiver.awaitEvents(1);
    assertThat(receiver.taken).hasSize(1);
    assertThat(receiver.ids()).isEqualTo(sent);
  }

  @Test
  void aTriggerMayReportThatNothingWasFound() {
    String key = key(someParty());
    query(key, "received", "{\"EQ_bizStep\":[\"receiving\"]}");
    HttpResponse<String> answer =
        subscribe(
            key,
            "received",
            ",\"reportIfEmpty\":true,\"trigger\":\"" + Rhythm.Triggered.STORED + "\"");
    assertThat(json(answer).get("trigger").stringValue()).isEqualTo(Rhythm.Triggered.STORED);
    send(key, 1);
    Receiver.await(Duration.ofSeconds(30), () -> receiver.taken.size() == 1);
    assertThat(receiver.ids()).isEmpty();
    aWhile();
    assertThat(receiver.taken).hasSize(1);
  }
}
