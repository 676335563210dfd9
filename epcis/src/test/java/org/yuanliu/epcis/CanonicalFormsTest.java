package org.yuanliu.epcis;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class CanonicalFormsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | 1",
        "1.0 | 1",
        "0.10 | 0.1",
        "-0.0 | 0",
        "1e3 | 1000",
        "1.50e-3 | 0.0015",
        "100 | 100",
        "12345678901234567890.10 | 12345678901234567890.1",
        "\"23.0\" | 23",
        "\"-3.50\" | -3.5",
        "\"0.0\" | 0",
        "\"-0.0\" | 0",
        "\"007\" | 007",
        "\"00.50\" | 00.50",
        "\".50\" | .50",
        "\"5.\" | 5.",
        "\"1.2.0\" | 1.2.0",
        "\"10\" | 10",
        "\"v1.0\" | v1.0",
        "\"1,0\" | '1,0'",
        "\"  padded  \" | padded",
        "true | true",
        "false | false",
        "\"urn:epc:id:sgtin:4012345.011111.9876\" | https://id.gs1.org/01/04012345111118/21/9876",
        "\"urn:epcglobal:cbv:bizstep:packing\" | https://ref.gs1.org/cbv/BizStep-packing",
        "\"urn:epcglobal:cbv:bt:4012345000009:1\" | urn:epcglobal:cbv:bt:4012345000009:1"
      })
  void valuesOfExtensions(String json, String text) {
    JsonNode value = JsonTrees.read(Documents.utf8(json), Limits.DEFAULT, new Violations(1));
    assertThat(CanonicalText.extension(value, false, LdContext.DEFAULT)).isEqualTo(text);
  }

  @Test
  void termsThatHoldIdentifiersAreExpanded() {
    LdContext context =
        LdContext.DEFAULT.with(
            Documents.tree(
                "{\"ex\": \"https://example.cn/ns/\", \"ex:kind\": {\"@type\": \"@id\"}}"));
    JsonNode value = Documents.MAPPER.readTree("\"ex:red\"");
    assertThat(CanonicalText.extension(value, context.holdsIdentifiers("ex:kind"), context))
        .isEqualTo("https://example.cn/ns/red");
    assertThat(CanonicalText.extension(value, context.holdsIdentifiers("ex:text"), context))
        .isEqualTo("ex:red");
  }

  @Property
  void orderIsThatOfUtf8Bytes(@ForAll String a, @ForAll String b) {
    // Half pairs cannot be written in UTF-8 and never come this far.
    String x = new String(a.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    String y = new String(b.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    int bytes =
        Arrays.compareUnsigned(
            x.getBytes(StandardCharsets.UTF_8), y.getBytes(StandardCharsets.UTF_8));
    assertThat(Integer.signum(Utf8Order.INSTANCE.compare(x, y))).isEqualTo(Integer.signum(bytes));
  }

  @Test
  void orderBeyondTheBasicPlane() {
    assertThat(Utf8Order.INSTANCE.compare("\uD83D\uDC37", "\uFF21")).isPositive();
    assertThat(Utf8Order.INSTANCE.compare("\uFF21", "\uD83D\uDC37")).isNegative();
    assertThat("\uD83D\uDC37".compareTo("\uFF21")).isNegative();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "urn:a:b | true",
        "https://例子.cn/单据/1 | true",
        "geo:34.26,108.95 | true",
        "a_b:c | true",
        "x:%41 | true",
        "a: | false",
        ":a | false",
        "abc | false",
        "1a:b | false",
        "a b:c | false",
        "a:b c | false",
        "a:<b> | false",
        "a:%4 | false",
        "a:%zz | false",
        "a:\"b\" | false",
        "a:b\\c | false",
        "'' | false",
        "a:\u3000 | false"
      })
  void uris(String text, boolean valid) {
    assertThat(Uris.isAbsolute(text)).isEqualTo(valid);
  }

  @Test
  void pointersAreEscaped() {
    assertThat(Where.ROOT.in("a/b").in("c~d").at(3).pointer()).isEqualTo("/a~1b/c~0d/3");
    assertThat(Where.ROOT.pointer()).isEmpty();
  }

  @Test
  void ourVocabularyIsMadeOfUrisInOurNamespaceAndPlainLocalNames() throws Exception {
    List<String> local = new java.util.ArrayList<>();
    for (var field : YlVocabulary.class.getFields()) {
      assertThat(Modifier.isFinal(field.getModifiers())).isTrue();
      String value = (String) field.get(null);
      if (field.getName().startsWith("STEP_")) {
        assertThat(value).startsWith(YlVocabulary.NAMESPACE + "BizStep-");
        assertThat(CbvVocabulary.BIZ_STEP.canonical(value, LdContext.DEFAULT)).isEqualTo(value);
        String word = value.substring((YlVocabulary.NAMESPACE + "BizStep-").length());
        assertThat(CbvVocabulary.BIZ_STEP.uriOf(word)).as("CBV has " + word).isNull();
      } else if (field.getName().startsWith("BTT_")) {
        assertThat(value).startsWith(YlVocabulary.NAMESPACE + "BTT-");
      } else if (!field.getName().equals("NAMESPACE")) {
        local.add(value);
      }
    }
    assertThat(local).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-zA-Z]+"));
  }

  @Test
  void everyVocabularyAgreesWithGs1sSchema() {
    var folder = ReferenceData.folder("gs1/schema");
    JsonNode definitions =
        Documents.MAPPER
            .readTree(ReferenceData.bytes(folder.resolve("EPCIS-JSON-Schema.json")))
            .get("definitions");
    check(definitions, "bizStep", CbvVocabulary.BIZ_STEP);
    check(definitions, "disposition", CbvVocabulary.DISPOSITION);
    check(definitions, "bizTransaction-type", CbvVocabulary.BIZ_TRANSACTION_TYPE);
    check(definitions, "source-dest-type", CbvVocabulary.SOURCE_DESTINATION_TYPE);
    check(definitions, "error-reason", CbvVocabulary.ERROR_REASON);
    check(definitions, "component", CbvVocabulary.COMPONENT);
    check(definitions, "measurementType", CbvVocabulary.MEASUREMENT_TYPE);
    check(definitions, "sensorAlertType", CbvVocabulary.SENSOR_EXCEPTION);
  }

  private static void check(JsonNode definitions, String name, CbvVocabulary vocabulary) {
    JsonNode words = definitions.get(name).get("anyOf").get(1).get("enum");
    assertThat(words).isNotEmpty();
    for (JsonNode word : words) {
      assertThat(vocabulary.uriOf(word.stringValue()))
          .isEqualTo(vocabulary.webPrefix() + word.stringValue());
    }
    assertThat(vocabulary.size()).isEqualTo(words.size());
  }
}
