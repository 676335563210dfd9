package org.yuanliu.epcis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One spoilt place, one violation: its code and its pointer. */
class RefusalTest {
  private static final String EVENT = "/epcisBody/eventList/0";

  /**
   * Event, place to set (under the event), value to set ("" removes), code, pointer (same base).
   */
  static Stream<Arguments> spoiltEvents() {
    String object = Documents.OBJECT_EVENT;
    String aggregation = Documents.AGGREGATION_EVENT;
    String transaction = Documents.TRANSACTION_EVENT;
    String transformation = Documents.TRANSFORMATION_EVENT;
    String association = Documents.ASSOCIATION_EVENT;
    return Stream.of(
        // Types of values.
        arguments(object, "/eventTime", "1", "wrong_type", "/eventTime"),
        arguments(object, "/eventTimeZoneOffset", "null", "wrong_type", "/eventTimeZoneOffset"),
        arguments(object, "/type", "7", "wrong_type", "/type"),
        arguments(object, "/epcList", "\"urn:a:b\"", "wrong_type", "/epcList"),
        arguments(object, "/epcList/1", "{}", "wrong_type", "/epcList/1"),
        arguments(object, "/quantityList/0", "\"x\"", "wrong_type", "/quantityList/0"),
        arguments(
            object, "/quantityList/0/quantity", "\"1\"", "wrong_type", "/quantityList/0/quantity"),
        arguments(object, "/readPoint", "\"urn:a:b\"", "wrong_type", "/readPoint"),
        arguments(object, "/ilmd", "[]", "wrong_type", "/ilmd"),
        arguments(object, "/sensorElementList", "{}", "wrong_type", "/sensorElementList"),
        arguments(
            object,
            "/sensorElementList/0/sensorReport/0/value",
            "\"3\"",
            "wrong_type",
            "/sensorElementList/0/sensorReport/0/value"),
        arguments(
            object,
            "/sensorElementList/0/sensorReport/0/booleanValue",
            "\"true\"",
            "wrong_type",
            "/sensorElementList/0/sensorReport/0/booleanValue"),
        arguments(object, "/errorDeclaration", "\"x\"", "wrong_type", "/errorDeclaration"),
        // Required fields.
        arguments(object, "/type", "", "missing_field", ""),
        arguments(object, "/eventTime", "", "missing_field", ""),
        arguments(object, "/eventTimeZoneOffset", "", "missing_field", ""),
        arguments(object, "/action", "", "missing_field", ""),
        arguments(object, "/readPoint/id", "", "missing_field", "/readPoint"),
        arguments(object, "/quantityList/0/epcClass", "", "missing_field", "/quantityList/0"),
        arguments(
            object,
            "/bizTransactionList/0/bizTransaction",
            "",
            "missing_field",
            "/bizTransactionList/0"),
        arguments(object, "/sourceList/0/type", "", "missing_field", "/sourceList/0"),
        arguments(
            object, "/destinationList/0/destination", "", "missing_field", "/destinationList/0"),
        arguments(
            object,
            "/sensorElementList/0/sensorReport",
            "",
            "missing_field",
            "/sensorElementList/0"),
        arguments(
            object,
            "/sensorElementList/0/sensorReport/0/type",
            "",
            "missing_field",
            "/sensorElementList/0/sensorReport/0"),
        arguments(object, "/errorDeclaration", "{}", "missing_field", "/errorDeclaration"),
        arguments(aggregation, "/parentID", "", "missing_field", ""),
        arguments(association, "/parentID", "", "missing_field", ""),
        arguments(transaction, "/bizTransactionList", "", "missing_field", ""),
        // Times and offsets.
        arguments(object, "/eventTime", "\"2026-11-20T05:31:07\"", "invalid_time", "/eventTime"),
        arguments(object, "/eventTime", "\"2026-02-29T05:31:07Z\"", "invalid_time", "/eventTime"),
        arguments(object, "/recordTime", "\"yesterday\"", "invalid_time", "/recordTime"),
        arguments(
            object,
            "/sensorElementList/0/sensorMetadata/time",
            "\"2026-11-20\"",
            "invalid_time",
            "/sensorElementList/0/sensorMetadata/time"),
        arguments(
            object,
            "/errorDeclaration",
            "{\"declarationTime\": \"x\"}",
            "invalid_time",
            "/errorDeclaration/declarationTime"),
        arguments(
            object, "/eventTimeZoneOffset", "\"+8:00\"", "invalid_offset", "/eventTimeZoneOffset"),
        arguments(
            object, "/eventTimeZoneOffset", "\"+14:01\"", "invalid_offset", "/eventTimeZoneOffset"),
        // Identifiers.
        arguments(object, "/epcList/0", "\"9876\"", "invalid_uri", "/epcList/0"),
        arguments(object, "/epcList/0", "\"http://a b\"", "invalid_uri", "/epcList/0"),
        arguments(object, "/eventID", "\"1\"", "invalid_uri", "/eventID"),
        arguments(object, "/eventID", "\"_:b1\"", "invalid_uri", "/eventID"),
        arguments(object, "/certificationInfo", "[\"x\"]", "invalid_uri", "/certificationInfo/0"),
        arguments(
            object,
            "/epcList/0",
            "\"https://id.gs1.org/01/04012345111119/21/9876\"",
            "invalid_code",
            "/epcList/0"),
        arguments(
            object,
            "/epcList/0",
            "\"urn:epc:id:sgtin:4012345.11.1\"",
            "invalid_code",
            "/epcList/0"),
        arguments(
            object,
            "/quantityList/0/epcClass",
            "\"https://id.gs1.org/01/04012345123457/10/1\"",
            "invalid_code",
            "/quantityList/0/epcClass"),
        arguments(
            object,
            "/bizLocation/id",
            "\"https://id.gs1.org/414/4012345000116\"",
            "invalid_code",
            "/bizLocation/id"),
        arguments(
            aggregation,
            "/parentID",
            "\"https://id.gs1.org/00/040123450000003339\"",
            "invalid_code",
            "/parentID"),
        // Vocabulary.
        arguments(object, "/type", "\"QuantityEvent\"", "unknown_event_type", "/type"),
        arguments(object, "/bizStep", "\"slaughtering\"", "unknown_term", "/bizStep"),
        arguments(
            object, "/bizStep", "\"urn:epcglobal:cbv:bizstep:x\"", "unknown_term", "/bizStep"),
        // Right in XML, where it is the older form.
        arguments(
            object,
            "/bizStep",
            "\"urn:epcglobal:cbv:bizstep:shipping\"",
            "unknown_term",
            "/bizStep"),
        arguments(
            object,
            "/sensorElementList/0/sensorReport/0/type",
            "\"https://gs1.org/voc/Temperature\"",
            "unknown_term",
            "/sensorElementList/0/sensorReport/0/type"),
        arguments(
            object, "/bizStep", "\"urn:epcglobal:cbv:disp:recalled\"", "unknown_term", "/bizStep"),
        arguments(
            object, "/bizStep", "\"https://ns.gs1.org/cbv/BizStep-x\"", "unknown_term", "/bizStep"),
        arguments(object, "/disposition", "\"shipping\"", "unknown_term", "/disposition"),
        arguments(
            object,
            "/persistentDisposition/set/0",
            "\"gone\"",
            "unknown_term",
            "/persistentDisposition/set/0"),
        arguments(
            object,
            "/bizTransactionList/0/type",
            "\"x\"",
            "unknown_term",
            "/bizTransactionList/0/type"),
        arguments(object, "/sourceList/0/type", "\"x\"", "unknown_term", "/sourceList/0/type"),
        arguments(
            object,
            "/sensorElementList/0/sensorReport/1/component",
            "\"w\"",
            "unknown_term",
            "/sensorElementList/0/sensorReport/1/component"),
        arguments(object, "/action", "\"MOVE\"", "invalid_value", "/action"),
        arguments(object, "/quantityList/0/uom", "\"kg\"", "invalid_value", "/quantityList/0/uom"),
        arguments(
            object,
            "/sensorElementList/0/sensorReport/0/hexBinaryValue",
            "\"0g\"",
            "invalid_value",
            "/sensorElementList/0/sensorReport/0/hexBinaryValue"),
        // Names.
        arguments(object, "/colour", "\"red\"", "unknown_field", "/colour"),
        arguments(object, "/ilmd/lot", "\"1\"", "unknown_field", "/ilmd/lot"),
        arguments(
            object, "/quantityList/0/yl:note", "1", "unknown_field", "/quantityList/0/yl:note"),
        arguments(
            object,
            "/persistentDisposition/gone",
            "[]",
            "unknown_field",
            "/persistentDisposition/gone"),
        arguments(object, "/a~1b", "1", "unknown_field", "/a~1b"),
        arguments(object, "/parentID", "\"urn:a:b\"", "forbidden_field", "/parentID"),
        arguments(object, "/inputEPCList", "[]", "forbidden_field", "/inputEPCList"),
        arguments(aggregation, "/epcList", "[]", "forbidden_field", "/epcList"),
        arguments(aggregation, "/ilmd", "{}", "forbidden_field", "/ilmd"),
        arguments(transformation, "/action", "\"ADD\"", "forbidden_field", "/action"),
        arguments(
            association,
            "/transformationID",
            "\"urn:a:b\"",
            "forbidden_field",
            "/transformationID"),
        arguments(object, "/action", "\"OBSERVE\"", "forbidden_field", "/ilmd"),
        // Lists.
        arguments(
            object,
            "/epcList/1",
            "\"urn:epc:id:sgtin:4012345.011111.9876\"",
            "not_unique",
            "/epcList/1"),
        arguments(
            transformation,
            "/inputEPCList",
            "[\"urn:a:b\", \"urn:a:b\"]",
            "not_unique",
            "/inputEPCList/1"),
        arguments(
            object,
            "/persistentDisposition/set",
            "[\"recalled\", \"recalled\"]",
            "not_unique",
            "/persistentDisposition/set/1"),
        arguments(
            object, "/persistentDisposition/set", "[]", "empty_list", "/persistentDisposition/set"),
        arguments(
            object,
            "/sensorElementList/0/sensorReport",
            "[]",
            "empty_list",
            "/sensorElementList/0/sensorReport"),
        arguments(transaction, "/bizTransactionList", "[]", "empty_list", "/bizTransactionList"),
        // Combinations.
        arguments(
            object,
            "/persistentDisposition",
            "{}",
            "forbidden_combination",
            "/persistentDisposition"),
        arguments(transaction, "/epcList", "", "forbidden_combination", ""),
        arguments(association, "/childEPCs", "", "forbidden_combination", ""),
        arguments(association, "/childEPCs", "[]", "forbidden_combination", ""),
        // Contexts.
        arguments(object, "/@context", "[1]", "invalid_context", "/@context"),
        arguments(object, "/@context", "\"not an address\"", "invalid_context", "/@context"),
        arguments(object, "/@context", "null", "invalid_context", "/@context"),
        arguments(
            object, "/@context", "{\"a\": \"b:\", \"b\": \"a:\"}", "invalid_context", "/@context"));
  }

