package org.yuanliu.platform.personal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.transaction.support.TransactionOperations;
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
import org.yuanliu.platform.keys.Gcm;
import tools.jackson.databind.JsonNode;

/** Patients and a named blaster: what is stored of them, who sees it, and how it goes again. */
@ExtendWith(OutputCaptureExtension.class)
class PersonalHttpTest extends PersonalServer {
  private static final String VIEW = "{\"reason\": \"核对处方\"}";

  @Autowired KeyRing ring;
  @Autowired TransactionOperations transactions;

  @Test
  void whatCameByAnyDoorIsNowhereInClear(CapturedOutput output)
      throws IOException, InterruptedException {
    String patient = number();
    JsonNode single = stored(event(serial(), patient, ""));
    String document =
        """
        {"@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
                      {"yl": "https://yuanliu.org/ns/"}],
         "type": "EPCISDocument", "schemaVersion": "2.0",
         "creationDate": "2026-11-20T06:00:00+08:00",
         "epcisBody": {"eventList": [%s]}}\
        """
            .formatted(
                event(serial(), patient, "")
                    .replaceFirst("(?s)\"@context\".*?\\],\n *\"type\"", "\"type\""));
    JsonNode job = capture(key, document);
    assertThat(job.get("success").booleanValue()).as(job.toString()).isTrue();
    HttpResponse<String> xml =
        send(
            request("/epcis/events", key)
                .header("Content-Type", "application/xml")
                .POST(
                    BodyPublishers.ofString(
                        """
                        <epcis:ObjectEvent xmlns:epcis="urn:epcglobal:epcis:xsd:2"
                            xmlns:own="https://yuanliu.org/ns/">
                          <eventTime>2026-11-20T05:31:07.25+08:00</eventTime>
                          <eventTimeZoneOffset>+08:00</eventTimeZoneOffset>
                          <epcList><epc>urn:epc:id:sgtin:4012345.011111.%s</epc></epcList>
                          <action>OBSERVE</action>
                          <bizStep>urn:epcglobal:cbv:bizstep:dispensing</bizStep>
                          <own:patientDocument>%s</own:patientDocument>
                        </epcis:ObjectEvent>\
                        """
                            .formatted(serial(), patient))));
    assertThat(xml.statusCode()).as(xml.body()).isEqualTo(201);
    HttpResponse<String> form =
        post(
            "/api/v1/links/drugs/vaccination",
            key,
            """
            {"event_time": "2026-11-20T08:00:00+08:00", "place": "610102002",
             "drug_codes": ["81234567890123456784"], "physician": "李医师",
             "patient_document_kind": "1", "patient_document": "%s"}\
            """
                .formatted(patient));
    assertThat(form.statusCode()).as(form.body()).isIn(200, 201);

    assertThat(find(patient)).hasSize(4);
    // Somebody asks for the number by address, and names it in a reason.
    get("/epcis/events?EQ_https%3A%2F%2Fyuanliu.org%2Fns%2FpatientDocument=" + patient, key);
    assertThat(
            ask("search", key, "{\"value\": \"x\", \"reason\": \"" + patient + "\"}").statusCode())
        .isEqualTo(400);
    String shown = get("/epcis/events/" + encoded(single.get("eventID").asString()), key).body();
    assertThat(shown).contains("yl:patientDocument", "yl:commitment").doesNotContain(patient);

    // What the audit has of those requests is written soon after them.
    Instant until = Instant.now().plusSeconds(20);
    while (audited("patientDocument=990***********" + patient.substring(14) + "~") == 0) {
      assertThat(Instant.now()).as("the audit is not written").isBefore(until);
      Thread.sleep(50);
    }
    requireNowhere(patient);
    requireNowhere("李医师");
    assertThat(output.getAll()).doesNotContain(patient);
    // The probe itself finds what is there.
    assertThat(tablesWith(pharmacy)).isNotEmpty();
  }

