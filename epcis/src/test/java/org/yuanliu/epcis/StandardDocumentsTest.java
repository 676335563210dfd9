package org.yuanliu.epcis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** What the standard lets others write, and what it does not, clause by clause. */
class StandardDocumentsTest {
  private static final String EVENT =
      """
      {"type": "ObjectEvent", "eventTime": "2026-11-20T05:31:07.25+08:00",
       "eventTimeZoneOffset": "+08:00", "action": "OBSERVE", "epcList": ["urn:a:b"]}\
      """;

  private static ReadResult read(ObjectNode event) {
    return Documents.read(Documents.document(event));
  }

  private static ObjectNode event(String members) {
    ObjectNode event = Documents.tree(EVENT);
    event.setAll(Documents.tree('{' + members + '}'));
    return event;
  }

  /** Read, written in XML of both versions and read again: the same hashes all the way. */
  private static EpcisEvent goesThrough(ObjectNode event) {
    ReadResult result = read(event);
    assertThat(result).as(result.toString()).isInstanceOf(ReadResult.Accepted.class);
    ReadResult.Accepted accepted = (ReadResult.Accepted) result;
    EpcisEvent before = accepted.events().getFirst();
    for (Syntax syntax : Syntax.values()) {
      CbvForm form = syntax == Syntax.XML_1_2 ? CbvForm.URN : CbvForm.WEB_URI;
      byte[] written = ConversionTest.write(accepted, syntax, form);
      ReadResult back = Documents.READER.readAny(written, DocumentFormat.ofContent(written));
      assertThat(back)
          .as(() -> syntax + " " + back + new String(written, UTF_8))
          .isInstanceOf(ReadResult.Accepted.class);
      EpcisEvent after = ((ReadResult.Accepted) back).events().getFirst();
      for (CbvVersion version : CbvVersion.values()) {
        assertThat(EventHash.preHash(after, version))
            .as(syntax.toString())
            .isEqualTo(EventHash.preHash(before, version));
      }
      assertThat(after.errorDeclaration()).isEqualTo(before.errorDeclaration());
    }
    return before;
  }

