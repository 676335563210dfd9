package org.yuanliu.platform.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** GS1's own documents go in and come back with equal content. */
class SamplesTest extends CaptureServer {
  static List<Path> samples() throws IOException {
    Path folder = folder();
    if (folder == null) {
      return List.of(Path.of("absent"));
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jsonld")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void comeBackAsTheyWere(Path sample) throws IOException {
    assumeThat(sample).as("the reference data are not here").exists();
    String key = key(someParty());
    String text = Files.readString(sample);
    JsonNode job = capture(key, text);
    assertThat(job.get("success").booleanValue()).as(job.toString()).isTrue();

    JsonNode body = JSON.readTree(text).get("epcisBody");
    List<JsonNode> sent =
        body.at(body.has("queryResults") ? "/queryResults/resultsBody/eventList" : "/eventList")
            .valueStream()
            .toList();
    HttpResponse<String> answer =
        send(
            request("/epcis/events?perPage=20&orderBy=recordTime&orderDirection=ASC", key)
                .header("GS1-EPC-Format", "Never_Translates")
                .GET());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode document = json(answer);
    List<JsonNode> back = events(document);
    assertThat(back).hasSameSizeAs(sent);
    for (int i = 0; i < sent.size(); i++) {
      assertThat(withoutOurs(back.get(i), sent.get(i))).isEqualTo(withoutRecordTime(sent.get(i)));
      assertThat(back.get(i).get("recordTime").stringValue()).endsWith("Z");
      assertThat(back.get(i).get("eventID").stringValue()).isNotEmpty();
    }
    assertThat(contexts(document)).containsAll(contexts(JSON.readTree(text)));

    // What came back is itself a document's events: sent again, it is the same record.
    String again = asCapture(document);
    JsonNode repeated = capture(key, again);
    assertThat(repeated.get("success").booleanValue()).as(repeated.toString()).isTrue();
    assertThat(repeated.get("duplicateCount").intValue()).isEqualTo(sent.size());
    assertThat(repeated.get("positions")).isEqualTo(job.get("positions"));
  }

  @Test
  void theReferenceDataAreComplete() throws IOException {
    assumeThat(folder()).as("the reference data are not here").isNotNull();
    assertThat(samples()).hasSizeGreaterThan(20);
  }

  private static Path folder() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path folder = at.resolveSibling("shared").resolve("epcis/gs1/json");
      if (Files.isDirectory(folder)) {
        return folder;
      }
    }
    return null;
  }

  private static JsonNode withoutOurs(JsonNode back, JsonNode sent) {
    ObjectNode copy = (ObjectNode) back.deepCopy();
    copy.remove("recordTime");
    if (!sent.has("eventID")) {
      copy.remove("eventID");
    }
    if (!sent.has("@context")) {
      copy.remove("@context");
    }
    return copy;
  }

  private static JsonNode withoutRecordTime(JsonNode sent) {
    ObjectNode copy = (ObjectNode) sent.deepCopy();
    copy.remove("recordTime");
    return copy;
  }

  private static List<JsonNode> contexts(JsonNode document) {
    List<JsonNode> parts = new ArrayList<>();
    JsonNode context = document.get("@context");
    if (context.isArray()) {
      context.forEach(parts::add);
    } else {
      parts.add(context);
    }
    parts.removeIf(part -> part.isString() && part.stringValue().endsWith("epcis-context.jsonld"));
    return parts;
  }

  private static String asCapture(JsonNode query) {
    ObjectNode document = (ObjectNode) query.deepCopy();
    document.put("type", "EPCISDocument");
    ObjectNode body = document.putObject("epcisBody");
    body.set("eventList", query.at("/epcisBody/queryResults/resultsBody/eventList").deepCopy());
    return document.toString();
  }
}
