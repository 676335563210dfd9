package org.yuanliu.epcis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Every form of {@code @context} that others write (JSON-LD 1.1 §3.1, EPCIS 2.0 §9.2). */
class ContextsTest {
  private static final String GS1 =
      "\"https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld\"";
  private static final String EVENT =
      """
      {"type": "ObjectEvent", "eventTime": "2026-11-20T05:31:07Z", "eventTimeZoneOffset": "+08:00",
       "action": "OBSERVE", "epcList": ["urn:a:b"], NAME: VALUE}\
      """;
  private static final String PREFIXES =
      """
      {"bad": "https://ex.ex`ample/", "old": "https://ns.gs1.org/cbv/",
       "mine": "urn:epcglobal:cbv:bizstep:", "yl": "https://yuanliu.org/ns/"}\
      """;
  private static final String HASHED = "{https://ex.example/ns/}field=1";

  private static ReadResult read(String context, String event) {
    ObjectNode document = Documents.document(Documents.tree(event));
    document.set("@context", Documents.MAPPER.readTree(context));
    return Documents.read(document);
  }

  private static String preHash(String context, String event) {
    ReadResult result = read(context, event);
    assertThat(result).isInstanceOf(ReadResult.Accepted.class);
    ReadResult.Accepted accepted = (ReadResult.Accepted) result;
    String here = EventHash.preHash(accepted.events().getFirst(), CbvVersion.CBV_2_1);
    for (Syntax syntax : Syntax.values()) {
      CbvForm form = syntax == Syntax.XML_1_2 ? CbvForm.URN : CbvForm.WEB_URI;
      byte[] written = ConversionTest.write(accepted, syntax, form);
      ReadResult back = Documents.READER.readAny(written, DocumentFormat.ofContent(written));
      assertThat(back).as(() -> new String(written, UTF_8)).isInstanceOf(ReadResult.Accepted.class);
      assertThat(
              EventHash.preHash(
                  ((ReadResult.Accepted) back).events().getFirst(), CbvVersion.CBV_2_1))
          .as(() -> new String(written, UTF_8))
          .isEqualTo(here);
    }
    return here;
  }