  @ParameterizedTest(name = "{3} at {4}: {1} = {2}")
  @MethodSource("spoiltEvents")
  void aSpoiltEventIsRefusedWithCodeAndPointer(
      String event, String place, String value, String code, String pointer) {
    ObjectNode document = Documents.document(Documents.tree(event));
    assertThat(Documents.read(document)).isInstanceOf(ReadResult.Accepted.class);
    set(document, EVENT + place, value);
    List<Violation> violations = Documents.refused(Documents.read(document));
    assertThat(violations).extracting(Violation::code).containsOnly(code);
    assertThat(violations).extracting(Violation::pointer).containsExactly(EVENT + pointer);
    assertThat(violations.getFirst().zh()).containsPattern("\\p{IsHan}");
    assertThat(violations.getFirst().en()).isNotBlank().doesNotContainPattern("\\p{IsHan}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/@context | | missing_field | ''",
        "/type | | missing_field | ''",
        "/schemaVersion | | missing_field | ''",
        "/creationDate | | missing_field | ''",
        "/epcisBody | | missing_field | ''",
        "/epcisBody/eventList | | missing_field | /epcisBody",
        "/type | \"EPCISQueryDocument\" | query_document | /type",
        "/type | \"ObjectEvent\" | not_a_document | /type",
        "/type | 1 | wrong_type | /type",
        "/schemaVersion | \"2.\" | invalid_value | /schemaVersion",
        "/schemaVersion | \"v2\" | invalid_value | /schemaVersion",
        "/creationDate | \"2026-11-20\" | invalid_time | /creationDate",
        "/epcisBody | [] | wrong_type | /epcisBody",
        "/epcisBody/eventList | {} | wrong_type | /epcisBody/eventList",
        "/epcisBody/eventList/0 | 5 | wrong_type | /epcisBody/eventList/0",
        "/id | \"1\" | invalid_uri | /id",
        "/sender | 1 | wrong_type | /sender",
        "/note | 1 | unknown_field | /note",
        "/@context | 5 | invalid_context | /@context",
        "/epcisHeader | {\"x\": 1} | unknown_field | /epcisHeader/x",
        "/epcisHeader | {\"epcisMasterData\": {\"vocabularyList\": [{}]}} | missing_field |"
            + " /epcisHeader/epcisMasterData/vocabularyList/0",
        "/epcisHeader | {\"epcisMasterData\": {\"vocabularyList\": [{\"type\": \"urn:a:b\","
            + " \"vocabularyElementList\": [{\"id\": \"x\"}]}]}} | invalid_uri |"
            + " /epcisHeader/epcisMasterData/vocabularyList/0/vocabularyElementList/0/id",
      })
  void aSpoiltDocumentIsRefusedWithCodeAndPointer(
      String place, String value, String code, String pointer) {
    ObjectNode document = Documents.document(Documents.tree(Documents.AGGREGATION_EVENT));
    set(document, place, value == null ? "" : value);
    List<Violation> violations = Documents.refused(Documents.read(document));
    assertThat(violations).extracting(Violation::code).containsExactly(code);
    assertThat(violations).extracting(Violation::pointer).containsExactly(pointer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | malformed_json | ''",
        "{ | malformed_json | ''",
        "{} {} | malformed_json | ''",
        "{'a': 1} | malformed_json | ''",
        "{\"a\": [1, tru]} | malformed_json | /a/1",
        "{\"a\": NaN} | malformed_json | /a",
        "[] | wrong_type | ''",
        "\"text\" | wrong_type | ''",
        "{\"a\": {\"b\": 1, \"b\": 1}} | duplicate_member | /a/b",
        "{\"a\": \"\\ud800\"} | invalid_text | /a",
        "{\"a\": [\"\\u0000\"]} | invalid_text | /a/0",
        "{\"a\": 1e401} | number_out_of_range | /a",
        "{\"a\": 1E-999999999} | number_out_of_range | /a",
      })
  void textThatIsNoFaithfulJsonIsRefused(String json, String code, String pointer) {
    // CsvSource takes the single quotes of this one for its own.
    String text = json.equals("{a: 1}") ? "{'a': 1}" : json;
    for (ReadResult result :
        List.of(
            Documents.READER.readDocument(Documents.utf8(text)),
            Documents.READER.readEvent(Documents.utf8(text)))) {
      List<Violation> violations = Documents.refused(result);
      assertThat(violations).extracting(Violation::code).containsExactly(code);
      assertThat(violations).extracting(Violation::pointer).containsExactly(pointer);
    }
  }

