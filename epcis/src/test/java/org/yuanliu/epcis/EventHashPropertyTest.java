package org.yuanliu.epcis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.LowerChars;
import net.jqwik.api.constraints.StringLength;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the hash must not depend on, and what it must. */
class EventHashPropertyTest {
  /** Members that say nothing about what happened. */
  private static final Set<String> UNHASHED = Set.of("eventID", "recordTime", "errorDeclaration");

  @Provide
  Arbitrary<String> events() {
    return Arbitraries.of(Documents.ALL_EVENTS);
  }

  private static List<String> hashes(ObjectNode document) {
    EpcisEvent event = Documents.events(document).getFirst();
    return List.of(
        EventHash.of(event, CbvVersion.CBV_2_0), EventHash.of(event, CbvVersion.CBV_2_1));
  }

  private static List<String> hashes(String event) {
    return hashes(Documents.document(Documents.tree(event)));
  }

  @Property(tries = 100)
  void theOrderOfMembersAndListsIsNothing(
      @ForAll @From("events") String event, @ForAll Random random) {
    ObjectNode shuffled = (ObjectNode) shuffled(Documents.tree(event), random);
    assertThat(hashes(Documents.document(shuffled))).isEqualTo(hashes(event));
  }

  private static JsonNode shuffled(JsonNode node, Random random) {
    if (node instanceof ObjectNode object) {
      List<Map.Entry<String, JsonNode>> members = new ArrayList<>(object.properties());
      Collections.shuffle(members, random);
      ObjectNode copy = object.objectNode();
      members.forEach(member -> copy.set(member.getKey(), shuffled(member.getValue(), random)));
      return copy;
    }
    if (node instanceof ArrayNode array) {
      List<JsonNode> items = new ArrayList<>();
      array.forEach(item -> items.add(shuffled(item, random)));
      Collections.shuffle(items, random);
      ArrayNode copy = array.arrayNode();
      items.forEach(copy::add);
      return copy;
    }
    return node;
  }

  @Property(tries = 50)
  void theNamesOfPrefixesAreNothing(
      @ForAll @LowerChars @StringLength(min = 3, max = 8) String prefix) {
    String name = "p" + prefix;
    String renamed = Documents.OBJECT_EVENT.replace("yl:", name + ":");
    ObjectNode document = Documents.document(Documents.tree(renamed));
    document.set(
        "@context", Documents.tree("{\"" + name + "\": \"" + YlVocabulary.NAMESPACE + "\"}"));
    assertThat(hashes(document)).isEqualTo(hashes(Documents.OBJECT_EVENT));
  }

  @Property(tries = 1)
  void fullNamesAreTheirShortForms() {
    String full = Documents.OBJECT_EVENT.replace("yl:", YlVocabulary.NAMESPACE);
    assertThat(hashes(full)).isEqualTo(hashes(Documents.OBJECT_EVENT));
  }

  @Property(tries = 1)
  void theWrittenFormsOfVocabularyAndIdentifiersAreNothing() {
    String other =
        Documents.OBJECT_EVENT
            .replace("\"shipping\"", "\"cbv:BizStep-shipping\"")
            .replace("\"in_transit\"", "\"https://ref.gs1.org/cbv/Disp-in_transit\"")
            .replace("\"po\"", "\"https://ref.gs1.org/cbv/BTT-po\"")
            .replace("\"Temperature\"", "\"gs1:Temperature\"")
            .replace(
                "urn:epc:id:sgtin:4012345.011111.9876",
                "https://shop.example.cn/gtin/01/04012345111118/21/9876?linkType=all")
            .replace(
                "urn:epc:id:sgln:4012345.00011.987",
                "https://example.cn/414/4012345000115/254/987");
    assertThat(other).isNotEqualTo(Documents.OBJECT_EVENT);
    assertThat(hashes(other)).isEqualTo(hashes(Documents.OBJECT_EVENT));
  }