  private static String event(String name, String value) {
    return EVENT.replace("NAME", '"' + name + '"').replace("VALUE", value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[" + GS1 + ", {\"ex\": \"https://ex.example/ns/\"}]",
        "[{\"ex\": \"https://ex.example/ns/\"}, " + GS1 + "]",
        "[" + GS1 + ", {}, {\"ex\": \"https://ex.example/ns/\"}, {}]",
        "{\"ex\": \"https://ex.example/ns/\"}",
        "{\"@version\": 1.1, \"ex\": \"https://ex.example/ns/\"}",
        "{\"@vocab\": \"https://other.example/\", \"ex\": \"https://ex.example/ns/\"}",
        "{\"@language\": \"zh\", \"ex\": \"https://ex.example/ns/\"}",
        "{\"@base\": \"https://base.example/\", \"ex\": \"https://ex.example/ns/\"}",
        "{\"@protected\": true, \"ex\": {\"@id\": \"https://ex.example/ns/\"}}",
        "["
            + GS1
            + ", "
            + GS1
            + ", {\"ex\": {\"@id\": \"https://ex.example/ns/\","
            + " \"@prefix\": true}}]",
        "[\"https://ref.gs1.org/standards/epcis/epcis-context.jsonld\","
            + " {\"ex\": \"https://ex.example/ns/\"}]",
        "[\"https://gs1.github.io/EPCIS/epcis-context.jsonld\","
            + " {\"ex\": \"https://ex.example/ns/\"}]",
        "[\"https://gs1.github.io/EPCIS/epcis-context-simple.jsonld\","
            + " {\"ex\": \"https://ex.example/ns/\"}]",
        "["
            + GS1
            + ", \"https://nobody.example/context.jsonld\","
            + " {\"ex\": \"https://ex.example/ns/\"}]",
        "[{\"ex\": \"https://else.example/\"}, {\"ex\": \"https://ex.example/ns/\"}]",
        "[{\"host\": \"https://ex.example/\"}, {\"ex\": \"host:ns/\"}]",
        "{\"ex\": \"https://ex.example/ns/\", \"bizStep\": \"https://ex.example/ns/step\"}",
        "{\"ex\": \"https://ex.example/ns/\", \"gs1\": \"https://evil.example/\","
            + " \"type\": \"@id\", \"id\": \"@type\"}",
        "{\"ex\": \"https://ex.example/ns/\", \"ex:field\": {\"@id\": \"ex:field\","
            + " \"@type\": \"xsd:string\"}}",
        "{\"ex\": \"https://ex.example/ns/\", \"unused\": null}"
      })
  void aPrefixMeansWhatItsContextSays(String context) {
    assertThat(preHash(context, event("ex:field", "\"1\""))).endsWith(HASHED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Within the event, within an extension, and the inner one before the outer.
        "{\"ex\": \"https://else.example/\"} | \"@context\": {\"ex\":"
            + " \"https://ex.example/ns/\"}, \"ex:field\" | \"1\"",
        GS1
            + " | \"@context\": ["
            + GS1
            + ", {\"ex\": \"https://ex.example/ns/\"}], \"ex:field\""
            + " | \"1\"",
        GS1 + " | \"https://ex.example/ns/field\" | \"1\"",
        "{\"field\": \"https://ex.example/ns/field\", \"ex\": \"https://ex.example/ns/\"} |"
            + " \"https://ex.example/ns/field\" | 1.0"
      })
  void aNameIsItsFullName(String context, String name, String value) {
    String event = EVENT.replace("NAME", name).replace("VALUE", value);
    assertThat(preHash(context, event)).endsWith(HASHED);
  }

  @Test
  void anInnerContextHoldsWithinItsObject() {
    String event =
        event(
            "ex:outer",
            "{\"@context\": {\"ex\": \"https://inner.example/\"}, \"ex:a\": {\"ex:b\": \"1\"}},"
                + " \"ex:z\": \"2\"");
    assertThat(preHash("{\"ex\": \"https://ex.example/ns/\"}", event))
        .contains(
            "{https://ex.example/ns/}outer{https://inner.example/}a{https://inner.example/}b=1")
        .endsWith("{https://ex.example/ns/}z=2");
  }

  @Test
  void aNamespaceIsHashedAsItIsDeclared() {
    assertThat(preHash("{\"m\": \"urn:epcglobal:cbv:mda:\"}", event("m:field", "\"1\"")))
        .endsWith("{urn:epcglobal:cbv:mda:}field=1");
    assertThat(preHash("{\"m\": \"urn:epcglobal:cbv:mda\"}", event("m:field", "\"1\"")))
        .endsWith("{urn:epcglobal:cbv:mda}field=1");
    assertThat(preHash("{\"m\": \"https://ex.example/x\"}", event("m:field", "\"1\"")))
        .endsWith("{https://ex.example/x}field=1");
    assertThat(preHash("{\"m\": \"urn:x:y\"}", event("m:field", "\"1\"")))
        .endsWith("{urn:x:y}field=1");
    assertThat(preHash("{\"m\": \"urn:x:y:\"}", event("m:field", "\"1\"")))
        .endsWith("{urn:x:y:}field=1");
    // GS1's own, which nobody declares, as the standard's XML has it.
    assertThat(preHash(GS1, event("cbvmda:field", "\"1\"")))
        .endsWith("{urn:epcglobal:cbv:mda}field=1");
  }

  @ParameterizedTest
  @CsvSource({
    "urn:epcglobal:cbv:mda, cbvmda",
    "urn:epcglobal:cbv:mda:, cbvmda",
    "urn:epcglobal:cbv:mda, m",
    "urn:x:y, ex",
    "urn:x:y:, ex",
    "https://ex.example/x, ex",
    "https://ex.example/x/, ex"
  })
  void aNamespaceOfXmlIsHashedToTheLetter(String namespace, String prefix) {
    String xml =
        """
        <e:EPCISDocument xmlns:e="urn:epcglobal:epcis:xsd:2" xmlns:P="NS" schemaVersion="2.0"
            creationDate="2026-11-20T06:00:00Z"><EPCISBody><EventList><ObjectEvent>
          <eventTime>2026-11-20T01:00:00Z</eventTime>
          <eventTimeZoneOffset>+08:00</eventTimeZoneOffset><epcList/>
          <action>OBSERVE</action><P:field>1</P:field>
        </ObjectEvent></EventList></EPCISBody></e:EPCISDocument>
        """
            .replace("NS", namespace)
            .replace("P:", prefix + ':')
            .replace(":P=", ':' + prefix + '=');
    ReadResult.Accepted accepted =
        (ReadResult.Accepted)
            Documents.READER.readDocument(xml.getBytes(UTF_8), DocumentFormat.XML);
    String hashed = '{' + namespace + "}field=1";
    for (Syntax syntax : Syntax.values()) {
      byte[] written = ConversionTest.write(accepted, syntax, CbvForm.URN);
      ReadResult.Accepted back =
          (ReadResult.Accepted)
              Documents.READER.readAny(written, DocumentFormat.ofContent(written));
      assertThat(EventHash.preHash(back.events().getFirst(), CbvVersion.CBV_2_0))
          .as(() -> new String(written, UTF_8))
          .endsWith(hashed);
    }
  }

  @Test
  void aBlankNodeIsANameOfNoContext() {
    ObjectNode document = Documents.document(Documents.tree(event("yl:a", "1")));
    document.put("id", "_:document1");
    document.set(
        "@context",
        Documents.MAPPER.readTree(
            "[\"https://nobody.example/c.jsonld\", {\"yl\": \"https://yuanliu.org/ns/\"}]"));
    assertThat(Documents.read(document)).isInstanceOf(ReadResult.Accepted.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[[{\"ex\": \"https://ex.example/ns/\"}]] | invalid_context",
        "true | invalid_context",
        "\"context.jsonld\" | invalid_context",
        "[null] | invalid_context",
        "{\"ex\": \"https://ex.example/\\u000c/\"} | invalid_context",
        "{\"ex\": {\"@id\": \"https://ex.example/\\uffff/\"}} | invalid_context",
        "[\"https://nobody.example/context.jsonld\"] | context_not_understood",
        "\"https://nobody.example/context.jsonld\" | context_not_understood"
      })
  void whatIsNoContextOrCannotBeKnownIsRefused(String context, String code) {
    assertThat(Documents.refused(read(context, event("ex:field", "\"1\""))))
        .extracting(Violation::code)
        .contains(code);
  }

  @ParameterizedTest
  @CsvSource({
    "bizStep, bad:BTT-x, unknown_term",
    "bizStep, old:BizStep-shipping, unknown_term",
    "bizStep, mine:no_such_step, unknown_term",
    "epc, bad:unit, invalid_uri"
  })
  void aPrefixStandsForNothingThatWouldNotStandWrittenOut(String at, String value, String code) {
    ObjectNode event = Documents.tree(event("yl:a", "1"));
    if (at.equals("epc")) {
      event.putArray("epcList").add(value);
    } else {
      event.put(at, value);
    }
    assertThat(Documents.refused(read(PREFIXES, event.toString())))
        .extracting(Violation::code)
        .containsExactly(code);
  }

  @Test
  void aTermBehindAPrefixIsTheTerm() {
    assertThat(preHash(PREFIXES, event("bizStep", "\"mine:shipping\"")))
        .isEqualTo(preHash(PREFIXES, event("bizStep", "\"shipping\"")));
  }

  /** Names within an extension may be anything; XML has no namespace with such a character. */
  @Test
  void aNameWithAControlCharacterIsWritten() {
    ReadResult.Accepted accepted =
        (ReadResult.Accepted)
            read(PREFIXES, event("yl:a", "{\"yl:x https://y/\\u000c/z\": \"1\", \"yl:b\": 2}"));
    for (Syntax syntax : Syntax.values()) {
      byte[] written = ConversionTest.write(accepted, syntax, CbvForm.URN);
      assertThat(Documents.READER.readAny(written, DocumentFormat.ofContent(written)))
          .as(() -> new String(written, UTF_8))
          .isInstanceOf(ReadResult.Accepted.class);
    }
  }
}
