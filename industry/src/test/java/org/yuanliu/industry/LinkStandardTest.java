package org.yuanliu.industry;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What is published of a link is what is asked for. */
class LinkStandardTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String RECORD =
      """
      {"event_time": "2026-11-20T08:00:00+08:00", "place": "610102002",
       "ear_tags": ["161010200000001"], "animal_certificate": "A1", "heads": 1}\
      """;

  private final Pack pack =
      PackLoader.bundled().all().stream()
          .filter(p -> p.id().equals("farm-products"))
          .findFirst()
          .orElseThrow();
  private final Product pork =
      pack.products().stream().filter(p -> p.id().equals("pork")).findFirst().orElseThrow();
  private final Link arrival = pork.link("arrival").orElseThrow();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "heads|1|true",
        "heads|0|false",
        "heads|1.5|false",
        "heads|\"many\"|false",
        "heads|null|false",
        "ear_tags|\"161010200000001\"|true",
        "ear_tags|[\"161010200000001\", \"161010200000002\"]|true",
        "ear_tags|[[\"161010200000001\"]]|false",
        "animal_certificate|7|false",
        "colour|\"red\"|false"
      })
  void schemaAndReaderAgree(String element, String value, boolean accepted) {
    ObjectNode record = (ObjectNode) JSON.readTree(RECORD);
    record.set(element, JSON.readTree(value));
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(
                JSON.writeValueAsString(LinkStandard.recordSchema(pack, pork, arrival)),
                InputFormat.JSON);
    assertThat(schema.validate(JSON.writeValueAsString(record), InputFormat.JSON).isEmpty())
        .isEqualTo(accepted);
    // A form may send a number for a text; nothing is lost by it.
    boolean taken =
        new FlatRecords(pack, PackScenario.CODES, MemoryFacts.SHANGHAI)
            .events(pork, arrival, record)
            .problems()
            .isEmpty();
    assertThat(taken).isEqualTo(accepted || element.equals("animal_certificate"));
  }

  @Test
  void everyCheckOfEveryPackIsSaidInWords() {
    for (Pack one : PackLoader.bundled().all()) {
      for (Check check : one.checks().values()) {
        Localized words = RuleWords.of(one, check);
        assertThat(words.zh()).as(check.id()).isNotBlank().doesNotContain("null", "%s");
        assertThat(words.en()).as(check.id()).isNotBlank().doesNotContain("null", "%s");
      }
    }
    assertThat(RuleWords.of(pack, pack.checks().get("document-before-arrival")))
        .isEqualTo(
            new Localized(
                "凭已登记、在有效期内的动物检疫合格证明，累计不超过其数量",
                "on a registered and valid animal quarantine certificate, within its quantity"));
    assertThat(RuleWords.of(pack, pack.checks().get("oversold")).zh())
        .startsWith("按责任主体、追溯单元合计，")
        .endsWith("（允许差1%）");
    // A sentence, not a program: elements and code words by their names.
    assertThat(RuleWords.of(pack, pack.checks().get("tanker-clean")))
        .isEqualTo(
            new Localized(
                "须（“前一载货”是“生鲜乳”，或者“前一载货”是“新罐新车，未装过货”），并且“清洗消毒时间” ≤ 时间，并且时间 - “清洗消毒时间” ≤ 24小时",
                "must hold: (\"previous cargo\" is \"raw milk\" or \"previous cargo\" is \"new,"
                    + " nothing before\") and \"cleaned at\" ≤ the time and the time - \"cleaned"
                    + " at\" ≤ 24 hours"));
    assertThat(RuleWords.of(pack, pack.checks().get("vehicle-fit-for-food")).zh())
        .isEqualTo("须“前一载货”不是“矿物油、煤制油”或“化工产品”或“废弃物”");
  }
}
