package org.yuanliu.platform.personal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** A person's value in an address: neither in the audit, nor in a log, nor in what is answered. */
@ExtendWith(OutputCaptureExtension.class)
class AuditedWordsTest extends PersonalServer {
  /** Parameters of our addresses that hold codes, words of ours, times, pages. */
  private static final Set<String> PLAIN =
      Set.of(
          "after",
          "all",
          "at",
          "before",
          "case",
          "check",
          "code",
          "count",
          "depth",
          "direction",
          "error",
          "frontier",
          "from",
          "id",
          "industry",
          "lang",
          "level",
          "lifted",
          "limit",
          "max",
          "mine",
          "month",
          "period",
          "next",
          "nextPageToken",
          "outcome",
          "party",
          "per",
          "perPage",
          "principal",
          "product",
          "q",
          "reason",
          "severity",
          "since",
          "size",
          "state",
          "step",
          "then",
          "to",
          "type",
          "units",
          "version",
          "wsdl",
          "account",
          "days",
          "place",
          "link",
          "old",
          "position");

  /** Those that are masked. */
  private static final Set<String> MASKED = Set.of("address", "object", "text", "q", "name");

  @Autowired AuditedWords words;
  @Autowired KeyRing ring;

  @Autowired
  @Qualifier("requestMappingHandlerMapping")
  RequestMappingHandlerMapping mappings;

  @Test
  void whatWasAskedIsKeptWithoutThePerson(CapturedOutput output) throws Exception {
    String name = "欧阳" + Character.toString(0x4e00 + (int) (Math.random() * 5_000)) + "测";
    String phone = "139" + number().substring(10);
    String identity = number();
    String certificate = "BP-" + UUID.randomUUID();
    Map<String, String> asked = new HashMap<>();
    for (String address :
        List.of(
            "/api/v1/parties?name=" + encoded(name),
            "/api/v1/parties?code=x&phone=" + phone,
            // Escaped digits are digits.
            "/api/v1/parties?tel=" + escaped(phone),
            "/api/v1/parties?code=" + escaped(phone),
            "/api/v1/parties?code=" + escaped(identity),
            "/api/v1/parties/" + phone,
            "/api/v1/nothing/here/" + escaped(identity),
            "/api/v1/codes/resolve?text=" + encoded(name),
            "/api/v1/audit?object=" + encoded(name),
            "/api/v1/documents?id="
                + encoded("urn:yuanliu:document:blaster_certificate:" + certificate),
            "/epcis/events?EQ_https%3A%2F%2Fyuanliu.org%2Fns%2Freceiver=" + encoded(name),
            "/epcis/events?EQ_yl%3AReceiver=1&EQ_yl%3Areceiver=" + encoded(name),
            "/epcis/events?EQ_bizTransaction_yl%3ABTT-blaster_certificate=" + certificate,
            "/epcis/events?MATCH_epc=" + encoded("urn:x:" + phone),
            "/api/v1/trace?direction=both&code=" + encoded(name) + "&name=" + encoded(name),
            "/api/v1/holds?Telephone="
                + encoded(phone.substring(0, 3) + " " + phone.substring(3)))) {
      for (String who : List.of(key, "")) {
        String id = "asked-" + UUID.randomUUID();
        HttpResponse<String> answer = send(request(address, who).header("X-Request-Id", id).GET());
        assertThat(answer.body()).as(address).doesNotContain(identity, certificate);
        if (answer.statusCode() >= 400) {
          assertThat(answer.body()).as(address).doesNotContain(phone, name);
        }
        asked.put(id, address);
      }
    }
    // What the connector refuses before anybody sees it, and what it cannot decode.
    for (String line :
        List.of(
            "/api/v1/parties?name=" + name,
            "/api/v1/parties?phone=" + phone + "&x={",
            "/api/v1/parties?phone=" + phone + "%zz",
            "/api/v1/../parties?phone=" + phone,
            "/api/v1/parties;phone=" + phone,
            "/" + phone + "%00")) {
      assertThat(raw(line)).startsWith("HTTP/1.1 4").doesNotContain(phone, name);
    }

    for (Map.Entry<String, String> one : asked.entrySet()) {
      String object = object(one.getKey());
      assertThat(object).as(one.getValue()).doesNotContain(name, phone, identity, certificate);
      assertThat(object).as(one.getValue()).contains("*");
    }
    for (String value : List.of(name, phone, identity, certificate)) {
      requireNowhere(value);
      requireNowhere(encoded(value));
      requireNowhere(escaped(value));
      assertThat(output.getAll()).doesNotContain(value, encoded(value), escaped(value));
    }
    // The same person asked for by different addresses is seen to be the same, and to be this one.
    String digest =
        HexFormat.of().formatHex(Digests.ofValue(ring.own().index(), name)).substring(0, 16);
    assertThat(
            jdbc.sql("select count(*) from audit where object like :digest")
                .param("digest", "%~" + digest + "%")
                .query(Long.class)
                .single())
        .isGreaterThanOrEqualTo(8);
  }

  /** Nothing in an address is taken for a note of the server's own. */
  @Test
  void anAddressForgesNoNote() throws Exception {
    String id = "asked-" + UUID.randomUUID();
    send(
        request(
                "/api/v1/trace?code=x&z=" + encoded("1, case=2026-7, reason=x") + "&name=a%00b",
                key)
            .header("X-Request-Id", id)
            .GET());
    assertThat(object(id)).contains("case=2026-7").doesNotContain(", case=", "\0");
  }

  private String object(String requestId) throws InterruptedException {
    Instant until = Instant.now().plusSeconds(30);
    while (true) {
      List<String> found =
          jdbc.sql("select route || ' ' || coalesce(object, '') from audit where request_id = :id")
              .param("id", requestId)
              .query(String.class)
              .list();
      if (!found.isEmpty()) {
        return found.getFirst();
      }
      assertThat(Instant.now()).as("the audit is not written").isBefore(until);
      Thread.sleep(20);
    }
  }

  /** Every character as an escape. */
  private static String escaped(String text) {
    StringBuilder out = new StringBuilder();
    for (byte b : text.getBytes(UTF_8)) {
      out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
    }
    return out.toString();
  }

  private String raw(String target) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(20_000);
      socket
          .getOutputStream()
          .write(
              ("GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                  .getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Whoever adds a parameter says here whether a person's value may stand in it. */
  @Test
  void everyParameterOfOurAddressesIsKnownToBePlainOrMasked() {
    Set<String> unknown = new TreeSet<>();
    for (HandlerMethod method : mappings.getHandlerMethods().values()) {
      for (MethodParameter parameter : method.getMethodParameters()) {
        RequestParam asked = parameter.getParameterAnnotation(RequestParam.class);
        if (asked != null && parameter.getParameterType() == String.class) {
          parameter.initParameterNameDiscovery(
              new org.springframework.core.DefaultParameterNameDiscoverer());
          String name = asked.value().isEmpty() ? parameter.getParameterName() : asked.value();
          if (!PLAIN.contains(name) && !MASKED.contains(name)) {
            unknown.add(method.getShortLogMessage() + " " + name);
          }
        }
      }
    }
    assertThat(unknown).isEmpty();
    assertThat(words.isPersonal("EQ_https://yuanliu.org/ns/patientDocument")).isTrue();
    assertThat(words.isPersonal("EQ_bizStep")).isFalse();
  }
}