  @ParameterizedTest
  @CsvSource({
    "urn:epc:id:sgtin:0614141.112345.400, https://id.gs1.org/01/10614141123459/21/400",
    "urn:epc:id:sgtin:0614141.112345.32a%2Fb, https://id.gs1.org/01/10614141123459/21/32a%2Fb",
    "urn:epc:class:lgtin:4012345.012345.998877, https://id.gs1.org/01/04012345123456/10/998877",
    "urn:epc:idpat:sgtin:4012345.066666.*, https://id.gs1.org/01/04012345666663",
    "urn:epc:id:sscc:0614141.1234567890, https://id.gs1.org/00/106141412345678908",
    "urn:epc:id:sgln:0614141.12345.400, https://id.gs1.org/414/0614141123452/254/400",
    "urn:epc:id:sgln:0614141.12345.0, https://id.gs1.org/414/0614141123452",
    "urn:epc:id:grai:0614141.12345.400, https://id.gs1.org/8003/00614141123452400",
    "urn:epc:id:giai:0614141.12345400, https://id.gs1.org/8004/061414112345400",
    "urn:epc:id:gsrn:0614141.1234567890, https://id.gs1.org/8018/061414112345678902",
    "urn:epc:id:gsrnp:0614141.1234567890, https://id.gs1.org/8017/061414112345678902",
    "urn:epc:id:gdti:0614141.12345.400, https://id.gs1.org/253/0614141123452400",
    "urn:epc:id:cpi:0614141.5PQ7%2FZ43.12345, https://id.gs1.org/8010/06141415PQ7%2FZ43/8011/12345",
    "urn:epc:id:sgcn:4012345.67890.04711, https://id.gs1.org/255/401234567890104711",
    "urn:epc:id:ginc:0614141.xyz47%2F11, https://id.gs1.org/401/0614141xyz47%2F11",
    "urn:epc:id:gsin:0614141.123456789, https://id.gs1.org/402/06141411234567890",
    "urn:epc:id:itip:4012345.012345.01.02.987, https://id.gs1.org/8006/040123451234560102/21/987",
    "urn:epc:id:upui:1234567.089456.51qIgY)%3C%26Jp3*j7,"
        + " https://id.gs1.org/01/01234567894560/235/51qIgY%29%3C%26Jp3%2Aj7",
    "urn:epc:id:pgln:1234567.89012, https://id.gs1.org/417/1234567890128",
    "urn:epc:id:gid:952056.2718.1414, urn:epc:id:gid:952056.2718.1414",
    "urn:epc:id:usdod:CAGEY.5678, urn:epc:id:usdod:CAGEY.5678",
    "urn:epc:id:adi:35962.PQ7VZ4.M37GXB92, urn:epc:id:adi:35962.PQ7VZ4.M37GXB92",
    "urn:epc:id:bic:CSQU3054383, urn:epc:id:bic:CSQU3054383",
    "urn:epc:id:imovn:9176187, urn:epc:id:imovn:9176187",
    "https://example.org/some/path/01/9506000134352/21/400?x=1,"
        + " https://id.gs1.org/01/09506000134352/21/400",
    "http://id.example.cn/01/09506000134352/22/2A/10/ABC/21/400,"
        + " https://id.gs1.org/01/09506000134352/21/400",
    "https://id.gs1.org/01/09506000134352/10/ABC, https://id.gs1.org/01/09506000134352/10/ABC",
    "http://example.org/assets/17, http://example.org/assets/17",
    "urn:example:asset:17, urn:example:asset:17",
    "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6, urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
    "yl:asset/17, https://yuanliu.org/ns/asset/17"
  })
  void everyFormOfAnIdentifierIsReadAndHasOneCanonicalForm(String sent, String canonical) {
    EpcisEvent event = goesThrough(event("\"epcList\": [\"" + sent + "\"]"));
    assertThat(event.units().getFirst().canonical()).isEqualTo(canonical);
    assertThat(event.units().getFirst().sent()).isEqualTo(sent);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "urn:epc:id:sgtin:0614141.12345.400",
        "urn:epc:id:sgtin:0614141112345.400",
        "urn:epc:id:sscc:0614141.123456789",
        "urn:epc:id:sgtin:0614141.112345.",
        "urn:epc:id:itip:4012345.012345.03.02.987",
        "https://id.gs1.org/01/09506000134353/21/400",
        "https://id.gs1.org/01/09506000134352/21/",
        "https://id.gs1.org/00/10614141234567890",
        "not a uri",
        "17",
        ""
      })
  void whatOnlyLooksLikeAnIdentifierIsRefused(String sent) {
    assertThat(Documents.refused(read(event("\"epcList\": [\"" + sent + "\"]"))))
        .extracting(Violation::code)
        .allMatch(code -> code.equals("invalid_code") || code.equals("invalid_uri"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"bizTransactionList\": [{\"bizTransaction\":"
            + " \"urn:epcglobal:cbv:bt:5200001000008:4711\"}]",
        "\"bizTransactionList\": [{\"type\": \"inv\", \"bizTransaction\":"
            + " \"http://example.org/inv/1\"}]",
        "\"sourceList\": [{\"type\": \"location\", \"source\":"
            + " \"urn:epc:id:sgln:4012345.00225.0\"}]",
        "\"destinationList\": [{\"type\": \"https://ref.gs1.org/cbv/SDT-possessing_party\","
            + " \"destination\": \"urn:epc:id:pgln:4012345.00225\"}]",
        "\"certificationInfo\": \"https://accreditation.example.org/1\"",
        "\"certificationInfo\": [\"https://accreditation.example.org/1\","
            + " \"https://accreditation.example.org/2\"]",
        "\"bizStep\": \"cbv:BizStep-shipping\"",
        "\"bizStep\": \"yl:BizStep-slaughtering\"",
        "\"disposition\": \"https://example.org/disp/quarantined\"",
        "\"persistentDisposition\": {\"set\": [\"completeness_verified\"]}",
        "\"persistentDisposition\": {\"unset\": [\"completeness_inferred\", \"recalled\"]}",
        "\"epcList\": [], \"quantityList\": [{\"epcClass\":"
            + " \"urn:epc:idpat:sgtin:4012345.066666.*\", \"quantity\": 0.5, \"uom\": \"LTR\"}]",
        "\"epcList\": [], \"quantityList\": [{\"epcClass\":"
            + " \"urn:epc:class:lgtin:4012345.012345.9\"}]",
        "\"errorDeclaration\": {\"declarationTime\": \"2026-11-21T00:00:00Z\", \"reason\":"
            + " \"incorrect_data\", \"correctiveEventIDs\":"
            + " [\"urn:uuid:404d95fc-9457-4a51-bd6a-0bba133845a8\"]}",
        "\"errorDeclaration\": {\"declarationTime\": \"2026-11-21T00:00:00Z\", \"yl:by\": \"x\"}",
        "\"eventTime\": \"2026-11-20T05:31:07Z\", \"eventTimeZoneOffset\": \"+14:00\"",
        "\"eventTime\": \"2026-11-20T05:31:07.123456789012-14:00\", \"eventTimeZoneOffset\":"
            + " \"-14:00\"",
        "\"eventTime\": \"2028-02-29T23:59:59.9995Z\", \"eventTimeZoneOffset\": \"-00:00\"",
        "\"recordTime\": \"2026-11-20T05:31:08Z\"",
        "\"eventID\":"
            + " \"ni:///sha-256;df7bb3c352fef055578554f09f5e2aa41782150ced7bd0b8af24dd3ccb30ba69?ver=CBV2.0\"",
        "\"readPoint\": {\"id\": \"geo:22.300,-118.44\"}"
      })
  void whatTheStandardHasGoesThroughEverySyntax(String members) {
    goesThrough(event(members));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"type\": \"Temperature\", \"value\": 26.00, \"uom\": \"CEL\", \"sDev\": 0.1,"
            + " \"minValue\": -1, \"maxValue\": 1e2, \"meanValue\": 13.2",
        "\"type\": \"gs1:Temperature\", \"percRank\": 50, \"percValue\": 12.7, \"uom\": \"CEL\"",
        "\"type\": \"AbsoluteHumidity\", \"hexBinaryValue\": \"f7f0\"",
        "\"type\": \"Speed\", \"stringValue\": \" fast \"",
        "\"type\": \"Illuminance\", \"booleanValue\": true",
        "\"type\": \"Angle\", \"uriValue\": \"https://id.gs1.org/8004/401234500000001\"",
        "\"type\": \"Length\", \"value\": 7, \"uom\": \"MTR\", \"component\": \"latitude\","
            + " \"coordinateReferenceSystem\": \"https://www.opengis.net/def/crs/EPSG/0/4326\"",
        "\"type\": \"Count\", \"microorganism\": \"https://www.ncbi.nlm.nih.gov/taxonomy/1126011\","
            + " \"value\": 0.05",
        "\"type\": \"MassConcentration\", \"chemicalSubstance\":"
            + " \"https://identifiers.org/inchikey:CZMRCDWAGMRECN-UGDNZRGBSA-N\", \"value\": 0.18,"
            + " \"uom\": \"C35\"",
        "\"type\": \"Temperature\", \"exception\": \"ALARM_CONDITION\"",
        "\"type\": \"Temperature\", \"value\": 2, \"dataProcessingMethod\":"
            + " \"https://id.gs1.org/253/4012345000054987\", \"bizRules\":"
            + " \"https://example.org/rules\", \"deviceID\": \"urn:epc:id:giai:4000001.111\","
            + " \"deviceMetadata\": \"https://example.org/m\", \"rawData\":"
            + " \"https://example.org/r\", \"yl:own\": \"x\""
      })
  void everyFieldOfASensorReportGoesThroughEverySyntax(String report) {
    goesThrough(event("\"sensorElementList\": [{\"sensorReport\": [{" + report + "}]}]"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"eventTime\": \"2026-11-20T24:00:00Z\" | invalid_time",
        "\"eventTime\": \"2026-11-20T23:59:60Z\" | invalid_time",
        "\"eventTime\": \"2026-11-20t05:31:07z\" | invalid_time",
        "\"eventTime\": \"12026-11-20T05:31:07Z\" | invalid_time",
        "\"eventTime\": \"2026-11-20T05:31:07\" | invalid_time",
        "\"eventTime\": \"2026-11-20T05:31:07.Z\" | invalid_time",
        "\"eventTime\": \"2026-11-20T05:31:07+14:01\" | invalid_time",
        "\"eventTime\": \"2027-02-29T05:31:07Z\" | invalid_time",
        "\"eventTimeZoneOffset\": \"Z\" | invalid_offset",
        "\"eventTimeZoneOffset\": \"+14:30\" | invalid_offset",
        "\"eventTimeZoneOffset\": \"8:00\" | invalid_offset",
        "\"action\": \"add\" | invalid_value",
        "\"isA\": \"ObjectEvent\" | unknown_field",
        "\"bizStep\": \"slaughtering\" | unknown_term",
        "\"bizStep\": \"urn:epcglobal:cbv:bizstep:shipping\" | unknown_term",
        "\"disposition\": \"shipping\" | unknown_term",
        "\"persistentDisposition\": {} | forbidden_combination",
        "\"persistentDisposition\": {\"set\": []} | empty_list",
        "\"persistentDisposition\": {\"set\": [\"recalled\", \"recalled\"]} | not_unique",
        "\"bizTransactionList\": [{\"type\": \"po\"}] | missing_field",
        "\"sourceList\": [{\"source\": \"urn:a:b\"}] | missing_field",
        "\"sourceList\": [{\"type\": \"owning_party\", \"destination\": \"urn:a:b\"}] |"
            + " unknown_field",
        "\"errorDeclaration\": {\"reason\": \"incorrect_data\"} | missing_field",
        "\"sensorElementList\": [{}] | missing_field",
        "\"sensorElementList\": [{\"sensorReport\": []}] | empty_list",
        "\"sensorElementList\": [{\"sensorReport\": [{\"type\": \"Temperature\", \"value\":"
            + " \"26\"}]}] | wrong_type",
        "\"sensorElementList\": [{\"sensorReport\": [{\"type\": \"Temperature\","
            + " \"hexBinaryValue\": \"0x1\"}]}] | invalid_value",
        "\"quantityList\": [{\"epcClass\": \"urn:a:b\", \"quantity\": 1, \"uom\": \"kg\"}] |"
            + " invalid_value",
        "\"ilmd\": {\"yl:a\": 1} | forbidden_field",
        "\"yl:n\": 77777777e77777777777 | number_out_of_range",
        "\"yl:n\": 1e999999999 | number_out_of_range",
        "\"yl:n\": 1e-99999999999999999999 | number_out_of_range"
      })
  void whatTheStandardDoesNotHaveIsRefusedByName(String members, String code) {
    String json = EVENT.substring(0, EVENT.lastIndexOf('}'));
    for (String name : List.of("eventTime", "eventTimeZoneOffset", "action")) {
      if (members.startsWith('"' + name + '"')) {
        json = json.replaceFirst("\"" + name + "\": \"[^\"]*\", *\\R? *", "");
      }
    }
    byte[] document =
        Documents.document(Documents.tree(EVENT))
            .toString()
            .replaceFirst(
                "\"eventList\":\\[.*]",
                java.util.regex.Matcher.quoteReplacement(
                    "\"eventList\":[" + json + ", " + members + "}]"))
            .getBytes(UTF_8);
    assertThat(Documents.refused(Documents.READER.readDocument(document)))
        .as(new String(document, UTF_8))
        .extracting(Violation::code)
        .contains(code);
  }
}
