package org.yuanliu.platform.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuanliu.platform.capture.TestEvents.document;
import static org.yuanliu.platform.capture.TestEvents.event;
import static org.yuanliu.platform.capture.TestEvents.id;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yuanliu.platform.capture.CaptureServer;
import tools.jackson.databind.JsonNode;

/** Queries under a name: made, listed, asked, removed; each party's own. */
class NamedQueryTest extends CaptureServer {

  @Test
  void aNamedQueryIsAViewOnTheEvents() {
    String key = key(someParty());
    HttpResponse<String> created =
        post(
            "/epcis/queries",
            key,
            """
            {"name": "myQuery", "query": {"eventType": ["ObjectEvent"],
              "EQ_bizStep": ["receiving", "storing"]}}\
            """);
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    assertThat(created.headers().firstValue("Location")).hasValue("/epcis/queries/myQuery");
    assertThat(ids(get("/epcis/queries/myQuery/events", key))).isEmpty();

    String shipped = id();
    String received = id();
    String stored = id();
    capture(
        key,
        document(
            event(shipped, ""),
            event(received, "").replace("shipping", "receiving"),
            event(stored, "").replace("shipping", "storing")));

    HttpResponse<String> answer = get("/epcis/queries/myQuery/events", key);
    assertThat(ids(answer)).containsExactly(received, stored);
    assertThat(json(answer).at("/epcisBody/queryResults/queryName").stringValue())
        .isEqualTo("myQuery");
    HttpResponse<String> page = get("/epcis/queries/myQuery/events?perPage=1", key);
    assertThat(ids(page)).containsExactly(received);
    String link = page.headers().firstValue("Link").orElseThrow();
    String next = link.substring(1, link.indexOf('>'));
    assertThat(ids(get(next, key))).containsExactly(stored);

    JsonNode definition = json(get("/epcis/queries/myQuery", key));
    assertThat(definition.get("name").stringValue()).isEqualTo("myQuery");
    assertThat(definition.at("/query/EQ_bizStep/1").stringValue()).isEqualTo("storing");
    assertThat(delete("/epcis/queries/myQuery", key).statusCode()).isEqualTo(204);
    refused(get("/epcis/queries/myQuery", key), 404, "NoSuchNameException");
    refused(get("/epcis/queries/myQuery/events", key), 404, "NoSuchNameException");
    refused(delete("/epcis/queries/myQuery", key), 404, "NoSuchNameException");
  }

  @Test
  void aNameIsItsPartysOwn() {
    String party = someParty();
    String key = key(party);
    String other = key(someParty());
    assertThat(create(key, "mine", "{}").statusCode()).isEqualTo(201);
    refused(create(key(party), "mine", "{}"), 409, "ResourceAlreadyExistsException");
    assertThat(create(other, "mine", "{\"EQ_action\": [\"ADD\"]}").statusCode()).isEqualTo(201);
    assertThat(json(get("/epcis/queries/mine", key)).get("query").isEmpty()).isTrue();
    assertThat(delete("/epcis/queries/mine", other).statusCode()).isEqualTo(204);
    assertThat(get("/epcis/queries/mine", key).statusCode()).isEqualTo(200);
    refused(create(key, "SimpleEventQuery", "{}"), 409, "ResourceAlreadyExistsException");
  }

  @Test
  void theListIsPaged() {
    String key = key(someParty());
    for (String name : List.of("b", "a", "批次 1", "c")) {
      assertThat(create(key, name, "{}").statusCode()).as(name).isEqualTo(201);
    }
    HttpResponse<String> first = get("/epcis/queries?perPage=3", key);
    assertThat(names(first)).containsExactly("a", "b", "c");
    String link = first.headers().firstValue("Link").orElseThrow();
    HttpResponse<String> second = get(link.substring(1, link.indexOf('>')), key);
    assertThat(names(second)).containsExactly("批次 1");
    assertThat(second.headers().firstValue("Link")).isEmpty();
    assertThat(ids(get("/epcis/queries/" + encoded("批次 1") + "/events", key))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{'name':'q'}; ValidationException",
        "{'query':{}}; ValidationException",
        "{'name':1,'query':{}}; ValidationException",
        "[]; ValidationException",
        "{; ValidationException",
        "{'name':'q','name':'r','query':{}}; ValidationException",
        "{'name':'','query':{}}; QueryParameterException",
        "{'name':'a/b','query':{}}; QueryParameterException",
        "{'name':'..','query':{}}; QueryParameterException",
        "{'name':'q','query':[]}; QueryValidationException",
        "{'name':'q','query':{'EQ_bizStep':['sauntering']}}; QueryParameterException",
        "{'name':'q','query':{'EQ_bizStep':[]}}; QueryParameterException",
        "{'name':'q','query':{'EQ_bizStep':[{}]}}; QueryParameterException",
        "{'name':'q','query':{'EQ_unknown':['x']}}; QueryParameterException",
        "{'name':'q','query':{'@context':7}}; QueryParameterException",
        "{'name':'q','query':{'GE_eventTime':'soon'}}; QueryParameterException",
        "{'name':'q','query':{'nextPageToken':'x'}}; QueryParameterException"
      })
  void refusesWhatIsNoQuery(String body, String type) {
    String key = key(someParty());
    refused(post("/epcis/queries", key, body.replace('\'', '"')), 400, type);
    assertThat(names(get("/epcis/queries", key))).isEmpty();
  }

  @Test
  void refusesWhatIsTooLargeOrNoJson() {
    String key = key(someParty());
    String large = "{\"name\":\"q\",\"query\":{}}" + " ".repeat(200_000);
    assertThat(post("/epcis/queries", key, large).statusCode()).isEqualTo(413);
    HttpResponse<String> xml =
        send(
            request("/epcis/queries", key)
                .header("Content-Type", "application/xml")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString("<q/>")));
    refused(xml, 415, "UnsupportedMediaTypeException");
  }

  @ParameterizedTest
  @ValueSource(strings = {"EQ_bizStep=shipping", "perPage=none", "nextPageToken=x"})
  void itsEventsAreOnlyPaged(String query) {
    String key = key(someParty());
    create(key, "q", "{}");
    refused(get("/epcis/queries/q/events?" + query, key), 400, "QueryParameterException");
  }

  private HttpResponse<String> create(String key, String name, String query) {
    return post("/epcis/queries", key, "{\"name\":\"" + name + "\",\"query\":" + query + "}");
  }

  private HttpResponse<String> delete(String path, String key) {
    return send(request(path, key).DELETE());
  }

  private static void refused(HttpResponse<String> answer, int status, String type) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(json(answer).get("type").stringValue()).isEqualTo("epcisException:" + type);
  }

  private static List<String> names(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer).valueStream().map(query -> query.get("name").stringValue()).toList();
  }

  private static List<String> ids(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return events(json(answer)).stream().map(e -> e.get("eventID").stringValue()).toList();
  }
}
