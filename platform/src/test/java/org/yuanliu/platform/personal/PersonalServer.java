package org.yuanliu.platform.personal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.yuanliu.platform.ServerSettings;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.capture.CaptureServer;
import org.yuanliu.platform.journal.Entry;
import org.yuanliu.platform.journal.Journal;
import org.yuanliu.platform.journal.Standing;
import tools.jackson.databind.JsonNode;

/** A pharmacy on the shared server, and a search for what must be nowhere in clear. */
abstract class PersonalServer extends CaptureServer {
  static final Set<Permission> SEES =
      EnumSet.of(Permission.CAPTURE, Permission.QUERY, Permission.PERSONAL);

  @Autowired Journal store;
  @Autowired ServerSettings server;

  final String pharmacy = someParty();
  String key = "";

  @BeforeEach
  void signIn() {
    key = key(pharmacy, SEES, Standing.DECLARED);
  }

  /** An identity number of a person who is not. */
  static String number() {
    // Of some 200 million, so that nobody comes twice.
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return "990101%d%02d%02d%04d"
        .formatted(
            random.nextInt(1940, 2000),
            random.nextInt(1, 13),
            random.nextInt(1, 29),
            random.nextInt(10_000));
  }

  static String serial() {
    return UUID.randomUUID().toString().substring(0, 18);
  }

  static String event(String unit, String patient, String more) {
    return """
    {"@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
                  {"yl": "https://yuanliu.org/ns/"}],
     "type": "ObjectEvent", "eventTime": "2026-11-20T05:31:07.25+08:00",
     "eventTimeZoneOffset": "+08:00", "action": "OBSERVE", "bizStep": "dispensing",
     "disposition": "dispensed", "epcList": ["urn:epc:id:sgtin:4012345.011111.%s"],
     "yl:industry": "drugs", "yl:patientDocumentKind": "identity_card",
     "yl:patientDocument": "%s", "yl:physician": "李医师"%s}\
    """
        .formatted(unit, patient, more);
  }

  final JsonNode stored(String event) {
    HttpResponse<String> answer = post("/epcis/events", key, event);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return json(answer);
  }

  final HttpResponse<String> ask(String path, String who, String body) {
    return send(
        request("/api/v1/personal/" + path, who)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  final JsonNode find(String value) {
    HttpResponse<String> answer =
        ask("search", key, "{\"value\": \"%s\", \"reason\": \"本人申请\"}".formatted(value));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer).get("values");
  }

  final void requireNowhere(String value) throws IOException {
    assertThat(tablesWith(value)).isEmpty();
    store.replay(
        0,
        entries -> {
          for (Entry entry : entries) {
            assertThat(new String(entry.draft().body(), UTF_8)).doesNotContain(value);
          }
        });
    for (byte[] body :
        jdbc.sql("select body from capture_job where body is not null")
            .query(byte[].class)
            .list()) {
      if (body[0] == 0x1f) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
          assertThat(new String(in.readAllBytes(), UTF_8)).doesNotContain(value);
        }
      }
    }
    try (Stream<Path> files = Files.walk(server.dataDir())) {
      for (Path file :
          files
              .filter(f -> f.toString().endsWith(".log") || f.toString().endsWith(".json"))
              .toList()) {
        assertThat(Files.readString(file)).doesNotContain(value);
      }
    }
  }

  /** Tables with a row that has this text, or its bytes. */
  final List<String> tablesWith(String value) {
    List<String> tables =
        jdbc.sql(
                """
                select table_name from information_schema.tables
                where table_schema = current_schema() and table_type = 'BASE TABLE'\
                """)
            .query(String.class)
            .list();
    assertThat(tables).contains("entry", "audit", "personal_value", "query_posting");
    return tables.stream()
        .filter(
            table ->
                jdbc.sql(
                            """
                            select count(*) from "%s" t
                            where strpos(t::text, :text) > 0 or strpos(t::text, :hex) > 0\
                            """
                                .formatted(table))
                        .param("text", value)
                        .param("hex", HexFormat.of().formatHex(value.getBytes(UTF_8)))
                        .query(Long.class)
                        .single()
                    > 0)
        .toList();
  }
}
