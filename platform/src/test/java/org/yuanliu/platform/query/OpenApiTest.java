package org.yuanliu.platform.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.yuanliu.platform.capture.TestEvents.document;
import static org.yuanliu.platform.capture.TestEvents.event;
import static org.yuanliu.platform.capture.TestEvents.id;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yuanliu.platform.capture.CaptureServer;
import tools.jackson.databind.JsonNode;

/**
 * The standard's description of its interface, held against the server: every address answers every
 * method with a status that is described there, every query parameter is understood.
 */
class OpenApiTest extends CaptureServer {
  /** Nobody is there to take what it delivers. */
  private static final String SUBSCRIPTION =
      "{\"dest\": \"http://127.0.0.1:9/\", \"schedule\": {\"dayOfMonth\": \"1\"}}";

  /** Of WebSocket subscriptions; not for a plain request. */
  private static final Set<String> SCHEDULE =
      Set.of(
          "second",
          "minute",
          "hour",
          "dayOfMonth",
          "month",
          "dayOfWeek",
          "stream",
          "reportIfEmpty",
          "initialRecordTime");

  @Test
  @SuppressWarnings("unchecked")
  void everyAddressAnswersEveryMethod() throws IOException {
    Map<String, Object> api = api();
    String key = key(someParty());
    String id = id();
    JsonNode job =
        capture(
            key,
            document(
                event(
                    id,
                    ", \"disposition\": \"active\", \"readPoint\": {\"id\": \"urn:x:r\"},"
                        + " \"bizLocation\": {\"id\": \"urn:x:l\"}")));
    post("/epcis/queries", key, "{\"name\": \"q\", \"query\": {}}");
    Map<String, String> samples =
        Map.of(
            "{captureID}",
            job.get("captureID").stringValue(),
            "{eventID}",
            encoded(id),
            "{eventType}",
            "ObjectEvent",
            "{epc}",
            encoded("urn:epc:id:sgtin:0614141.107346.2017"),
            "{bizStep}",
            "shipping",
            "{bizLocation}",
            encoded("urn:x:l"),
            "{readPoint}",
            encoded("urn:x:r"),
            "{disposition}",
            "active",
            "{queryName}",
            "q",
            "{token}",
            "MX5hfjF-MX4x");
    int checked = 0;
    for (var path : ((Map<String, Object>) api.get("paths")).entrySet()) {
      String address = "/epcis" + (path.getKey().equals("/") ? "" : path.getKey());
      for (var sample : samples.entrySet()) {
        address = address.replace(sample.getKey(), sample.getValue());
      }
      if (address.contains("{subscriptionID}")) {
        HttpResponse<String> subscribed = post("/epcis/queries/q/subscriptions", key, SUBSCRIPTION);
        address = subscribed.headers().firstValue("Location").orElseThrow();
      }
      for (var method : ((Map<String, Object>) path.getValue()).entrySet()) {
        if (method.getKey().equals("parameters")) {
          continue;
        }
        Map<String, Object> described = (Map<String, Object>) method.getValue();
        Set<Object> statuses = ((Map<Object, Object>) described.get("responses")).keySet();
        HttpResponse<String> answer =
            send(
                request(address, key)
                    .header("Content-Type", "application/json")
                    .method(
                        method.getKey().toUpperCase(java.util.Locale.ROOT),
                        method.getKey().equals("post")
                            ? BodyPublishers.ofString(body(address))
                            : BodyPublishers.noBody()));
        if (method.getKey().equals("delete") && path.getKey().equals("/queries/{queryName}")) {
          post("/epcis/queries", key, "{\"name\": \"q\", \"query\": {}}");
        }
        if (address.equals("/epcis/events") && method.getKey().equals("post")) {
          assertThat(answer.statusCode()).isEqualTo(400); // a document is no event
          checked++;
          continue;
        }
        assertThat(statuses)
            .as(method.getKey() + " " + address + " " + answer.body())
            .map(String::valueOf)
            .contains("" + answer.statusCode());
        assertThat(answer.statusCode()).as(method.getKey() + " " + address).isLessThan(300);
        if (method.getKey().equals("options")) {
          allows(answer, (Map<String, Object>) path.getValue(), address);
        }
        assertThat(answer.headers().firstValue("GS1-EPCIS-Version")).hasValue("2.0.0");
        checked++;
      }
    }
    assertThat(checked).isGreaterThan(50);
  }