  /** Each of these is a value of a field: changed, the event says something else. */
  @Property(tries = 1)
  void everyValueCounts() {
    for (String[] change :
        new String[][] {
          {"\"uom\": \"KGM\"", "\"uom\": \"GRM\""},
          {"\"uom\": \"CEL\"", "\"uom\": \"FAH\""},
          {"\"uom\": \"A93\"", "\"uom\": \"GQ\""},
          {"\"quantity\": 7", "\"quantity\": 8"},
          {"\"quantity\": 42.50, \"uom\": \"KGM\"", "\"quantity\": 42.50"},
          {"\"value\": 3.10", "\"value\": 3.11"},
          {"\"component\": \"x\"", "\"component\": \"y\""},
          {"\"Temperature\"", "\"Time\""},
          {"\"in_transit\"", "\"in_progress\""},
          {"\"po\"", "\"inv\""},
          {"\"+08:00\"", "\"+09:00\""},
          {"\"ADD\"", "\"ADD\", \"certificationInfo\": \"urn:a:b\""},
          {"completeness_verified", "completeness_inferred"},
          {"\"unset\": [\"recalled\"]", "\"unset\": [\"stolen\"]"},
          {"yl:gate\": \"3\"", "yl:gate\": \"4\""}
        }) {
      String changed = Documents.OBJECT_EVENT.replace(change[0], change[1]);
      assertThat(changed).isNotEqualTo(Documents.OBJECT_EVENT);
      assertThat(hashes(changed))
          .as(change[0])
          .doesNotContainAnyElementsOf(hashes(Documents.OBJECT_EVENT));
    }
  }

  @Property(tries = 1)
  void whitespaceIsNothing() {
    String indented = Documents.document(Documents.tree(Documents.OBJECT_EVENT)).toPrettyString();
    assertThat(indented).contains("\n");
    ReadResult.Accepted accepted =
        (ReadResult.Accepted) Documents.READER.readDocument(Documents.utf8(indented));
    assertThat(EventHash.of(accepted.events().getFirst(), CbvVersion.CBV_2_0))
        .isEqualTo(hashes(Documents.OBJECT_EVENT).getFirst());
  }