  @Test
  void bytesThatAreNotUtf8AreRefused() {
    byte[] json = {'{', '"', 'a', '"', ':', '"', (byte) 0xC3, (byte) 0x28, '"', '}'};
    assertThat(Documents.refused(Documents.READER.readDocument(json)))
        .extracting(Violation::code)
        .containsExactly("malformed_json");
  }

  @Test
  void aPrefixThatOnlyAnUnknownContextExplainsIsRefused() {
    ObjectNode event = Documents.tree(Documents.AGGREGATION_EVENT);
    event.put("@context", "https://example.cn/context.jsonld");
    assertThat(Documents.read(Documents.document(event.deepCopy())))
        .isInstanceOf(ReadResult.Accepted.class);
    event.put("ex:colour", "red");
    event.put("bizStep", "ex:weighing");
    assertThat(Documents.refused(Documents.read(Documents.document(event))))
        .extracting(Violation::code, Violation::pointer)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("context_not_understood", EVENT + "/ex:colour"),
            org.assertj.core.groups.Tuple.tuple("context_not_understood", EVENT + "/bizStep"));
    event.set("@context", Documents.tree("{\"ex\": \"https://example.cn/ns/\"}"));
    assertThat(Documents.read(Documents.document(event))).isInstanceOf(ReadResult.Accepted.class);
  }

  @Test
  void transformationsNeedBothSidesOrAnIdThatJoinsThem() {
    for (String side : List.of("input", "output")) {
      ObjectNode event = Documents.tree(Documents.TRANSFORMATION_EVENT);
      event.remove(List.of(side + "EPCList", side + "QuantityList"));
      assertThat(Documents.read(Documents.document(event.deepCopy())))
          .isInstanceOf(ReadResult.Accepted.class);
      event.remove("transformationID");
      assertThat(Documents.refused(Documents.read(Documents.document(event))))
          .extracting(Violation::code, Violation::pointer)
          .containsExactly(org.assertj.core.groups.Tuple.tuple("forbidden_combination", EVENT));
    }
    ObjectNode alone = Documents.tree(Documents.TRANSFORMATION_EVENT);
    alone.remove(
        List.of("inputEPCList", "inputQuantityList", "outputEPCList", "outputQuantityList"));
    assertThat(Documents.refused(Documents.read(Documents.document(alone))))
        .extracting(Violation::code)
        .containsExactly("forbidden_combination");
  }

  @Test
  void anObjectEventNeedsUnitsOrSensedPlace() {
    ObjectNode event = Documents.tree(Documents.OBJECT_EVENT);
    event.remove(List.of("epcList", "quantityList"));
    assertThat(Documents.read(Documents.document(event.deepCopy())))
        .isInstanceOf(ReadResult.Accepted.class);
    event.remove("readPoint");
    assertThat(Documents.refused(Documents.read(Documents.document(event))))
        .extracting(Violation::code)
        .containsExactly("forbidden_combination");
  }

  @Test
  void allFaultsOfADocumentAreTold() {
    ObjectNode first = Documents.tree(Documents.OBJECT_EVENT);
    first.put("eventTime", "x").put("bizStep", "y");
    ObjectNode second = Documents.tree(Documents.ASSOCIATION_EVENT);
    second.put("action", "z");
    ObjectNode document = Documents.document(first, second);
    document.put("creationDate", "w");
    assertThat(Documents.refused(Documents.read(document)))
        .extracting(Violation::pointer)
        .containsExactly(
            "/creationDate",
            "/epcisBody/eventList/0/eventTime",
            "/epcisBody/eventList/0/bizStep",
            "/epcisBody/eventList/1/action");
  }

  @Test
  void aBareEventIsReadByItsOwnContext() {
    ObjectNode event = Documents.tree(Documents.OBJECT_EVENT);
    event.put("eventTime", "x");
    assertThat(Documents.refused(Documents.READER.readEvent(Documents.utf8(event.toString()))))
        .extracting(Violation::code, Violation::pointer)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("invalid_time", "/eventTime"));
  }

  @Test
  void everyCodeIsCoveredByATest() {
    Set<ViolationCode> limits =
        EnumSet.of(
            ViolationCode.DOCUMENT_TOO_LARGE,
            ViolationCode.NESTED_TOO_DEEP,
            ViolationCode.STRING_TOO_LONG,
            ViolationCode.TOO_MANY_EVENTS,
            ViolationCode.TOO_MANY_UNITS);
    Set<String> here =
        Set.of(
            "malformed_json",
            // Four of XML: XmlRefusalTest.
            "malformed_xml",
            "dtd_not_allowed",
            "misplaced_element",
            "unexpected_text",
            "duplicate_member",
            "invalid_text",
            "number_out_of_range",
            "query_document",
            "not_a_document",
            "context_not_understood");
    List<String> spoilt = spoiltEvents().map(a -> (String) a.get()[3]).distinct().toList();
    for (ViolationCode code : EnumSet.complementOf(EnumSet.copyOf(limits))) {
      assertThat(here.contains(code.code()) || spoilt.contains(code.code()))
          .as(code.code())
          .isTrue();
    }
  }

  private static void set(ObjectNode document, String place, String value) {
    JsonPointer pointer = JsonPointer.compile(place);
    JsonNode parent = document.at(pointer.head());
    JsonNode node = value.isEmpty() ? null : Documents.MAPPER.readTree(value);
    if (parent instanceof ArrayNode array) {
      array.set(pointer.last().getMatchingIndex(), node);
    } else if (node == null) {
      ((ObjectNode) parent).remove(pointer.last().getMatchingProperty());
    } else {
      ((ObjectNode) parent).set(pointer.last().getMatchingProperty(), node);
    }
  }
}