  /**
   * Each address gives the media types that are described for it, and is refused in XML where it
   * has none: who takes XML only is told in XML.
   */
  @Test
  @SuppressWarnings("unchecked")
  void everyMediaTypeIsGiven() throws IOException {
    Map<String, Object> api = api();
    String key = key(someParty());
    String id = id();
    JsonNode job =
        capture(
            key,
            document(
                event(
                    id,
                    ", \"disposition\": \"active\", \"readPoint\": {\"id\": \"urn:x:r\"},"
                        + " \"bizLocation\": {\"id\": \"urn:x:l\"}")));
    post("/epcis/queries", key, "{\"name\": \"media\", \"query\": {}}");
    String subscription =
        post("/epcis/queries/media/subscriptions", key, SUBSCRIPTION)
            .headers()
            .firstValue("Location")
            .orElseThrow();
    int inXml = 0;
    int inJsonAlone = 0;
    for (var path : ((Map<String, Object>) api.get("paths")).entrySet()) {
      Object get = ((Map<String, Object>) path.getValue()).get("get");
      if (get == null) {
        continue;
      }
      String address =
          path.getKey().contains("{subscriptionID}")
              ? subscription
              : address(path.getKey(), job.get("captureID").stringValue(), id);
      Map<String, Object> given =
          (Map<String, Object>) resolved(api, ((Map<String, Object>) get).get("responses"), "200");
      Set<String> types = ((Map<String, Object>) given.get("content")).keySet();
      for (String type : List.of("application/json", "application/xml")) {
        HttpResponse<String> answer = send(request(address, key).header("Accept", type).GET());
        boolean due = types.contains(type);
        assertThat(answer.statusCode()).as(address + " " + type).isEqualTo(due ? 200 : 406);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
            .as(address)
            .startsWith(due ? type : "application/problem+xml");
        inXml += due && type.endsWith("xml") ? 1 : 0;
        inJsonAlone += due ? 0 : 1;
      }
      HttpResponse<String> refused =
          send(request(address, "").header("Accept", "application/problem+xml, text/xml").GET());
      assertThat(refused.statusCode()).as(address).isEqualTo(401);
      assertThat(refused.headers().firstValue("Content-Type").orElseThrow())
          .as(address)
          .startsWith("application/problem+xml");
    }
    assertThat(inXml).isGreaterThan(8);
    assertThat(inJsonAlone).isGreaterThan(8);
  }

  private static String address(String path, String job, String event) {
    return "/epcis"
        + (path.equals("/") ? "" : path)
            .replace("{captureID}", job)
            .replace("{eventID}", encoded(event))
            .replace("{eventType}", "ObjectEvent")
            .replace("{epc}", encoded("urn:epc:id:sgtin:0614141.107346.2017"))
            .replace("{bizStep}", "shipping")
            .replace("{bizLocation}", encoded("urn:x:l"))
            .replace("{readPoint}", encoded("urn:x:r"))
            .replace("{disposition}", "active")
            .replace("{queryName}", "media");
  }

  /** A response by its status, or what it refers to. */
  @SuppressWarnings("unchecked")
  private static Object resolved(Map<String, Object> api, Object responses, String status) {
    Map<Object, Object> all = (Map<Object, Object>) responses;
    Map<String, Object> one =
        (Map<String, Object>) (all.containsKey(status) ? all.get(status) : all.get(200));
    if (!(one.get("$ref") instanceof String reference)) {
      return one;
    }
    Object at = api;
    for (String step : reference.substring(2).split("/", -1)) {
      at = ((Map<String, Object>) at).get(step);
    }
    return at;
  }

  private static String body(String address) {
    if (address.endsWith("/queries")) {
      return "{\"name\": \"other\", \"query\": {}}";
    }
    return address.endsWith("/subscriptions") ? SUBSCRIPTION : document(event(id(), ""));
  }

  private static void allows(
      HttpResponse<String> answer, Map<String, Object> path, String address) {
    String allowed = answer.headers().firstValue("Allow").orElseThrow();
    for (String method : path.keySet()) {
      if (!method.equals("parameters")) {
        assertThat(allowed).as(address).containsIgnoringCase(method);
      }
    }
    assertThat(answer.headers().firstValue("GS1-EPCIS-Min")).hasValue("1.2.0");
    assertThat(answer.headers().firstValue("GS1-EPCIS-Max")).hasValue("2.0.0");
    assertThat(answer.headers().firstValue("GS1-EPC-Format")).hasValue("No_Preference");
    assertThat(answer.headers().firstValue("GS1-CBV-XML-Format")).hasValue("No_Preference");
    assertThat(answer.headers().firstValue("GS1-Vendor-Version")).isPresent();
  }

