package org.yuanliu.industry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.yuanliu.industry.FlatRecords.Problem;
import org.yuanliu.industry.FlatRecords.Result;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Whoever has only the form and the answer must be able to put a wrong record right. */
class FlatRecordsTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  private static final PackSet PACKS = PackLoader.bundled();

  @Test
  void aWrongCodeIsToldWhichIsDueAndWhyItIsNone() {
    Problem problem =
        only(
            "farm-products",
            "pork",
            "meat_sale",
            """
            {"event_time": "2026-11-20T08:00:00+08:00", "place": "610102002",
             "sold_codes": ["6101020020000001"], "trace_code": "61010200100010000001",
             "weight": 80, "seller": "91610100MA6U123488", "buyer": "6101020010001"}\
            """);
    assertThat(problem.element()).isEqualTo("seller");
    assertThat(problem.code()).isEqualTo("not_a_code");
    assertThat(problem.message().zh()).contains("应为主体的编码", "统一社会信用代码：校验位不符");
    assertThat(problem.message().en()).contains("a party's code", "check digit");
  }

  @Test
  void aGoodCodeOfAnotherKindIsToldWhatItIs() {
    Problem problem =
        only(
            "farm-products",
            "pork",
            "arrival",
            """
            {"event_time": "2026-11-20T08:00:00+08:00", "place": "610102002",
             "ear_tags": ["161010200000101", "6101020020000001"],
             "animal_certificate": "A1", "heads": 2}\
            """);
    assertThat(problem.element()).isEqualTo("ear_tags");
    assertThat(problem.message().zh()).startsWith("第2个：").contains("应为畜禽标识", "填的是批次码");
    assertThat(problem.message().en()).startsWith("No. 2: ");
  }

  @Test
  void whatIsNotOfTheLinkIsToldWhatIs() {
    Problem problem =
        only(
            "drugs",
            "preparations",
            "retail_sale",
            """
            {"event_time": "2026-11-20T08:00:00+08:00", "place": "610102002",
             "drug_codes": ["83857930000879766660"], "color": "red"}\
            """);
    assertThat(problem.element()).isEqualTo("color");
    assertThat(problem.message().zh()).contains("drug_codes", "prescription_number");
  }

  @Test
  void aRangeSaysTheEndThatItHas() {
    assertThat(heads("0").message().zh()).isEqualTo("不得小于 1。");
    assertThat(heads("0").message().en()).isEqualTo("It must not be below 1.");
    Problem days =
        only(
            "farm-products",
            "vegetables",
            "crop_spraying",
            """
            {"event_time": "2026-11-20T08:00:00+08:00", "place": "610102004",
             "produce_batch": "6101020020000001", "pesticide": "吡虫啉", "safety_interval": 366}\
            """);
    assertThat(days.message().zh()).isEqualTo("应在 0 到 365 之间。");
  }

  @Test
  void thirteenDigitsAreAPlaceWhereOneIsDue() {
    Result result =
        events(
            "drugs",
            "preparations",
            "retail_sale",
            """
            {"event_time": "2026-11-20T08:00:00+08:00", "place": "6901234560138",
             "drug_codes": ["83857930000879766660"]}\
            """);
    assertThat(result.problems()).isEmpty();
    assertThat(result.events().getFirst().path("bizLocation").path("id").asString())
        .isEqualTo("https://id.gs1.org/414/6901234560138");
  }

  @Test
  void anOperatorsThirteenDigitsAreNoPlace() {
    Problem problem =
        only(
            "drugs",
            "preparations",
            "retail_sale",
            """
            {"event_time": "2026-11-20T08:00:00+08:00", "place": "6101020010002",
             "drug_codes": ["83857930000879766660"]}\
            """);
    assertThat(problem.element()).isEqualTo("place");
    assertThat(problem.message().zh()).contains("应为场所的编码", "填的是经营者主体码");
  }

  private static Problem heads(String heads) {
    return only(
        "farm-products",
        "pork",
        "arrival",
        """
        {"event_time": "2026-11-20T08:00:00+08:00", "place": "610102002",
         "ear_tags": ["161010200000101"], "animal_certificate": "A1", "heads": %s}\
        """
            .formatted(heads));
  }

  private static Problem only(String pack, String product, String link, String record) {
    Result result = events(pack, product, link, record);
    assertThat(result.events()).isEmpty();
    List<Problem> problems = result.problems();
    assertThat(problems).hasSize(1);
    return problems.getFirst();
  }

  private static Result events(String packId, String productId, String linkId, String record) {
    Pack pack =
        PACKS.all().stream().filter(one -> one.id().equals(packId)).findFirst().orElseThrow();
    Product product =
        pack.products().stream()
            .filter(one -> one.id().equals(productId))
            .findFirst()
            .orElseThrow();
    return new FlatRecords(pack, PackScenario.CODES, SHANGHAI)
        .events(product, product.link(linkId).orElseThrow(), (ObjectNode) JSON.readTree(record));
  }
}
