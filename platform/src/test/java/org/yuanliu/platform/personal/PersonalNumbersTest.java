package org.yuanliu.platform.personal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yuanliu.ledger.Suite;
import org.yuanliu.ledger.note.VerifierKey;
import org.yuanliu.ledger.receipt.Finding;
import org.yuanliu.ledger.receipt.PersonalValue;
import org.yuanliu.ledger.receipt.ReceiptJson;
import org.yuanliu.ledger.receipt.Trust;
import org.yuanliu.ledger.receipt.Verification;
import org.yuanliu.ledger.receipt.Verifier;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.access.ViewerKind;
import org.yuanliu.platform.journal.Standing;
import tools.jackson.databind.JsonNode;

/**
 * Prescriptions and blasters' certificates: cited by all alike, their numbers kept like persons.
 */
class PersonalNumbersTest extends PersonalServer {
  private static final Pattern SEALED =
      Pattern.compile("urn:yuanliu:document:prescription:sealed\\.([0-9a-f]{64})");

  private static String prescription() {
    return "RX/" + UUID.randomUUID().toString().toUpperCase(java.util.Locale.ROOT);
  }

  private static String uri(String number) {
    return "urn:yuanliu:document:prescription:" + encoded(number);
  }

  private static String citing(String... citations) {
    return ", \"bizTransactionList\": [" + String.join(", ", citations) + "]";
  }

  private static String citation(String type, String id) {
    return "{\"type\": \"%s\", \"bizTransaction\": \"%s\"}".formatted(type, id);
  }

  private String shown(JsonNode stored) {
    HttpResponse<String> answer =
        get("/epcis/events/" + encoded(stored.get("eventID").asString()), key);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  private static String sealed(String body) {
    Matcher found = SEALED.matcher(body);
    assertThat(found.find()).as(body).isTrue();
    return found.group(1);
  }

  @Test
  void aNumberIsNowhereInClearHoweverItIsCitedAndAllCitationsAgree() throws IOException {
    String number = prescription();
    String patient = number();
    String sent = event(serial(), patient, citing(citation("yl:BTT-prescription", uri(number))));
    JsonNode first = stored(sent);
    assertThat(stored(sent).get("duplicate").booleanValue()).isTrue();
    String hash = sealed(shown(first));
    assertThat(shown(first)).doesNotContain(encoded(number), number);

    // Without its type, by a URI of its own, and with the file beside it.
    JsonNode untyped =
        stored(
            event(
                serial(), patient, citing("{\"bizTransaction\": \"%s\"}".formatted(uri(number)))));
    JsonNode filed =
        stored(
            event(
                serial(),
                patient,
                citing(citation("https://yuanliu.org/ns/BTT-prescription", uri(number)))
                    + """
                    , "yl:documents": [{"type": "prescription", "number": "%s",
                        "digest": "%s"}]
                    """
                        .formatted(number, "0".repeat(64))));
    assertThat(sealed(shown(untyped))).isEqualTo(hash);
    assertThat(sealed(shown(filed))).isEqualTo(hash);
    JsonNode elsewhere =
        stored(
            event(
                serial(),
                patient,
                citing(citation("yl:BTT-prescription", "https://his.example/rx/" + number))));
    assertThat(shown(elsewhere)).contains("prescription:sealed.").doesNotContain("his.example");
    // By the form of a link.
    HttpResponse<String> form =
        post(
            "/api/v1/links/drugs/dispensing?product=preparations",
            key,
            """
            {"event_time": "2026-11-20T08:00:00+08:00", "place": "610102002",
             "drug_codes": ["81234567890123456784"], "prescription_number": "%s",
             "patient_document_kind": "1", "patient_document": "%s"}\
            """
                .formatted(number, patient));
    assertThat(form.statusCode()).as(form.body()).isEqualTo(201);
    assertThat(sealed(shown(json(form).get("events").get(0)))).isEqualTo(hash);
    // What was read may be sent again: it is no number.
    JsonNode again =
        stored(
            event(
                serial(),
                number(),
                citing(
                    citation(
                        "yl:BTT-prescription",
                        "urn:yuanliu:document:prescription:sealed." + hash))));
    assertThat(sealed(shown(again))).isEqualTo(hash);

    // Others' numbers stay what they are.
    JsonNode invoice =
        stored(
            event(
                serial(),
                patient,
                citing(citation("inv", "urn:yuanliu:document:inv:INV-" + hash))));
    assertThat(shown(invoice)).contains("urn:yuanliu:document:inv:INV-" + hash);

    // Four citations, and the file.
    assertThat(find(number)).hasSize(5);
    JsonNode found = find(number).get(0);
    assertThat(found.at("/name/zh").asString()).isEqualTo("处方号");
    assertThat(found.get("masked").asString()).doesNotContain(number.substring(4, 20));
    JsonNode value =
        json(ask(
                "entries/" + first.get("position").asLong() + "/view",
                key,
                "{\"reason\": \"核对\", \"elements\": [\"prescription\"]}"))
            .at("/values/0");
    assertThat(value.get("value").asString()).isEqualTo(number);
    assertThat(
            HexFormat.of()
                .formatHex(
                    PersonalValue.commit(
                        Suite.SHA256_ED25519,
                        Base64.getDecoder().decode(value.get("salt").asString()),
                        number.getBytes(UTF_8))))
        .isEqualTo(hash);
    requireNowhere(number);
    requireNowhere(encoded(number));
  }

  @Test
  void aRegisteredOneIsFoundByItsNumberAndByWhatCitesIt() throws IOException {
    String number = prescription();
    String registrar =
        key(
            pharmacy,
            ViewerKind.OPERATOR,
            EnumSet.of(Permission.REGISTER, Permission.QUERY, Permission.CAPTURE),
            Standing.AUTHORITY);
    String document =
        """
        {"id": "%s", "type": "https://yuanliu.org/ns/BTT-prescription", "number": "%s",
         "issuer": "%s", "validity": {"from": "2026-11-19", "to": "2026-11-22"}}\
        """
            .formatted(uri(number), number, pharmacy);
    HttpResponse<String> registered =
        send(
            request("/api/v1/documents", registrar)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(document)));
    assertThat(registered.statusCode()).as(registered.body()).isEqualTo(201);
    String id = json(registered).get("id").asString();
    assertThat(id).matches(SEALED);
    String citing =
        shown(
            stored(
                event(serial(), number(), citing(citation("yl:BTT-prescription", uri(number))))));
    assertThat(citing).contains(id);
    for (String asked : List.of(id, uri(number))) {
      HttpResponse<String> answer = get("/api/v1/documents?id=" + encoded(asked), registrar);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(json(answer).at("/validity/to").asString()).isEqualTo("2026-11-22");
      assertThat(answer.body()).doesNotContain(number);
    }
    long persons = count("personal_subject");
    assertThat(get("/api/v1/documents?id=" + encoded(uri(prescription())), registrar).statusCode())
        .isEqualTo(404);
    assertThat(count("personal_subject")).as("who asks makes nothing").isEqualTo(persons);
    requireNowhere(number);
  }

