package org.yuanliu.epcis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * GS1's XML schemas, by the validator of the JDK, and our rules judge the same documents: right
 * ones and thousands with one thing changed. Where they differ, the difference has a name and a
 * reason here; one without a name fails the test.
 */
class XmlSchemaDifferenceTest {
  /** One in so many mutants in the short run. */
  private static final int SAMPLE = 12;

  /** Why the two verdicts may differ. */
  private enum Difference {
    /**
     * The XML schema takes any text for URIs, vocabulary, offsets, units of measure and types of
     * sensor reports. The text of the standard and GS1's JSON schema do not, and one event is as
     * right or wrong in both syntaxes.
     */
    VALUE_AS_IN_JSON,
    /** What an event has to have together, EPCIS 2.0 §7.4; the XML schema asks for none of it. */
    FIELDS_TOGETHER,
    /** EPCIS 2.0 §7.4.1.4: an error declaration has its time, and each field once. */
    ERROR_DECLARATION,
    /** The sets of a persistent disposition are sets. */
    DISPOSITION_TWICE,
    /** EPCIS 2.0 §9.1: extensions stand in a namespace, attributes too. */
    ATTRIBUTE_WITHOUT_NAMESPACE,
    /** Times that no JSON document could carry: 24:00, years of five digits or before Christ. */
    TIME_AS_IN_JSON,
    /** GS1's JSON schema takes an odd number of hexadecimal digits. */
    ODD_HEX,
    /** A header's own extensions are kept, as 1.x has them. */
    EXTENSION_OF_THE_HEADER,
    /** JSON-LD has attributes beside a typed text, and XML has no other place for them. */
    MORE_THAN_A_TYPED_TEXT
  }

  @Test
  void aSampleOfMutantsIsJudgedAsBySchema() {
    judge(SAMPLE);
  }

  @Test
  @Tag("long")
  void allMutantsAreJudgedAsBySchema() {
    judge(1);
  }

  /** Elements in no namespace: the schema takes them inside {@code extension} of some elements. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<extension><x>1</x></extension> | '' | true",
        "<extension><x><y/></x><x/></extension> | '' | true",
        "<extension/> | '' | false",
        "<x>1</x> | '' | false",
        "'' | <bizLocation><id>urn:a:c</id><extension><x/></extension></bizLocation> | true",
        "'' | <bizLocation><id>urn:a:c</id><x/></bizLocation> | false",
        "'' | <ilmd><extension><x>1</x></extension></ilmd> | true",
        "'' | <ilmd><x>1</x></ilmd> | false",
        "'' | <sensorElementList><sensorElement><sensorReport"
            + " type='https://ref.gs1.org/cbv/Temperature' value='1' uom='CEL'/><extension><x>1</x>"
            + "</extension></sensorElement></sensorElementList> | true",
        "'' | <extension><x>1</x></extension> | false",
        "'' | <x>1</x> | false"
      })
  void elementsInNoNamespace(String inPlace, String behind, boolean right) {
    String xml =
        """
        <e:EPCISDocument xmlns:e="urn:epcglobal:epcis:xsd:2" schemaVersion="2.0"
            creationDate="2026-11-20T06:00:00Z"><EPCISBody><EventList><ObjectEvent>
          <eventTime>2026-11-20T05:31:07Z</eventTime>
          <eventTimeZoneOffset>+08:00</eventTimeZoneOffset>
          <epcList><epc>urn:a:e</epc></epcList><action>ADD</action>
          <readPoint><id>urn:a:b</id>%s</readPoint>%s
        </ObjectEvent></EventList></EPCISBody></e:EPCISDocument>
        """
            .formatted(inPlace, behind);
    byte[] bytes = xml.getBytes(UTF_8);
    String fault = XmlSchemas.epcis2().fault(bytes);
    assertThat(fault == null).as("the schema: " + fault).isEqualTo(right);
    ReadResult ours = Documents.READER.readAny(bytes, DocumentFormat.XML);
    assertThat(ours instanceof ReadResult.Accepted).as("us: " + ours).isEqualTo(right);
  }

  private static void judge(int sample) {
    XmlSchemas schemas = XmlSchemas.epcis2();
    XmlMutations mutations = new XmlMutations(sample);
    List<String> unexplained = new ArrayList<>();
    Set<Difference> met = EnumSet.noneOf(Difference.class);
    int[] judged = new int[2];
    for (Path file : ReferenceData.files(ReferenceData.folder("gs1/xml"), ".xml")) {
      byte[] xml = ReferenceData.bytes(file);
      if (file.getFileName().toString().startsWith("CaptureJob")) {
        continue; // answers of a server, not documents
      }
      assertThat(schemas.fault(xml)).as(file.toString()).isNull();
      mutations.of(
          xml,
          mutant -> {
            String fault = schemas.fault(mutant.document());
            ReadResult ours = Documents.READER.readAny(mutant.document(), DocumentFormat.XML);
            judged[fault == null ? 0 : 1]++;
            if ((fault == null) != ours instanceof ReadResult.Accepted) {
              Difference known = difference(mutant, fault, ours);
              if (known == null) {
                unexplained.add(mutant + ": " + (fault == null ? ours : "we accept; " + fault));
              } else {
                met.add(known);
              }
            }
          });
    }
    assertThat(unexplained).isEmpty();
    assertThat(judged[0]).as("right ones").isGreaterThan(5_000 / sample);
    assertThat(judged[1]).as("wrong ones").isGreaterThan(4_000 / sample);
    assertThat(met).isNotEmpty();
    if (sample == 1) {
      assertThat(met).isEqualTo(EnumSet.allOf(Difference.class));
    }
  }

  private static @Nullable Difference difference(
      XmlMutations.Mutant mutant, @Nullable String fault, ReadResult ours) {
    String shape = mutant.shape();
    if (fault != null) {
      if (shape.endsWith("/@hexBinaryValue")) {
        return Difference.ODD_HEX;
      }
      if (shape.contains("/EPCISHeader") && mutant.what().startsWith("append")) {
        return Difference.EXTENSION_OF_THE_HEADER;
      }
      return fault.contains("is a simple type") ? Difference.MORE_THAN_A_TYPED_TEXT : null;
    }
    if (!(ours instanceof ReadResult.Refused(List<Violation> violations))) {
      return null;
    }
    boolean value = mutant.what().startsWith("text") || mutant.what().startsWith("value");
    boolean changed = value || mutant.what().equals("stray text") || mutant.what().equals("empty");
    return switch (violations.getFirst().code()) {
      case "invalid_uri", "unknown_term", "invalid_offset", "invalid_value" ->
          changed ? Difference.VALUE_AS_IN_JSON : null;
      case "invalid_time" -> value ? Difference.TIME_AS_IN_JSON : null;
      case "forbidden_combination" -> Difference.FIELDS_TOGETHER;
      case "duplicate_member", "missing_field" ->
          shape.contains("/errorDeclaration") ? Difference.ERROR_DECLARATION : fields(shape);
      case "not_unique" ->
          shape.contains("/persistentDisposition/") ? Difference.DISPOSITION_TWICE : null;
      case "unknown_field" ->
          mutant.what().startsWith("attribute") ? Difference.ATTRIBUTE_WITHOUT_NAMESPACE : null;
      case "forbidden_field" -> fields(shape);
      default -> null;
    };
  }

  private static @Nullable Difference fields(String shape) {
    return shape.contains("Event") ? Difference.FIELDS_TOGETHER : null;
  }
}
