package org.yuanliu.platform.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuanliu.platform.capture.TestEvents.document;
import static org.yuanliu.platform.capture.TestEvents.single;
import static org.yuanliu.platform.capture.TestEvents.some;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Versions, limits, media types and encodings. */
class HeadersTest extends CaptureServer {

  @Test
  void tellsVersionsAndLimits() {
    String key = key(someParty());
    for (HttpResponse<String> answer :
        List.of(
            post("/epcis/capture", key, document(some())),
            post("/epcis/events", key, single(some())),
            post("/epcis/capture", key, "{}"))) {
      assertThat(answer.headers().firstValue("GS1-EPCIS-Version")).hasValue("2.0.0");
      assertThat(answer.headers().firstValue("GS1-CBV-Version")).hasValue("2.0.0");
      assertThat(answer.headers().firstValue("GS1-Extensions"))
          .hasValue("yl=https://yuanliu.org/ns/");
      assertThat(answer.headers().firstValue("GS1-EPCIS-Capture-Limit")).hasValue("" + MAX_EVENTS);
      assertThat(answer.headers().firstValue("GS1-EPCIS-Capture-File-Size-Limit"))
          .hasValue("" + MAX_BYTES);
      assertThat(answer.headers().firstValue("GS1-Capture-Error-Behaviour")).hasValue("rollback");
    }
    assertThat(get("/epcis/events", key).headers().firstValue("GS1-EPC-Format"))
        .hasValue("Always_GS1_Digital_Link");
  }

  @ParameterizedTest
  @CsvSource({
    "/epcis/capture, 'OPTIONS,GET,POST'",
    "/epcis/events, 'OPTIONS,GET,POST'",
    "/epcis/capture/1, 'OPTIONS,GET'",
    "/epcis/events/urn%3Ax%3A1, 'OPTIONS,GET'",
    "/epcis/epcs/urn%3Ax%3A1/events, 'OPTIONS,GET'"
  })
  void discovers(String path, String allowed) {
    HttpResponse<String> answer =
        send(request(path, key(someParty())).method("OPTIONS", BodyPublishers.noBody()));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    assertThat(answer.headers().firstValue("Allow").orElseThrow().split(", *"))
        .containsExactlyInAnyOrder(allowed.split(","));
    for (String header :
        List.of("GS1-EPCIS-Version", "GS1-EPCIS-Max", "GS1-CBV-Version", "GS1-CBV-Max")) {
      assertThat(answer.headers().firstValue(header)).as(header).hasValue("2.0.0");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GS1-EPCIS-Version, 2.0.0, 200",
    "GS1-EPCIS-Version, 2.0, 200",
    "GS1-EPCIS-Version, 1.2, 406",
    "GS1-EPCIS-Version, two, 406",
    "GS1-EPCIS-Version, 2.0.0.0, 406",
    "GS1-EPCIS-Version, 99999999999999999999, 406",
    "GS1-EPCIS-Min, 1.0, 200",
    "GS1-EPCIS-Min, 2.1, 406",
    "GS1-EPCIS-Max, 2.0, 200",
    "GS1-EPCIS-Max, 1.2, 406",
    "GS1-CBV-Min, 2.1.0, 406",
    "GS1-CBV-Max, 1.2.2, 406",
    "GS1-EPC-Format, Never_Translates, 200",
    "GS1-EPC-Format, No_Preference, 200",
    "GS1-EPC-Format, Always_EPC_URN, 200",
    "GS1-EPC-Format, Whatever, 406",
    "Accept, application/xml, 200",
    "Accept, text/csv, 406",
    "Accept, */*, 200",
    "Accept, application/json;q=0.5, 200",
    "Accept, nonsense, 406"
  })
  void givesWhatIsAskedForOrSaysThatItCannot(String name, String value, int status) {
    HttpResponse<String> answer =
        send(request("/epcis/events", key(someParty())).header(name, value).GET());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    if (status == 406) {
      RefusalsTest.refused(answer, 406, "epcisException:NotAcceptableException");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/alerts?industry=%00",
        "/api/v1/parties?after=%00",
        "/api/v1/open-data/food/tests?before=a%00",
        "/epcis/events?EQ_bizStep=%00",
        "/api/v1/trace?code=%00"
      })
  void aParameterWithNulIsRefused(String path) {
    HttpResponse<String> answer = get(path, key(someParty()));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
  }

  /** Without a set address it leads to the host that was asked for: no cache hands it to others. */
  @Test
  void aCodesPictureIsKeptForNobodyElse() {
    HttpResponse<String> picture = get("/q/urn:yuanliu:detonator:2026.6161021A00001.svg", "");
    assertThat(picture.statusCode()).isEqualTo(200);
    assertThat(picture.headers().firstValue("Cache-Control").orElseThrow())
        .contains("private")
        .doesNotContain("public");
  }