  private long audited(String object) {
    return jdbc.sql("select count(*) from audit where object like :object")
        .param("object", "%" + object + "%")
        .query(Long.class)
        .single();
  }

  @Test
  void theSameEventAgainIsTheSameRecord() {
    String unit = serial();
    String patient = number();
    JsonNode first = stored(event(unit, patient, ""));
    JsonNode again = stored(event(unit, patient, ""));
    assertThat(again.get("duplicate").booleanValue()).isTrue();
    assertThat(again.get("position")).isEqualTo(first.get("position"));
    JsonNode other = stored(event(unit, number(), ""));
    assertThat(other.get("duplicate").booleanValue()).isFalse();
    assertThat(find(patient)).hasSize(1);
    // Under the sender's own id another person is another content.
    String id = "urn:uuid:" + UUID.randomUUID();
    stored(event(unit, patient, ", \"eventID\": \"" + id + "\""));
    assertThat(
            post("/epcis/events", key, event(unit, number(), ", \"eventID\": \"" + id + "\""))
                .statusCode())
        .isEqualTo(409);
  }

  @Test
  void anIdThatIsTheHashOverTheValueIsRefused() {
    String bare = event(serial(), number(), "");
    String hash =
        org.yuanliu.epcis.EventHash.of(
            switch (new org.yuanliu.epcis.DocumentReader(org.yuanliu.epcis.Limits.DEFAULT)
                .readEvent(bare.getBytes(UTF_8))) {
              case org.yuanliu.epcis.ReadResult.Accepted accepted -> accepted.events().getFirst();
              case org.yuanliu.epcis.ReadResult.Refused refused ->
                  throw new AssertionError(refused);
            },
            org.yuanliu.epcis.CbvVersion.CBV_2_0);
    HttpResponse<String> answer =
        post(
            "/epcis/events",
            key,
            bare.substring(0, bare.length() - 1) + ", \"eventID\": \"" + hash + "\"}");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("id_tells_personal_value", "/eventID");
  }

  @Test
  void masksShowsWithAReasonAndTellsTheAudit() throws InterruptedException {
    String patient = number();
    long position = stored(event(serial(), patient, "")).get("position").asLong();
    String masked = get("/api/v1/personal/entries/" + position, key).body();
    assertThat(masked)
        .contains("李**", "990***********" + patient.substring(14))
        .doesNotContain(patient);

    String view = "entries/" + position + "/view";
    assertThat(ask(view, key, "{}").statusCode()).isEqualTo(400);
    assertThat(ask(view, key, "{\"reason\": \" \"}").statusCode()).isEqualTo(400);
    JsonNode shown =
        json(ask(view, key, "{\"reason\": \"核对处方\", \"elements\": [\"patientDocument\"]}"));
    assertThat(shown.get("values")).hasSize(1);
    JsonNode value = shown.get("values").get(0);
    assertThat(value.get("value").asString()).isEqualTo(patient);
    assertThat(
            PersonalValue.commit(
                Suite.SHA256_ED25519,
                Base64.getDecoder().decode(value.get("salt").asString()),
                patient.getBytes(UTF_8)))
        .isEqualTo(Base64.getDecoder().decode(value.get("commitment").asString()));

    // Its own permission; nobody else's record; named in it is not enough.
    String without = key(pharmacy);
    assertThat(ask(view, without, VIEW).statusCode()).isEqualTo(403);
    String stranger = key(someParty(), SEES, Standing.DECLARED);
    assertThat(ask(view, stranger, VIEW).statusCode()).isEqualTo(404);
    assertThat(get("/api/v1/personal/entries/" + position, stranger).statusCode()).isEqualTo(404);
    assertThat(ask("entries/999999999/view", key, VIEW).statusCode()).isEqualTo(404);
    assertThat(ask("entries/-1/view", key, VIEW).statusCode()).isEqualTo(404);
    String elsewhere =
        json(ask("search", stranger, "{\"value\": \"%s\", \"reason\": \"x\"}".formatted(patient)))
            .get("values")
            .toString();
    assertThat(elsewhere).isEqualTo("[]");
    String buyer = someParty();
    long named =
        stored(
                event(
                    serial(),
                    patient,
                    ", \"destinationList\": [{\"type\": \"owning_party\", \"destination\": \""
                        + buyer
                        + "\"}]"))
            .get("position")
            .asLong();
    String neighbour = key(buyer, SEES, Standing.DECLARED);
    assertThat(get("/epcis/events?perPage=5", neighbour).body()).contains("yl:commitment");
    assertThat(ask("entries/" + named + "/view", neighbour, VIEW).statusCode()).isEqualTo(404);
    String regulator = key(someParty(), ViewerKind.REGULATOR, SEES, Standing.AUTHORITY);
    assertThat(json(ask(view, regulator, VIEW)).get("values")).hasSize(3);

    for (int i = 0; i < 100 && audited() == 0; i++) {
      Thread.sleep(50);
    }
    assertThat(audited()).isPositive();
  }

