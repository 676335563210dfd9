package org.yuanliu.platform.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.yuanliu.platform.capture.TestEvents.document;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.yuanliu.platform.capture.CaptureServer;
import tools.jackson.databind.JsonNode;

/**
 * Every parameter of SimpleEventQuery, row by row: with a value that finds exactly the events it
 * should, with one that finds none, by query string and by body.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryParameterTest extends CaptureServer {
  /** Parameter; values that find; which events: o, a, t, p; values that find nothing. */
  private static final String ROWS =
      """
      eventType; AggregationEvent; a; AssociationEvent
      eventType; TransformationEvent|AggregationEvent; at; urn:x:extended
      GE_eventTime; 2026-03-01T02:00:00Z; tp; 2026-03-02T00:00:00Z
      LT_eventTime; 2026-03-01T02:00:00Z; oa; 2026-03-01T00:00:00Z
      GE_recordTime; 2020-01-01T00:00:00Z; oatp; 2120-01-01T00:00:00Z
      LT_recordTime; 2120-01-01T00:00:00Z; oatp; 2020-01-01T00:00:00Z
      EQ_action; DELETE; a; -
      EQ_bizStep; commissioning; o; picking
      EQ_bizStep; https://ref.gs1.org/cbv/BizStep-commissioning|packing; oa; urn:epcglobal:cbv:bizstep:picking
      EQ_disposition; active; o; recalled
      EQ_persistentDisposition_set; completeness_verified; o; recalled
      EQ_persistentDisposition_unset; completeness_inferred; o; completeness_verified
      EQ_readPoint; urn:x:dock; o; urn:x:shop
      WD_readPoint; urn:x:site; o; urn:x:shop
      EQ_bizLocation; urn:x:shop; o; urn:x:dock
      WD_bizLocation; urn:x:site; o; urn:x:dock
      EQ_bizTransaction_po; urn:x:po1; o; urn:x:inv1
      EQ_bizTransaction_inv; urn:x:inv1; o; urn:x:po1
      EQ_bizTransaction_; urn:x:untyped; o; urn:x:po1
      EQ_source_possessing_party; urn:x:seller; o; urn:x:buyer
      EQ_destination_owning_party; urn:x:buyer; o; urn:x:seller
      EQ_transformationID; urn:x:trf; t; urn:x:other
      MATCH_epc; urn:epc:id:sgtin:0614141.107346.1; o; urn:epc:id:sgtin:0614141.107346.2
      MATCH_epc; urn:epc:idpat:sgtin:0614141.107346.*; oap; urn:epc:idpat:sgtin:0614141.107349.*
      MATCH_parentID; urn:epc:id:sscc:0614141.1234567890; a; urn:epc:id:sgtin:0614141.107346.1
      MATCH_inputEPC; urn:epc:id:sgtin:0614141.107346.5; t; urn:epc:id:sgtin:0614141.107346.6
      MATCH_outputEPC; urn:epc:id:sgtin:0614141.107346.6; t; urn:epc:id:sgtin:0614141.107346.5
      MATCH_anyEPC; urn:epc:id:sscc:0614141.1234567890|urn:epc:id:sgtin:0614141.107346.6; at; urn:epc:id:sgtin:0614141.107346.99
      MATCH_epcClass; urn:epc:class:lgtin:0614141.107346.L1; o; urn:epc:class:lgtin:0614141.107346.L2
      MATCH_epcClass; urn:epc:idpat:lgtin:0614141.107346.*; o; urn:epc:idpat:lgtin:0614141.107349.*
      MATCH_inputEPCClass; urn:epc:class:lgtin:0614141.107346.L2; t; urn:epc:class:lgtin:0614141.107346.L3
      MATCH_outputEPCClass; urn:epc:class:lgtin:0614141.107346.L3; t; urn:epc:class:lgtin:0614141.107346.L2
      MATCH_anyEPCClass; urn:epc:class:lgtin:0614141.107346.L1|urn:epc:class:lgtin:0614141.107346.L3; ot; urn:epc:class:lgtin:0614141.107346.L9
      EQ_quantity; 2.50; o; 3
      GT_quantity; 2.4; ot; 700
      GE_quantity; 700; t; 701
      LT_quantity; 2.6; o; 2.5
      LE_quantity; 2.5; o; 2.4
      EQ_quantity_GRM; 2500; o; 2501
      GT_quantity_KGM; 1; o; 2.5
      GE_quantity_KGM; 2.5; o; 2.51
      LT_quantity_KGM; 0.71; t; 0.7
      LE_quantity_KGM; 0.7; t; 0.69
      EQ_eventID; {o}; o; urn:uuid:00000000-0000-4000-8000-000000000000
      EXISTS_errorDeclaration; ; o; -
      GE_errorDeclarationTime; 2026-03-03T00:00:00Z; o; 2026-03-03T00:00:01Z
      LT_errorDeclarationTime; 2026-03-03T00:00:01Z; o; 2026-03-03T00:00:00Z
      GE_errorDeclaration_Time; 2026-03-03T00:00:00Z; o; 2026-03-03T00:00:01Z
      LT_errorDeclaration_Time; 2026-03-03T00:00:01Z; o; 2026-03-03T00:00:00Z
      EQ_errorReason; incorrect_data; o; did_not_occur
      EQ_correctiveEventID; urn:x:corrective; o; urn:x:other
      EQ_ex:size; 7; o; 8
      GT_ex:size; 6; o; 7
      GE_ex:size; 7; o; 8
      LT_ex:size; 7.5; o; 7
      LE_ex:size; 7; o; 6
      EQ_ex:color; red|blue; o; green
      GE_ex:made; 2026-02-01T00:00:00+08:00; o; 2026-02-01T00:00:01+08:00
      EXISTS_ex:size; ; o; -
      EQ_INNER_ex:deep; 3; o; 4
      GT_INNER_ex:deep; 2; o; 3
      GE_INNER_ex:deep; 3; o; 4
      LT_INNER_ex:deep; 4; o; 3
      LE_INNER_ex:deep; 3; o; 2
      EXISTS_INNER_ex:deep; ; o; -
      EQ_ILMD_ex:grade; 5; o; 6
      GT_ILMD_ex:grade; 4; o; 5
      GE_ILMD_ex:grade; 5; o; 6
      LT_ILMD_ex:grade; 6; o; 5
      LE_ILMD_ex:grade; 5; o; 4
      EXISTS_ILMD_ex:grade; ; o; -
      EQ_INNER_ILMD_ex:inside; 8; o; 9
      GT_INNER_ILMD_ex:inside; 7; o; 8
      GE_INNER_ILMD_ex:inside; 8; o; 9
      LT_INNER_ILMD_ex:inside; 9; o; 8
      LE_INNER_ILMD_ex:inside; 8; o; 7
      EXISTS_INNER_ILMD_ex:inside; ; o; -
      EQ_ERROR_DECLARATION_ex:why; 1; o; 2
      GT_ERROR_DECLARATION_ex:why; 0; o; 1
      GE_ERROR_DECLARATION_ex:why; 1; o; 2
      LT_ERROR_DECLARATION_ex:why; 2; o; 1
      LE_ERROR_DECLARATION_ex:why; 1; o; 0
      EXISTS_ERROR_DECLARATION_ex:why; ; o; -
      EQ_INNER_ERROR_DECLARATION_ex:who; 2; o; 3
      GT_INNER_ERROR_DECLARATION_ex:who; 1; o; 2
      GE_INNER_ERROR_DECLARATION_ex:who; 2; o; 3
      LT_INNER_ERROR_DECLARATION_ex:who; 3; o; 2
      LE_INNER_ERROR_DECLARATION_ex:who; 2; o; 1
      EXISTS_INNER_ERROR_DECLARATION_ex:who; ; o; -
      EQ_readPoint_ex:gate; 4; o; 5
      EQ_INNER_readPoint_ex:lane; 5; o; 6
      EQ_bizLocation_ex:shelf; 6; o; 7
      EQ_INNER_bizLocation_ex:row; 7; o; 8
      EQ_SENSORELEMENT_ex:se; 11; o; 12
      GT_SENSORELEMENT_ex:se; 10; o; 11
      GE_SENSORELEMENT_ex:se; 11; o; 12
      LT_SENSORELEMENT_ex:se; 12; o; 11
      LE_SENSORELEMENT_ex:se; 11; o; 10
      EXISTS_SENSORELEMENT_ex:se; ; o; -
      EQ_SENSORMETADATA_ex:sm; 12; o; 13
      GT_SENSORMETADATA_ex:sm; 11; o; 12
      GE_SENSORMETADATA_ex:sm; 12; o; 13
      LT_SENSORMETADATA_ex:sm; 13; o; 12
      LE_SENSORMETADATA_ex:sm; 12; o; 11
      EXISTS_SENSORMETADATA_ex:sm; ; o; -
      EQ_SENSORREPORT_ex:sr; 13; o; 14
      GT_SENSORREPORT_ex:sr; 12; o; 13
      GE_SENSORREPORT_ex:sr; 13; o; 14
      LT_SENSORREPORT_ex:sr; 14; o; 13
      LE_SENSORREPORT_ex:sr; 13; o; 12
      EXISTS_SENSORREPORT_ex:sr; ; o; -
      EQ_INNER_SENSORELEMENT_ex:in; 21; o; 22
      GT_INNER_SENSORELEMENT_ex:in; 20; o; 21
      GE_INNER_SENSORELEMENT_ex:in; 21; o; 22
      LT_INNER_SENSORELEMENT_ex:in; 22; o; 21
      LE_INNER_SENSORELEMENT_ex:in; 21; o; 20
      EQ_INNER_SENSORMETADATA_ex:in; 22; o; 23
      GT_INNER_SENSORMETADATA_ex:in; 21; o; 22
      GE_INNER_SENSORMETADATA_ex:in; 22; o; 23
      LT_INNER_SENSORMETADATA_ex:in; 23; o; 22
      LE_INNER_SENSORMETADATA_ex:in; 22; o; 21
      EQ_INNER_SENSORREPORT_ex:in; 23; o; 24
      GT_INNER_SENSORREPORT_ex:in; 22; o; 23
      GE_INNER_SENSORREPORT_ex:in; 23; o; 24
      LT_INNER_SENSORREPORT_ex:in; 24; o; 23
      LE_INNER_SENSORREPORT_ex:in; 23; o; 22
      HASATTR_bizLocation; https://example.com/ns/city; o; https://example.com/ns/none
      HASATTR_ex:ref; https://example.com/ns/city; o; https://example.com/ns/none
      EQATTR_bizLocation_ex:city; Xi'an; o; Baoji
      EQ_ATTR_bizLocation_ex:city; Xi'an|Baoji; o; Baoji
      EQ_ATTR_bizLocation_name; Shop 7; o; Shop 8
      EXISTS_sensorElementList; ; o; -
      GE_time; 2026-03-01T01:00:00Z; o; 2026-03-01T01:00:01Z
      LT_time; 2026-03-01T01:00:01Z; o; 2026-03-01T01:00:00Z
      GE_startTime; 2026-03-01T00:10:00Z; o; 2026-03-01T00:10:01Z
      LT_startTime; 2026-03-01T00:10:01Z; o; 2026-03-01T00:10:00Z
      GE_endTime; 2026-03-01T00:50:00Z; o; 2026-03-01T00:50:01Z
      LT_endTime; 2026-03-01T00:50:01Z; o; 2026-03-01T00:50:00Z
      EQ_type; Temperature; o; Humidity
      EQ_deviceID; urn:x:device; o; urn:x:other
      EQ_dataProcessingMethod; urn:x:method; o; urn:x:other
      EQ_bizRules; urn:x:rules; o; urn:x:other
      EQ_microorganism; https://www.ncbi.nlm.nih.gov/taxonomy/1126011; o; urn:x:other
      EQ_chemicalSubstance; https://identifiers.org/inchikey:CZMRCDWAGMRECN-UGDNZRGBSA-N; o; urn:x:other
      EQ_stringValue; ok; o; bad
      EQ_booleanValue; true; o; false
      EQ_hexBinaryValue; f0f0; o; F0F1
      EQ_uriValue; urn:x:uri; o; urn:x:other
      EQ_value_FAH; 78.8; o; 26
      GT_value_CEL; 25; o; 26
      GE_value_CEL; 26; o; 26.1
      LT_value_CEL; 26.1; o; 26
      LE_value_CEL; 26; o; 25
      GT_minValue_CEL; 11; o; 12
      GE_minValue_CEL; 12; o; 13
      LT_minValue_CEL; 13; o; 12
      LE_minValue_CEL; 12; o; 11
      EQ_minValue_CEL; 12; o; 13
      GT_maxValue_CEL; 29; o; 30
      GE_maxValue_CEL; 30; o; 31
      LT_maxValue_CEL; 31; o; 30
      LE_maxValue_CEL; 30; o; 29
      EQ_maxValue_CEL; 30; o; 29
      GT_meanValue_CEL; 21; o; 22
      GE_meanValue_CEL; 22; o; 23
      LT_meanValue_CEL; 23; o; 22
      LE_meanValue_CEL; 22; o; 21
      EQ_meanValue_CEL; 22; o; 21
      GT_sDev_CEL; 0; o; 1
      GE_sDev_CEL; 1; o; 2
      LT_sDev_FAH; 1.9; o; 1.8
      LE_sDev_CEL; 1; o; 0
      EQ_sDev_KEL; 1; o; 274.15
      GT_percValue_CEL; 14; o; 15
      GE_percValue_CEL; 15; o; 16
      LT_percValue_CEL; 16; o; 15
      LE_percValue_CEL; 15; o; 14
      EQ_percValue_CEL; 15; o; 14
      GT_percRank; 49; o; 50
      GE_percRank; 50; o; 51
      LT_percRank; 51; o; 50
      LE_percRank; 50; o; 49
      EQ_percRank; 50; o; 51
      orderBy; eventTime; oatp; -
      orderDirection; ASC; oatp; -
      eventCountLimit; 2; pt; -
      maxEventCount; 4; oatp; -
      perPage; 10; oatp; -
      """;

  private final Map<String, String> labels = new TreeMap<>();
  private final Map<String, String> idOf = new TreeMap<>();
  private String key = "";

  private record Row(String name, String good, String found, String bad) {}

  private static List<Row> rows() {
    return ROWS.lines()
        .map(line -> line.split(";", -1))
        .map(part -> new Row(part[0].strip(), part[1].strip(), part[2].strip(), part[3].strip()))
        .toList();
  }

  @BeforeAll
  void capture() {
    String party = someParty();
    key = key(party);
    for (String label : List.of("o", "a", "t", "p")) {
      String id = "urn:uuid:" + UUID.randomUUID();
      labels.put(id, label);
      idOf.put(label, id);
    }
    JsonNode job =
        capture(
            key,
            document(
                    OBJECT.formatted(idOf.get("o"), party),
                    AGGREGATION.formatted(idOf.get("a")),
                    TRANSFORMATION.formatted(idOf.get("t")),
                    PLAIN.formatted(idOf.get("p")))
                .replace("\"epcisBody\"", MASTER_DATA + "\"epcisBody\""));
    assertThat(job.get("success").booleanValue()).as(job.toString()).isTrue();
  }

  @Test
  void byQueryString() {
    for (Row row : rows()) {
      assertThat(asked(row, row.good)).as(row.toString()).isEqualTo(sorted(row.found));
      if (!row.bad.equals("-")) {
        assertThat(asked(row, row.bad)).as(row + " with " + row.bad).isEmpty();
      }
    }
  }

  @Test
  void byBody() {
    for (Row row : rows()) {
      if (row.name.equals("perPage")) {
        continue; // of the address, not of the query
      }
      assertThat(posed(row, row.good)).as(row.toString()).isEqualTo(sorted(row.found));
      if (!row.bad.equals("-")) {
        assertThat(posed(row, row.bad)).as(row + " with " + row.bad).isEmpty();
      }
    }
  }

  /** Names and patterns of query-schema.json and names of openapi.yaml: none lacks a row. */
  @Test
  void noParameterOfTheStandardLacksARow() throws IOException {
    Path folder = folder();
    JsonNode schema =
        JSON.readTree(Files.readString(folder.resolve("query-schema.json")))
            .at("/definitions/EPCIS-Query");
    List<String> names = rows().stream().map(Row::name).toList();
    for (String name : schema.get("properties").propertyNames()) {
      assertThat(name.equals("@context") || names.contains(name)).as(name).isTrue();
    }
    for (String pattern : schema.get("patternProperties").propertyNames()) {
      Pattern wanted = Pattern.compile(pattern.replace("\\\\", "\\"));
      assertThat(names).as(pattern).anyMatch(name -> wanted.matcher(name).find());
    }
    String api = Files.readString(folder.resolve("openapi.yaml"));
    var declared = Pattern.compile("name: ((?:EQ|GE|GT|LE|LT|WD|MATCH|EXISTS)_\\S+)").matcher(api);
    List<String> all = new ArrayList<>();
    while (declared.find()) {
      all.add(declared.group(1));
    }
    assertThat(all).hasSizeGreaterThan(40);
    assertThat(names).containsAll(all);
  }

  private static TreeSet<String> sorted(String labels) {
    return new TreeSet<>(List.of(labels.split("", -1)).stream().filter(s -> !s.isEmpty()).toList());
  }

  private TreeSet<String> asked(Row row, String value) {
    String text = value.replace("{o}", idOf.get("o"));
    String more = needsOrder(row) ? "&orderBy=eventTime" : "";
    HttpResponse<String> answer =
        send(
            request("/epcis/events?" + row.name + "=" + encoded(text) + more, key)
                .header("GS1-Extensions", "ex=https://example.com/ns/")
                .GET());
    return found(row, answer);
  }

  /** The same by body: numbers as numbers, several values as an array. */
  private TreeSet<String> posed(Row row, String value) {
    Map<String, Object> query = new TreeMap<>();
    query.put("@context", Map.of("ex", "https://example.com/ns/"));
    if (needsOrder(row)) {
      query.put("orderBy", "eventTime");
    }
    String text = value.replace("{o}", idOf.get("o"));
    query.put(
        row.name,
        text.matches("[0-9]+(\\.[0-9]+)?")
            ? new java.math.BigDecimal(text)
            : text.contains("|") ? List.of(text.split("\\|", -1)) : text);
    String body = JSON.writeValueAsString(Map.of("name", "row", "query", query));
    HttpResponse<String> made = post("/epcis/queries", key, body);
    assertThat(made.statusCode()).as(body + made.body()).isEqualTo(201);
    TreeSet<String> found = found(row, get("/epcis/queries/row/events", key));
    send(request("/epcis/queries/row", key).DELETE());
    return found;
  }

  private static boolean needsOrder(Row row) {
    return row.name.equals("orderDirection") || row.name.equals("eventCountLimit");
  }

  private TreeSet<String> found(Row row, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(row + " " + answer.body()).isEqualTo(200);
    TreeSet<String> found = new TreeSet<>();
    for (JsonNode event : events(json(answer))) {
      found.add(labels.get(event.get("eventID").stringValue()));
    }
    return found;
  }

  private static Path folder() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path folder = at.resolveSibling("shared").resolve("epcis/gs1/schema");
      if (Files.isDirectory(folder)) {
        return folder;
      }
    }
    assumeThat(false).as("the reference data are not here").isTrue();
    throw new AssertionError();
  }

  private static final String MASTER_DATA =
      """
      "epcisHeader": {"epcisMasterData": {"vocabularyList": [
        {"type": "urn:epcglobal:epcis:vtype:BusinessLocation", "vocabularyElementList": [
          {"id": "urn:x:shop", "attributes": [
            {"id": "https://example.com/ns/city", "attribute": "Xi'an"},
            {"id": "cbvmda:name", "attribute": "Shop 7"}]},
          {"id": "urn:x:site", "children": ["urn:x:shop"]}]},
        {"type": "urn:epcglobal:epcis:vtype:ReadPoint", "vocabularyElementList": [
          {"id": "urn:x:site", "children": ["urn:x:dock"]}]}]}},
      """;

  private static final String OBJECT =
      """
      {"type": "ObjectEvent", "eventID": "%s", "action": "ADD", "bizStep": "commissioning",
       "disposition": "active", "eventTime": "2026-03-01T01:00:00Z", "eventTimeZoneOffset": "+00:00",
       "epcList": ["urn:epc:id:sgtin:0614141.107346.1"],
       "quantityList": [{"epcClass": "urn:epc:class:lgtin:0614141.107346.L1", "quantity": 2.5,
         "uom": "KGM"}],
       "persistentDisposition": {"set": ["completeness_verified"], "unset": ["completeness_inferred"]},
       "readPoint": {"id": "urn:x:dock", "ex:gate": 4, "ex:box": {"ex:lane": 5}},
       "bizLocation": {"id": "urn:x:shop", "ex:shelf": 6, "ex:box": {"ex:row": 7}},
       "bizTransactionList": [{"type": "po", "bizTransaction": "urn:x:po1"},
         {"type": "inv", "bizTransaction": "urn:x:inv1"}, {"bizTransaction": "urn:x:untyped"}],
       "sourceList": [{"type": "possessing_party", "source": "urn:x:seller"},
         {"type": "owning_party", "source": "%s"}],
       "destinationList": [{"type": "owning_party", "destination": "urn:x:buyer"}],
       "errorDeclaration": {"declarationTime": "2026-03-03T00:00:00Z", "reason": "incorrect_data",
         "correctiveEventIDs": ["urn:x:corrective"], "ex:why": 1, "ex:box": {"ex:who": 2}},
       "ilmd": {"ex:grade": 5, "ex:box": {"ex:inside": 8}},
       "ex:size": 7, "ex:color": "red", "ex:made": "2026-02-01T00:00:00+08:00",
       "ex:ref": "urn:x:shop", "ex:box": {"ex:deep": 3},
       "sensorElementList": [{
         "sensorMetadata": {"time": "2026-03-01T01:00:00Z", "startTime": "2026-03-01T00:10:00Z",
           "endTime": "2026-03-01T00:50:00Z", "deviceID": "urn:x:device",
           "dataProcessingMethod": "urn:x:method", "bizRules": "urn:x:rules", "ex:sm": 12,
           "ex:box": {"ex:in": 22}},
         "sensorReport": [
           {"type": "Temperature", "value": 26, "minValue": 12, "maxValue": 30, "meanValue": 22,
            "sDev": 1, "percRank": 50, "percValue": 15, "uom": "CEL", "ex:sr": 13,
            "ex:box": {"ex:in": 23}},
           {"type": "https://example.com/ns/state", "stringValue": "ok", "booleanValue": true,
            "hexBinaryValue": "F0F0", "uriValue": "urn:x:uri"},
           {"microorganism": "https://www.ncbi.nlm.nih.gov/taxonomy/1126011", "value": 0.05,
            "uom": "A93", "type": "MassConcentration"},
           {"chemicalSubstance": "https://identifiers.org/inchikey:CZMRCDWAGMRECN-UGDNZRGBSA-N",
            "value": 0.18, "uom": "C35", "type": "AmountOfSubstance"}],
         "ex:se": 11, "ex:box": {"ex:in": 21}}]}\
      """;

  private static final String AGGREGATION =
      """
      {"type": "AggregationEvent", "eventID": "%s", "action": "DELETE", "bizStep": "packing",
       "eventTime": "2026-03-01T01:30:00Z", "eventTimeZoneOffset": "+00:00",
       "parentID": "urn:epc:id:sscc:0614141.1234567890",
       "childEPCs": ["urn:epc:id:sgtin:0614141.107346.3"]}\
      """;

  private static final String TRANSFORMATION =
      """
      {"type": "TransformationEvent", "eventID": "%s",
       "eventTime": "2026-03-01T02:00:00Z", "eventTimeZoneOffset": "+00:00",
       "transformationID": "urn:x:trf",
       "inputEPCList": ["urn:epc:id:sgtin:0614141.107346.5"],
       "inputQuantityList": [{"epcClass": "urn:epc:class:lgtin:0614141.107346.L2",
         "quantity": 700, "uom": "GRM"}],
       "outputEPCList": ["urn:epc:id:sgtin:0614141.107346.6"],
       "outputQuantityList": [{"epcClass": "urn:epc:class:lgtin:0614141.107346.L3"}]}\
      """;

  private static final String PLAIN =
      """
      {"type": "ObjectEvent", "eventID": "%s", "action": "OBSERVE",
       "eventTime": "2026-03-01T03:00:00Z", "eventTimeZoneOffset": "+00:00",
       "epcList": ["urn:epc:id:sgtin:0614141.107346.4"]}\
      """;
}