  @Test
  @SuppressWarnings("unchecked")
  void everyQueryParameterIsUnderstood() throws IOException {
    Map<String, Object> api = api();
    String key = key(someParty());
    Map<String, Object> components = (Map<String, Object>) api.get("components");
    Map<String, Object> parameters = (Map<String, Object>) components.get("parameters");
    int checked = 0;
    for (Object one : parameters.values()) {
      Map<String, Object> parameter = (Map<String, Object>) one;
      String name = (String) parameter.get("name");
      if (!"query".equals(parameter.get("in"))
          || SCHEDULE.contains(name)
          || name.equals("nextPageToken")) {
        continue;
      }
      String more = "";
      if (name.equals("orderDirection") || name.equals("eventCountLimit")) {
        more = "&orderBy=eventTime";
      }
      String query = name + "=" + encoded(sample(name)) + more;
      HttpResponse<String> answer = get("/epcis/events?" + query, key);
      assertThat(answer.statusCode()).as(query + " " + answer.body()).isEqualTo(200);
      checked++;
    }
    assertThat(checked).isGreaterThan(50);
  }

  /** Of query-schema.json: the fixed names and one name for each pattern. */
  @Test
  void everyParameterOfTheSchemaIsUnderstood() throws IOException {
    Path file = folder().resolve("query-schema.json");
    JsonNode schema = JSON.readTree(Files.readString(file)).at("/definitions/EPCIS-Query");
    List<String> names = new ArrayList<>(schema.get("properties").propertyNames());
    for (String pattern : schema.get("patternProperties").propertyNames()) {
      names.add(
          pattern
              .replaceAll("[\\^$]", "")
              .replace("[a-z][a-zA-Z0-9]*\\\\:\\\\w+", "ex:field")
              .replace("\\\\w+_\\\\w+", "readPoint_city")
              .replace("[a-z][a-zA-Z0-9_]+", pattern.contains("bizTrans") ? "po" : "location")
              .replace("[A-Z0-9]{2,4}", "CEL"));
    }
    String key = key(someParty());
    int checked = 0;
    for (String name : names) {
      if (name.equals("@context")) {
        continue;
      }
      String more = "";
      if (name.equals("orderDirection") || name.equals("eventCountLimit")) {
        more = ",\"orderBy\":\"eventTime\"";
      }
      String value = sample(name);
      HttpResponse<String> answer =
          post(
              "/epcis/queries",
              key,
              "{\"name\":\"n%d\",\"query\":{\"@context\":{\"ex\":\"urn:x:\"},\"%s\":\"%s\"%s}}"
                  .formatted(checked, name, value, more));
      assertThat(answer.statusCode()).as(name + " " + answer.body()).isEqualTo(201);
      assertThat(get("/epcis/queries/n" + checked + "/events", key).statusCode())
          .as(name)
          .isEqualTo(200);
      checked++;
    }
    assertThat(checked).isGreaterThan(150);
  }

  private static String sample(String name) {
    if (name.matches(
        "(GE|LT)_(eventTime|recordTime|errorDeclaration_?Time|time|startTime|endTime)")) {
      return "2026-01-01T00:00:00Z";
    }
    if (name.startsWith("EXISTS_") || name.equals("EQ_booleanValue")) {
      return "true";
    }
    if (name.matches("(EQ|GT|GE|LT|LE)_(quantity|percRank|.*_CEL|.*ex:field).*")
        || name.endsWith("Count")
        || name.endsWith("Limit")
        || name.equals("perPage")) {
      return "7";
    }
    return switch (name) {
      case "eventType" -> "ObjectEvent";
      case "EQ_action" -> "ADD";
      case "EQ_bizStep" -> "shipping";
      case "EQ_disposition", "EQ_persistentDisposition_set", "EQ_persistentDisposition_unset" ->
          "active";
      case "EQ_errorReason" -> "did_not_occur";
      case "EQ_type" -> "Temperature";
      case "orderBy" -> "eventTime";
      case "orderDirection" -> "ASC";
      default -> "urn:x:1";
    };
  }

  private static Map<String, Object> api() throws IOException {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(1 << 24);
    return new Yaml(options).load(Files.readString(folder().resolve("openapi.yaml")));
  }

  private static Path folder() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path folder = at.resolveSibling("shared").resolve("epcis/gs1/schema");
      if (Files.isDirectory(folder)) {
        return folder;
      }
    }
    assumeThat(false).as("the reference data are not here").isTrue();
    throw new AssertionError();
  }
}
