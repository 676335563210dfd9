package org.yuanliu.platform.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yuanliu.industry.DocumentIds;
import org.yuanliu.industry.DocumentType;
import org.yuanliu.industry.Pack;
import org.yuanliu.industry.PackLoader;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.access.ViewerKind;
import org.yuanliu.platform.capture.CaptureServer;
import org.yuanliu.platform.journal.Standing;

/**
 * Many at once at the limit of what a check lets pass: all are stored, exactly as many as are
 * allowed are not marked.
 */
class RefusingCountersHttpTest extends CaptureServer {
  private static final String ABATTOIR = "urn:yuanliu:node:610102002";
  private static final String PLANT = "https://id.gs1.org/414/6901234560114";
  private static final String POINT = "https://id.gs1.org/414/6901234560169";

  private String operator = "";
  private String key = "";

  @BeforeEach
  void register() {
    operator = key(someParty(), ViewerKind.OPERATOR, Permission.ofOperator(), Standing.AUTHORITY);
    place(ABATTOIR, "slaughterhouse");
    place(PLANT, "drug_plant");
    place(POINT, "vaccination_point");
    key = key(someParty());
  }

  @Test
  void ofThirtyHeadsAtOnceACertificateForTenLetsTenIn() throws Exception {
    certificate("A77", 10);
    IntFunction<String> arrival =
        number ->
            """
            {"event_time": "2026-11-20T08:00:00+08:00", "place": "610102002",
             "ear_tags": ["1610102000%05d"], "animal_certificate": "A77", "heads": 1}
            """
                .formatted(77_000 + number);
    String path = "/api/v1/links/farm-products/arrival?product=pork";
    assertThat(atOnce(path, 30, arrival)).containsOnly(201);
    assertThat(marks("document-before-arrival", "A77")).isEqualTo(20);

    assertThat(post(path, key, arrival.apply(3)).statusCode()).as("a resend").isEqualTo(200);
    assertThat(marks("document-before-arrival", "A77")).isEqualTo(20);
    assertThat(counted("permit\nfarm-products\ndocument-before-arrival\n" + cited("A77")))
        .isEqualTo("30");
  }

  @Test
  void aVialOfFiveDosesGivesFive() throws Exception {
    String box = "83857930000877770001";
    HttpResponse<String> made =
        post(
            "/api/v1/links/drugs/activation?product=vaccines",
            key,
            """
            {"event_time": "2026-11-10T08:00:00+08:00", "place": "%s",
             "ingredient_batches": [
               {"code": "https://id.gs1.org/01/06901234567892/10/B77", "quantity": 1, "uom": "H87"}],
             "drug_codes": ["%s"], "batch_number": "B77", "production_date": "2026-01-10",
             "expiry_date": "2026-12-31", "generic_name": "流感疫苗", "doses_per_pack": 5}
            """
                .formatted(PLANT, box));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    assertThat(
            atOnce(
                "/api/v1/links/drugs/vaccination?product=vaccines",
                12,
                number ->
                    """
                    {"event_time": "2026-11-20T08:%02d:00+08:00", "place": "%s",
                     "drug_codes": ["%s"], "units_taken": 1, "physician": "王医师",
                     "patient_document_kind": "1", "patient_document": "加密%d"}
                    """
                        .formatted(number, POINT, box, number)))
        .containsOnly(201);
    assertThat(marks("split-within-pack", box)).isEqualTo(7);
  }

  private List<Integer> atOnce(String path, int records, IntFunction<String> record)
      throws Exception {
    List<Future<Integer>> sent = new ArrayList<>();
    try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < records; i++) {
        String body = record.apply(i);
        sent.add(senders.submit(() -> post(path, key, body).statusCode()));
      }
    }
    List<Integer> answers = new ArrayList<>();
    for (Future<Integer> one : sent) {
      answers.add(one.get());
    }
    return answers;
  }

  private void place(String id, String kind) {
    HttpResponse<String> answer =
        post(
            "/api/v1/places",
            operator,
            """
            {"id": "%s", "name": "某处", "division": "610102", "nodeType": "%s"}
            """
                .formatted(id, kind));
    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
  }

  private void certificate(String number, int heads) {
    DocumentType type = type();
    HttpResponse<String> answer =
        post(
            "/api/v1/documents",
            operator,
            """
            {"id": "%s", "type": "%s", "number": "%s", "quantity": %d,
             "validity": {"from": "2026-11-20", "to": "2026-11-21"}}
            """
                .formatted(DocumentIds.uri(type, number), type.uri(), number, heads));
    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
  }

  private static String cited(String number) {
    return type().uri() + " " + DocumentIds.uri(type(), number);
  }

  private static DocumentType type() {
    Pack pack =
        PackLoader.bundled().all().stream()
            .filter(one -> one.id().equals("farm-products"))
            .findFirst()
            .orElseThrow();
    DocumentType type = pack.documents().get("animal_quarantine_certificate");
    assertThat(type).isNotNull();
    return type;
  }

  private long marks(String check, String end) {
    return jdbc.sql("select count(*) from check_mark where check_id = :check and key like :end")
        .param("check", check)
        .param("end", "%" + end)
        .query(Long.class)
        .single();
  }

  private String counted(String name) {
    return jdbc.sql("select net::text from check_counter where key = :key")
        .param("key", FactKeys.hash(name))
        .query(String.class)
        .single();
  }
}