  @Property(tries = 200)
  void theZoneOfTheSameInstantIsNothing(
      @ForAll @LongRange(min = -2_208_988_800_000L, max = 4_102_444_800_000L) long millis,
      @ForAll @IntRange(min = -14 * 60, max = 14 * 60) int offsetMinutes) {
    OffsetDateTime utc = Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC);
    OffsetDateTime there = utc.withOffsetSameInstant(ZoneOffset.ofTotalSeconds(offsetMinutes * 60));
    assertThat(hashes(at(written(there)))).isEqualTo(hashes(at(written(utc))));
    EpcisEvent event = Documents.event(at(written(there)));
    assertThat(event.eventTime()).isEqualTo(utc.toInstant());
    assertThat(EventHash.preHash(event, CbvVersion.CBV_2_0))
        .contains(
            "eventTime="
                + utc.format(
                    java.time.format.DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'")));
  }

  private static String written(OffsetDateTime time) {
    return time.format(
        java.time.format.DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxxx"));
  }

  private static String at(String time) {
    return Documents.OBJECT_EVENT.replace("2026-11-20T05:31:07.25+08:00", time);
  }

  @Property(tries = 200)
  void timesRoundHalfUpAtTheFourthDecimal(
      @ForAll @IntRange(max = 998) int millis,
      @ForAll @IntRange(max = 9) int fourth,
      @ForAll @IntRange(max = 99_999) int rest) {
    String fine = "2026-11-20T05:31:07.%03d%d%05dZ".formatted(millis, fourth, rest);
    String coarse = "2026-11-20T05:31:07.%03dZ".formatted(fourth >= 5 ? millis + 1 : millis);
    assertThat(hashes(at(fine))).isEqualTo(hashes(at(coarse)));
  }

  @Property(tries = 1)
  void roundingCarriesIntoTheNextYear() {
    assertThat(hashes(at("2026-12-31T23:59:59.9995Z")))
        .isEqualTo(hashes(at("2027-01-01T00:00:00Z")));
  }

  @Property(tries = 200)
  void trailingZerosOfQuantitiesAreNothing(
      @ForAll @IntRange(max = 1_000_000) int units, @ForAll @IntRange(max = 8) int zeros) {
    String plain = Documents.OBJECT_EVENT.replace("42.50", units + ".5");
    String padded = Documents.OBJECT_EVENT.replace("42.50", units + ".5" + "0".repeat(zeros));
    String raised = Documents.OBJECT_EVENT.replace("42.50", units + "5e-1");
    assertThat(hashes(padded)).isEqualTo(hashes(plain));
    if (units > 0) {
      assertThat(hashes(raised)).isEqualTo(hashes(plain));
    }
  }

  @Property(tries = 300)
  void anyChangedTextChangesTheHash(
      @ForAll @From("events") String event,
      @ForAll Random random,
      @ForAll @AlphaChars @StringLength(min = 1, max = 5) String suffix) {
    ObjectNode changed = Documents.tree(event);
    List<Runnable> changes = new ArrayList<>();
    collect(changed, changes, suffix);
    changes.get(random.nextInt(changes.size())).run();
    if (Documents.read(Documents.document(changed)) instanceof ReadResult.Accepted accepted) {
      EpcisEvent after = accepted.events().getFirst();
      assertThat(after.body()).isNotEqualTo(Documents.tree(event));
      assertThat(EventHash.of(after, CbvVersion.CBV_2_0)).isNotEqualTo(hashes(event).get(0));
      assertThat(EventHash.of(after, CbvVersion.CBV_2_1)).isNotEqualTo(hashes(event).get(1));
    }
  }

  /** One change for every leaf that the hash covers. */
  private static void collect(JsonNode node, List<Runnable> changes, String suffix) {
    if (node instanceof ObjectNode object) {
      object.forEachEntry(
          (name, value) -> {
            if (value.isString()) {
              changes.add(() -> object.put(name, value.stringValue() + suffix));
            } else if (value.isNumber()) {
              changes.add(
                  () -> object.put(name, value.decimalValue().add(java.math.BigDecimal.ONE)));
            } else if (!UNHASHED.contains(name)) {
              collect(value, changes, suffix);
            }
          });
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        int at = i;
        if (array.get(i).isString()) {
          changes.add(() -> array.set(at, array.stringNode(array.get(at).stringValue() + suffix)));
        } else {
          collect(array.get(i), changes, suffix);
        }
      }
    }
  }

  @Property(tries = 50)
  void anyRemovedMemberChangesTheHash(@ForAll @From("events") String event, @ForAll Random random) {
    ObjectNode changed = Documents.tree(event);
    List<String> names = List.copyOf(changed.propertyNames());
    changed.remove(names.get(random.nextInt(names.size())));
    if (Documents.read(Documents.document(changed)) instanceof ReadResult.Accepted accepted) {
      assertThat(EventHash.of(accepted.events().getFirst(), CbvVersion.CBV_2_0))
          .isNotEqualTo(hashes(event).getFirst());
    }
  }

  @Property(tries = 1)
  void idRecordTimeErrorDeclarationAndCommentsAreNothing() {
    ObjectNode event = Documents.tree(Documents.OBJECT_EVENT);
    event.put("eventID", "urn:uuid:374d95fc-9457-4a51-bd6a-0bba133845a8");
    event.put("recordTime", "2026-11-21T00:00:00Z");
    event.put("rdfs:comment", "spoken into the wind");
    event.set(
        "errorDeclaration",
        Documents.tree(
            "{\"declarationTime\": \"2026-11-21T00:00:00Z\", \"reason\": \"did_not_occur\"}"));
    assertThat(hashes(Documents.document(event))).isEqualTo(hashes(Documents.OBJECT_EVENT));
  }

  @Property(tries = 1)
  void ignoredFieldsAreLeftOutOnlyWhenAsked() {
    ObjectNode event = Documents.tree(Documents.OBJECT_EVENT);
    event.put("yl:seen", "by us");
    EpcisEvent read = Documents.event(event);
    String before = hashes(Documents.OBJECT_EVENT).getFirst();
    assertThat(EventHash.of(read, CbvVersion.CBV_2_0)).isNotEqualTo(before);
    assertThat(EventHash.of(read, CbvVersion.CBV_2_0, Set.of(YlVocabulary.NAMESPACE + "seen")))
        .isEqualTo(before);
  }

  @Property(tries = 1)
  void theProfilesDifferWhereTheyShouldAndNowhereElse() {
    EpcisEvent sensed = Documents.event(Documents.OBJECT_EVENT);
    String v20 = EventHash.preHash(sensed, CbvVersion.CBV_2_0);
    String v21 = EventHash.preHash(sensed, CbvVersion.CBV_2_1);
    assertThat(v21).contains("/254/987{https://yuanliu.org/ns/}gate=3bizLocation");
    assertThat(v20).contains("/254/987bizLocation");
    assertThat(v20)
        .contains("readPoint{https://yuanliu.org/ns/}gate=3sensorElementsensorMetadata{");
    assertThat(v21).contains("sensorElementListsensorElementsensorMetadatatime=");
    assertThat(v20).doesNotContain("sensorElementList");
    EpcisEvent plain = Documents.event(Documents.TRANSFORMATION_EVENT);
    assertThat(EventHash.preHash(plain, CbvVersion.CBV_2_0))
        .isEqualTo(EventHash.preHash(plain, CbvVersion.CBV_2_1));
    assertThat(EventHash.of(plain, CbvVersion.CBV_2_1)).endsWith("?ver=CBV2.1");
    assertThat(EventHash.digest(plain, CbvVersion.CBV_2_0)).hasSize(32);
  }
}
