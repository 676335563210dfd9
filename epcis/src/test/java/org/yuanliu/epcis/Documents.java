package org.yuanliu.epcis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Documents of the tests' own, small and right, to be spoilt or varied by each test. */
final class Documents {
  /** Keeps the digits of decimals, so that a test sends what its text says. */
  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  static final DocumentReader READER = new DocumentReader(Limits.DEFAULT);

  /** Sale of a half carcass by weight at a market. */
  static final String OBJECT_EVENT =
      """
      {
        "type": "ObjectEvent",
        "eventTime": "2026-11-20T05:31:07.25+08:00",
        "eventTimeZoneOffset": "+08:00",
        "epcList": ["urn:epc:id:sgtin:4012345.011111.9876", "urn:epc:id:sgtin:4012345.011111.2"],
        "quantityList": [
          {"epcClass": "urn:epc:class:lgtin:4012345.012345.998877", "quantity": 42.50, "uom": "KGM"},
          {"epcClass": "urn:yuanliu:batch:1234567890123456", "quantity": 7}
        ],
        "action": "ADD",
        "bizStep": "shipping",
        "disposition": "in_transit",
        "persistentDisposition": {"set": ["completeness_verified"], "unset": ["recalled"]},
        "readPoint": {"id": "urn:epc:id:sgln:4012345.00011.987", "yl:gate": "3"},
        "bizLocation": {"id": "https://id.gs1.org/414/4012345000115"},
        "bizTransactionList": [
          {"type": "po", "bizTransaction": "http://transaction.acme.com/po/1"},
          {"type": "yl:BTT-trade_voucher", "bizTransaction": "urn:yuanliu:trace:12345678901234567890"}
        ],
        "sourceList": [{"type": "owning_party", "source": "urn:epc:id:pgln:4012345.00225"}],
        "destinationList": [{"type": "owning_party", "destination": "urn:epc:id:pgln:0614141.00777"}],
        "sensorElementList": [{
          "sensorMetadata": {"time": "2026-11-20T05:00:00+08:00", "yl:probe": "a"},
          "sensorReport": [
            {"type": "Temperature", "value": 3.10, "uom": "CEL", "time": "2026-11-19T21:00:00Z"},
            {"type": "RelativeHumidity", "value": 80, "uom": "A93", "component": "x"}
          ],
          "yl:seal": "intact"
        }],
        "ilmd": {"cbvmda:lotNumber": "007", "yl:weight": {"yl:hot": 1.0, "yl:cold": ["2", "1"]}},
        "yl:product": "21113011",
        "yl:testResult": {"yl:item": "β-受体激动剂", "yl:value": 0.10, "yl:conclusion": "pass"}
      }
      """;

  static final String AGGREGATION_EVENT =
      """
      {
        "type": "AggregationEvent", "eventTime": "2026-11-20T01:00:00Z",
        "eventTimeZoneOffset": "+08:00", "action": "ADD", "bizStep": "packing",
        "parentID": "urn:epc:id:sscc:4012345.0000000333",
        "childEPCs": ["urn:epc:id:sgtin:4012345.011111.1"],
        "childQuantityList": [{"epcClass": "urn:epc:class:lgtin:4012345.012345.A", "quantity": 10}]
      }
      """;

  static final String TRANSACTION_EVENT =
      """
      {
        "type": "TransactionEvent", "eventTime": "2026-11-20T01:00:00Z",
        "eventTimeZoneOffset": "+08:00", "action": "OBSERVE",
        "bizTransactionList": [{"bizTransaction": "urn:epcglobal:cbv:bt:4012345000009:1"}],
        "epcList": ["urn:epc:id:sgtin:4012345.011111.1"]
      }
      """;

  static final String TRANSFORMATION_EVENT =
      """
      {
        "type": "TransformationEvent", "eventTime": "2026-11-20T01:00:00Z",
        "eventTimeZoneOffset": "+08:00",
        "inputEPCList": ["urn:epc:id:sgtin:4012345.011111.1"],
        "inputQuantityList": [{"epcClass": "urn:epc:class:lgtin:4012345.012345.A", "quantity": 10}],
        "outputEPCList": ["urn:epc:id:sgtin:4012345.077889.25"],
        "outputQuantityList": [
          {"epcClass": "urn:epc:class:lgtin:4012345.012345.B", "quantity": 9.5, "uom": "KGM"}],
        "transformationID": "urn:epc:id:gdti:0614141.12345.400",
        "bizStep": "https://yuanliu.org/ns/BizStep-slaughtering"
      }
      """;

  static final String ASSOCIATION_EVENT =
      """
      {
        "type": "AssociationEvent", "eventTime": "2026-11-20T01:00:00Z",
        "eventTimeZoneOffset": "+08:00", "action": "ADD",
        "parentID": "urn:epc:id:grai:4012345.55555.987",
        "childEPCs": ["urn:epc:id:giai:4000001.12345"]
      }
      """;

  static final List<String> ALL_EVENTS =
      List.of(
          OBJECT_EVENT,
          AGGREGATION_EVENT,
          TRANSACTION_EVENT,
          TRANSFORMATION_EVENT,
          ASSOCIATION_EVENT);

  private Documents() {}

  static ObjectNode tree(String json) {
    return (ObjectNode) MAPPER.readTree(json);
  }

  static byte[] utf8(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }

  /** A document of these events, with our prefix declared. */
  static ObjectNode document(ObjectNode... events) {
    ObjectNode document =
        tree(
            """
            {
              "@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
                           {"yl": "https://yuanliu.org/ns/"}],
              "type": "EPCISDocument", "schemaVersion": "2.0",
              "creationDate": "2026-11-20T06:00:00+08:00",
              "epcisBody": {"eventList": []}
            }
            """);
    ArrayNode list = (ArrayNode) document.get("epcisBody").get("eventList");
    for (ObjectNode event : events) {
      list.add(event);
    }
    return document;
  }

  static ReadResult read(ObjectNode document) {
    return READER.readDocument(utf8(document.toString()));
  }

  static List<EpcisEvent> events(ObjectNode document) {
    ReadResult result = read(document);
    assertThat(result).isInstanceOf(ReadResult.Accepted.class);
    return ((ReadResult.Accepted) result).events();
  }

  /** The one event, read inside a document. */
  static EpcisEvent event(String json) {
    return event(tree(json));
  }

  static EpcisEvent event(ObjectNode event) {
    return events(document(event)).getFirst();
  }

  static List<Violation> refused(ReadResult result) {
    assertThat(result).isInstanceOf(ReadResult.Refused.class);
    return ((ReadResult.Refused) result).violations();
  }
}