  private long audited() {
    return jdbc.sql(
            """
            select count(*) from audit where route like '/api/v1/personal/entries/%/view'
              and object like '%reason=核对处方%' and object like '%shown=%' and status = 200\
            """)
        .query(Long.class)
        .single();
  }

  @Test
  void onePersonIsExportedHeldAndErasedAndTheProofStays() throws Exception {
    String patient = number();
    JsonNode first = stored(event(serial(), patient, ""));
    String unit = serial();
    stored(event(unit, patient, ""));
    String operator =
        key(
            someParty(),
            ViewerKind.OPERATOR,
            EnumSet.of(Permission.QUERY, Permission.PERSONAL),
            Standing.DECLARED);
    String security =
        key(someParty(), ViewerKind.OPERATOR, EnumSet.of(Permission.SECURE), Standing.DECLARED);
    String subject = find(patient).get(0).get("subject").asString();

    JsonNode export =
        json(ask("subjects/" + subject + "/export", operator, "{\"reason\": \"本人申请\"}"));
    assertThat(export.get("complete").booleanValue()).isTrue();
    // Kind and number are one person's; the physician is another.
    assertThat(export.get("values")).hasSize(4);
    assertThat(export.toString())
        .contains(patient, "identity_card", pharmacy)
        .doesNotContain("李医师");
    assertThat(
            ask(
                    "subjects/" + subject + "/export",
                    key(someParty(), SEES, Standing.DECLARED),
                    "{\"reason\": \"x\"}")
                .statusCode())
        .isEqualTo(404);

    HttpResponse<String> hold =
        send(
            request("/api/v1/holds", security)
                .header("Content-Type", "application/json")
                .POST(
                    BodyPublishers.ofString(
                        """
                        {"kind": "unit", "target": "urn:epc:id:sgtin:4012345.011111.%s",
                         "reference": "CASE-1", "reason": "医疗纠纷", "law": "民法典第一千二百二十五条"}\
                        """
                            .formatted(unit))));
    assertThat(hold.statusCode()).as(hold.body()).isEqualTo(201);
    String erasure = "{\"basis\": \"request\", \"reference\": \"REQ-7\"}";
    HttpResponse<String> held = ask("subjects/" + subject + "/erasure", operator, erasure);
    assertThat(held.statusCode()).as(held.body()).isEqualTo(409);
    assertThat(held.body()).contains("legal-hold");
    assertThat(
            lift(json(hold), operator, "{\"reason\": \"结案\", \"law\": \"民法典第一千二百二十五条\"}")
                .statusCode())
        .isEqualTo(403);
    for (String lacking :
        List.of(
            "{}",
            "{\"reason\": \"结案\"}",
            "{\"law\": \"x\"}",
            "{\"reason\": \"\", \"law\": \"x\"}")) {
      assertThat(lift(json(hold), security, lacking).statusCode()).as(lacking).isEqualTo(400);
    }
    String over = "{\"reason\": \"结案\", \"law\": \"民法典第一千二百二十五条\"}";
    HttpResponse<String> lifted = lift(json(hold), security, over);
    assertThat(lifted.statusCode()).as(lifted.body()).isEqualTo(200);
    assertThat(json(lifted).get("liftReason").asString()).isEqualTo("结案");
    assertThat(lift(json(hold), security, over).statusCode()).isEqualTo(404);

    assertThat(ask("subjects/" + subject + "/erasure", key, erasure).statusCode()).isEqualTo(403);
    assertThat(ask("subjects/" + subject + "/erasure", operator, "{\"basis\": \"x\"}").statusCode())
        .isEqualTo(400);
    HttpResponse<String> erased = ask("subjects/" + subject + "/erasure", operator, erasure);
    assertThat(erased.statusCode()).as(erased.body()).isEqualTo(200);
    assertThat(json(erased).get("values").asInt()).isEqualTo(4);
    assertThat(ask("subjects/" + subject + "/erasure", operator, erasure).statusCode())
        .isEqualTo(409);
    assertThat(find(patient)).isEmpty();
    String masked = get("/api/v1/personal/entries/" + first.get("position").asLong(), key).body();
    assertThat(masked).contains("\"erased\"", "李**").doesNotContain(patient);
    assertThat(
            jdbc.sql(
                    "select count(*) from personal_subject where id = cast(:id as uuid) and (digest"
                        + " is not null or sealed is not null)")
                .param("id", subject)
                .query(Long.class)
                .single())
        .isZero();

    long position = json(erased).get("position").asLong();
    assertThat(get("/epcis/events/" + encoded(first.get("eventID").asString()), key).statusCode())
        .isEqualTo(200);
    String log = "/ledger/" + server.log();
    HttpResponse<String> receipt = null;
    for (int i = 0; i < 200 && (receipt == null || receipt.statusCode() != 200); i++) {
      Thread.sleep(50);
      receipt = get(log + "/receipt/" + encoded(first.get("eventID").asString()), key);
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
    assertThat(
            new String(
                store
                    .read(new org.yuanliu.platform.journal.EntryRef(1, position))
                    .orElseThrow()
                    .draft()
                    .body(),
                UTF_8))
        .contains("erasure/v1", "REQ-7", subject)
        .doesNotContain(patient);

    // The person comes again, and is a new one.
    stored(event(serial(), patient, ""));
    assertThat(find(patient)).hasSize(1);
    assertThat(find(patient).get(0).get("subject").asString()).isNotEqualTo(subject);
  }

  private HttpResponse<String> lift(JsonNode hold, String who, String body) {
    return send(
        request("/api/v1/holds/" + hold.get("id").asString() + "/lifting", who)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  @Test
  void withoutTheKeyNothingPersonalComesInOrOutAndTheRestGoesOn() throws IOException {
    String patient = number();
    long position = stored(event(serial(), patient, "")).get("position").asLong();
    Path folder = server.dataDir().resolve("keys/personal");
    Path aside = server.dataDir().resolve("keys/aside");
    String kek = ring.kek();
    assertThat(Files.getPosixFilePermissions(folder.resolve(kek + ".kek"))).hasSize(2);
    Files.move(folder, aside);
    try {
      HttpResponse<String> refused = post("/epcis/events", key, event(serial(), number(), ""));
      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
      assertThat(refused.body()).contains("personal-key-unavailable", "加密密钥不可用");
      HttpResponse<String> unread = ask("entries/" + position + "/view", key, VIEW);
      assertThat(unread.statusCode()).isEqualTo(503);
      String other =
          event(serial(), "x", "").replaceAll("\"yl:(patient\\w*|physician)\": \"[^\"]*\",? ?", "");
      HttpResponse<String> taken = post("/epcis/events", key, other.replaceAll(",\\s*}$", "}"));
      assertThat(taken.statusCode()).as(taken.body()).isEqualTo(201);
      assertThat(get("/actuator/health/personalKeys", "").statusCode()).isIn(401, 404, 503);
      assertThat(ring.failure().orElseThrow()).contains(kek + ".kek");
      // A new folder does not get a new key in its place.
      assertThat(Files.exists(folder)).isFalse();
      Files.createDirectories(folder);
      Files.writeString(folder.resolve(kek + ".kek"), "00".repeat(32));
      assertThat(ring.failure().orElseThrow()).contains("not the key-encryption key that was used");
      Files.delete(folder.resolve(kek + ".kek"));
      Files.delete(folder);
    } finally {
      Files.move(aside, folder);
    }
    assertThat(ring.failure()).isEmpty();
    assertThat(ask("entries/" + position + "/view", key, VIEW).statusCode()).isEqualTo(200);
  }

  @Test
  void theKeyIsReplacedWhileBothAreInUse() {
    String patient = number();
    long position = stored(event(serial(), patient, "")).get("position").asLong();
    String before = ring.kek();
    KeyRing.Rotation rotation = ring.rotate();
    assertThat(rotation.before()).contains(before);
    assertThat(rotation.rewrapped()).isPositive();
    assertThat(ring.kek()).isEqualTo(rotation.name()).isNotEqualTo(before);
    assertThat(
            jdbc.sql("select count(*) from personal_subject where kek = :kek")
                .param("kek", before)
                .query(Long.class)
                .single())
        .isZero();
    assertThat(ask("entries/" + position + "/view", key, VIEW).body()).contains(patient);
    assertThat(find(patient)).hasSize(1);
    // The old one is not needed any more.
    var clock = java.time.Clock.systemUTC();
    KeyRing again =
        new KeyRing(
            jdbc,
            transactions,
            new PersonalSettings(
                Gcm.AES,
                new PersonalSettings.Keys(
                    PersonalSettings.Holder.FILE,
                    null,
                    List.of(),
                    List.of(),
                    java.time.Duration.ofSeconds(2))),
            server,
            clock);
    assertThat(again.failure()).isEmpty();
    assertThat(again.own().index()).isEqualTo(ring.own().index());
  }

  @Test
  void aBlasterIsKnownToHisFirmAndToItsDepartment() {
    String firm = pharmacy;
    HttpResponse<String> issue =
        post(
            "/api/v1/links/dangerous-goods/issue",
            key,
            """
            {"event_time": "2026-11-20T08:00:00+08:00", "place": "https://id.gs1.org/414/6909990000127",
             "goods": ["https://id.gs1.org/01/09521234543213/21/%s"], "amount": 1,
             "issue_number": "LL-1", "receiver": "张爆破", "keeper": "甲", "second_keeper": "乙"}\
            """
                .formatted(serial()));
    assertThat(issue.statusCode()).as(issue.body()).isEqualTo(201);
    String id = json(issue).get("events").get(0).get("eventID").asString();
    assertThat(get("/epcis/events/" + encoded(id), key).body())
        .contains("yl:receiver", "yl:commitment")
        .doesNotContain("张爆破");
    JsonNode found = find("张爆破");
    assertThat(found).hasSize(1);
    assertThat(found.get(0).get("masked").asString()).isEqualTo("张**");
    // Another firm's man of that name is another person.
    String other = key(someParty(), SEES, Standing.DECLARED);
    assertThat(
            post("/epcis/events", other, event(serial(), "x", ", \"yl:receiver\": \"张爆破\""))
                .statusCode())
        .isEqualTo(201);
    assertThat(find("张爆破")).hasSize(1);
    String department = key(someParty(), ViewerKind.REGULATOR, SEES, Standing.AUTHORITY);
    JsonNode both =
        json(ask("search", department, "{\"value\": \"张爆破\", \"reason\": \"检查\"}")).get("values");
    assertThat(both.valueStream().map(v -> v.get("subject").asString()).distinct()).hasSize(2);
    assertThat(firm).isNotEmpty();
    assertThat(Map.of("张*", "张三", "138****1234", "13812341234"))
        .allSatisfy((masked, value) -> assertThat(Mask.of(value)).isEqualTo(masked));
  }
}