  private long count(String table) {
    return jdbc.sql("select count(*) from " + table).query(Long.class).single();
  }

  @Test
  void whoErasesThePersonErasesTheNumberAndTheProofStays() throws Exception {
    String number = prescription();
    String patient = number();
    JsonNode first =
        stored(event(serial(), patient, citing(citation("yl:BTT-prescription", uri(number)))));
    String hash = sealed(shown(first));
    String subject = null;
    for (JsonNode value : find(patient)) {
      subject = value.get("subject").asString();
    }
    String export = ask("subjects/" + subject + "/export", key, "{\"reason\": \"申请\"}").body();
    assertThat(export).contains(number, patient).doesNotContain("李医师");
    String operator =
        key(
            someParty(),
            ViewerKind.OPERATOR,
            EnumSet.of(Permission.PERSONAL, Permission.QUERY),
            Standing.DECLARED);
    HttpResponse<String> erased =
        ask("subjects/" + subject + "/erasure", operator, "{\"basis\": \"request\"}");
    assertThat(erased.statusCode()).as(erased.body()).isEqualTo(200);
    assertThat(json(erased).get("values").asInt()).isEqualTo(3);
    assertThat(find(number)).isEmpty();
    assertThat(find(patient)).isEmpty();
    assertThat(sealed(shown(first))).isEqualTo(hash);
    // Whoever cites it again cites another: nobody can tell that it is the same.
    JsonNode later =
        stored(event(serial(), number(), citing(citation("yl:BTT-prescription", uri(number)))));
    assertThat(sealed(shown(later))).isNotEqualTo(hash);

    String log = "/ledger/" + server.log();
    HttpResponse<String> receipt = null;
    Instant until = Instant.now().plusSeconds(30);
    while (receipt == null || receipt.statusCode() != 200) {
      assertThat(Instant.now()).as("no receipt").isBefore(until);
      receipt = get(log + "/receipt/" + encoded(first.get("eventID").asString()), key);
      Thread.sleep(20);
    }
    List<VerifierKey> keys = new ArrayList<>();
    for (String line : get(log + "/key", "").body().lines().filter(l -> !l.isBlank()).toList()) {
      keys.add(VerifierKey.parse(line));
    }
    Verification verification =
        Verifier.verify(ReceiptJson.read(receipt.body().getBytes(UTF_8)), Trust.of(keys));
    assertThat(verification.holds()).isTrue();
    assertThat(verification.findings().stream().map(Finding::code))
        .contains(Finding.Code.VALUES_ERASED, Finding.Code.VALUES_WITHHELD, Finding.Code.INCLUSION);
    assertThat(receipt.body())
        .contains(Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hash)));
  }
}