  /** What there is not is 404 in whatever form it is asked for. */
  @ParameterizedTest
  @ValueSource(strings = {"application/xml", "application/json", "*/*", "text/csv"})
  void anUnknownAddressIsAbsentInEveryForm(String accept) {
    HttpResponse<String> answer =
        send(request("/epcis/no-such-thing", key(someParty())).header("Accept", accept).GET());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(404);
    assertThat(answer.body()).contains("epcisException:NoSuchNameException");
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith(
            accept.equals("application/xml")
                ? "application/problem+xml"
                : "application/problem+json");
  }

  @Test
  void answersInTheMediaTypeAskedFor() {
    String key = key(someParty());
    assertThat(contentType(request("/epcis/events", key).header("Accept", "application/ld+json")))
        .startsWith("application/ld+json");
    assertThat(contentType(request("/epcis/events", key))).startsWith("application/json");
    assertThat(
            send(request("/epcis/capture", key)
                    .header("Content-Type", "application/json")
                    .header("GS1-Capture-Error-Behaviour", "all")
                    .POST(BodyPublishers.ofString(document(some()))))
                .statusCode())
        .isEqualTo(400);
  }

  private static String contentType(HttpRequest.Builder request) {
    return send(request.GET()).headers().firstValue("Content-Type").orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "application/json, 202",
    "application/ld+json, 202",
    "application/json; charset=utf-8, 202",
    "application/json; charset=iso-8859-1, 415",
    "application/json; charset=none, 415",
    "application/xml, 400",
    "text/xml; charset=utf-8, 400",
    "text/xml; charset=utf-16, 415",
    "text/plain, 415",
    "nonsense, 415",
    "application/x-www-form-urlencoded, 415",
    ", 415"
  })
  void takesJsonAndXmlOnly(String type, int status) {
    HttpRequest.Builder request =
        request("/epcis/capture", key(someParty())).POST(BodyPublishers.ofString(document(some())));
    HttpResponse<String> answer =
        send(type == null ? request : request.header("Content-Type", type));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    if (status == 415) {
      RefusalsTest.refused(answer, 415, "epcisException:UnsupportedMediaTypeException");
    }
  }

  @Test
  void takesGzipWithinTheLimit() {
    String key = key(someParty());
    byte[] fitting = gzip(document(some()).getBytes(StandardCharsets.UTF_8));
    assertThat(encoded(key, "gzip", fitting).statusCode()).isEqualTo(202);
    byte[] bomb = gzip(new byte[50 << 20]);
    assertThat(bomb.length).isLessThan(MAX_BYTES);
    RefusalsTest.refused(
        encoded(key, "gzip", bomb), 413, "epcisException:CaptureLimitExceededException");
    // Empty members without end give nothing and cost time.
    byte[] nothing = gzip(new byte[0]);
    ByteArrayOutputStream many = new ByteArrayOutputStream();
    for (int i = 0; i <= MAX_BYTES / nothing.length; i++) {
      many.writeBytes(nothing);
    }
    assertThat(encoded(key, "gzip", many.toByteArray()).statusCode()).isIn(400, 413);
    byte[] cut = java.util.Arrays.copyOf(fitting, fitting.length - 9);
    RefusalsTest.refused(encoded(key, "gzip", cut), 400, "epcisException:ValidationException");
    RefusalsTest.refused(
        encoded(key, "gzip", document(some()).getBytes(StandardCharsets.UTF_8)),
        400,
        "epcisException:ValidationException");
    RefusalsTest.refused(
        encoded(key, "br", fitting), 415, "epcisException:UnsupportedMediaTypeException");
  }

  @Test
  void boundsWhatAnnouncesNoLength() {
    String key = key(someParty());
    String one = document(some());
    String atLimit = one + " ".repeat(MAX_BYTES - one.length());
    assertThat(chunked(key, one).statusCode()).isEqualTo(202);
    assertThat(chunked(key, atLimit).statusCode()).isEqualTo(202);
    RefusalsTest.refused(
        chunked(key, atLimit + " "), 413, "epcisException:CaptureLimitExceededException");
    RefusalsTest.refused(
        chunked(key, " ".repeat(20 << 20)), 413, "epcisException:CaptureLimitExceededException");
    RefusalsTest.refused(
        post("/epcis/capture", key, " ".repeat(20 << 20)),
        413,
        "epcisException:CaptureLimitExceededException");
  }

  @Test
  void otherMethodsAreRefused() {
    HttpResponse<String> answer =
        send(
            request("/epcis/capture", key(someParty()))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{}")));
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/problem+json");
  }

  private HttpResponse<String> chunked(String key, String body) {
    return send(
        request("/epcis/capture", key)
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.ofInputStream(
                    () -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)))));
  }

  private HttpResponse<String> encoded(String key, String encoding, byte[] body) {
    return send(
        request("/epcis/capture", key)
            .header("Content-Type", "application/json")
            .header("Content-Encoding", encoding)
            .POST(BodyPublishers.ofByteArray(body)));
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return out.toByteArray();
  }
}
