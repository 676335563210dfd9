package org.yuanliu.epcis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rules of the event hash, one after the other, from JSON and from XML of both versions. The
 * numbers are those of CBV 2.0 §8.9 as the published algorithm has them.
 */
class HashAlgorithmTest {
  private static final String HEAD =
      "eventType=ObjectEventeventTime=2026-11-19T21:31:07.250ZeventTimeZoneOffset=+08:00";

  private static String event(String members) {
    return """
    {"type": "ObjectEvent", "eventTime": "2026-11-20T05:31:07.25+08:00",
     "eventTimeZoneOffset": "+08:00", "action": "OBSERVE", MEMBERS}\
    """
        .replace("MEMBERS", members);
  }

  /** The string before hashing, after it was seen to be the same in every syntax. */
  private static String preHash(String json, CbvVersion version) {
    ReadResult result = Documents.read(Documents.document(Documents.tree(json)));
    assertThat(result).as(result.toString()).isInstanceOf(ReadResult.Accepted.class);
    ReadResult.Accepted accepted = (ReadResult.Accepted) result;
    String text = EventHash.preHash(accepted.events().getFirst(), version);
    for (Syntax syntax : Syntax.values()) {
      for (CbvForm form : CbvForm.values()) {
        byte[] written = ConversionTest.write(accepted, syntax, form);
        ReadResult.Accepted back =
            (ReadResult.Accepted)
                Documents.READER.readAny(written, DocumentFormat.ofContent(written));
        assertThat(EventHash.preHash(back.events().getFirst(), version))
            .as(() -> new String(written, UTF_8))
            .isEqualTo(text);
      }
    }
    return text;
  }

  private static String preHash(String json) {
    String text = preHash(json, CbvVersion.CBV_2_1);
    assertThat(preHash(json, CbvVersion.CBV_2_0)).isEqualTo(text);
    return text;
  }

  private static List<String> keys(String text) {
    List<String> found = new ArrayList<>();
    for (MatchResult match :
        Pattern.compile(
                "(eventType|eventTimeZoneOffset|eventTime|certificationInfo|epcList|parentID"
                    + "|inputEPCList|childEPCs|quantityList|childQuantityList|inputQuantityList"
                    + "|outputEPCList|outputQuantityList|(?<!Trans)action(?==)|transformationID|bizStep"
                    + "|disposition|persistentDisposition|readPoint|bizLocation"
                    + "|bizTransactionList|destinationList|sourceList|sensorElementList|ilmd"
                    + "|\\{urn:x:top:}z)")
            .matcher(text)
            .results()
            .toList()) {
      found.add(match.group());
    }
    return found;
  }

  @Test
  void rule1TheOrderOfFieldsIsTheCanonicalOne() {
    // Sent from the last to the first.
    String object =
        """
        {"@context": {"top": "urn:x:top:"}, "top:z": "1", "ilmd": {"yl:i": "1"},
         "sensorElementList": [{"sensorReport": [{"type": "Temperature", "value": 1}]}],
         "destinationList": [{"destination": "urn:a:d", "type": "location"}],
         "sourceList": [{"source": "urn:a:s", "type": "location"}],
         "bizTransactionList": [{"bizTransaction": "urn:a:t"}], "bizLocation": {"id": "urn:a:l"},
         "readPoint": {"id": "urn:a:r"}, "persistentDisposition": {"unset": ["recalled"],
         "set": ["stolen"]}, "disposition": "active", "bizStep": "packing", "action": "ADD",
         "quantityList": [{"epcClass": "urn:a:q"}], "epcList": ["urn:a:e"],
         "certificationInfo": "urn:a:c", "eventTimeZoneOffset": "+08:00",
         "eventTime": "2026-11-20T05:31:07Z", "type": "ObjectEvent"}\
        """;
    assertThat(keys(preHash(object, CbvVersion.CBV_2_1)))
        .containsExactly(
            "eventType",
            "eventTime",
            "eventTimeZoneOffset",
            "certificationInfo",
            "epcList",
            "quantityList",
            "action",
            "bizStep",
            "disposition",
            "persistentDisposition",
            "readPoint",
            "bizLocation",
            "bizTransactionList",
            "destinationList",
            "sourceList",
            "sensorElementList",
            "ilmd",
            "{urn:x:top:}z");
    String transformation =
        """
        {"outputQuantityList": [{"epcClass": "urn:a:4"}], "outputEPCList": ["urn:a:3"],
         "inputQuantityList": [{"epcClass": "urn:a:2"}], "inputEPCList": ["urn:a:1"],
         "bizStep": "packing", "transformationID": "urn:a:t", "eventTimeZoneOffset": "+08:00",
         "eventTime": "2026-11-20T05:31:07Z", "type": "TransformationEvent"}\
        """;
    assertThat(keys(preHash(transformation)))
        .containsExactly(
            "eventType",
            "eventTime",
            "eventTimeZoneOffset",
            "inputEPCList",
            "inputQuantityList",
            "outputEPCList",
            "outputQuantityList",
            "transformationID",
            "bizStep");
    String aggregation =
        """
        {"childQuantityList": [{"epcClass": "urn:a:2"}], "childEPCs": ["urn:a:1"],
         "parentID": "urn:a:p", "action": "ADD", "eventTimeZoneOffset": "+08:00",
         "eventTime": "2026-11-20T05:31:07Z", "type": "AggregationEvent"}\
        """;
    for (String type : List.of("AggregationEvent", "AssociationEvent")) {
      assertThat(keys(preHash(aggregation.replace("AggregationEvent", type))))
          .containsExactly(
              "eventType",
              "eventTime",
              "eventTimeZoneOffset",
              "parentID",
              "childEPCs",
              "childQuantityList",
              "action");
    }
  }

  @Test
  void rules2And3ValuesFollowTheirKeysWithNothingBetween() {
    assertThat(preHash(event("\"epcList\": [\"urn:a:b\"], \"bizStep\": \"packing\"")))
        .isEqualTo(
            HEAD
                + "epcListepc=urn:a:baction=OBSERVEbizStep=https://ref.gs1.org/cbv/BizStep-packing");
  }

  @Test
  void rule4WhatIsAbsentOrEmptyIsNotAdded() {
    String bare = preHash(event("\"epcList\": []"));
    assertThat(bare).isEqualTo(HEAD + "action=OBSERVE");
    assertThat(preHash(event("\"epcList\": [], \"quantityList\": [], \"sensorElementList\": []")))
        .isEqualTo(bare);
  }

  @Test
  void rule5WhiteSpaceAroundValuesIsCutOff() {
    assertThat(
            preHash(event("\"epcList\": [], \"yl:a\": \" \\t b  c \\n\", \"yl:d\": \"\\u0020\"")))
        .endsWith("action=OBSERVE{https://yuanliu.org/ns/}a=b  c{https://yuanliu.org/ns/}d");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "1.0, 1",
    "1.00e0, 1",
    "10, 10",
    "1e1, 10",
    "100.10, 100.1",
    "0.3434000, 0.3434",
    "-1.50, -1.5",
    "0, 0",
    "0.0, 0",
    "-0.0, 0",
    "1E-3, 0.001",
    "12345678901234567890.50," + " 12345678901234567890.5"
  })
  void rules6And7QuantitiesHaveNoTrailingZerosNorQuotes(String sent, String hashed) {
    String quantity =
        event("\"quantityList\": [{\"epcClass\": \"urn:a:b\", \"quantity\": " + sent + "}]");
    assertThat(preHash(quantity))
        .contains("quantityElementepcClass=urn:a:bquantity=" + hashed + "action");
    String report =
        "\"epcList\": [], \"sensorElementList\": [{\"sensorReport\": [{\"type\": \"Temperature\","
            + " \"NAME\": "
            + sent
            + "}]}]";
    for (String name :
        List.of("value", "minValue", "maxValue", "meanValue", "sDev", "percRank", "percValue")) {
      assertThat(preHash(event(report.replace("NAME", name)), CbvVersion.CBV_2_1))
          .endsWith("Temperature" + name + "=" + hashed);
    }
    assertThat(preHash(event("\"epcList\": [], \"yl:n\": " + sent)))
        .endsWith("{https://yuanliu.org/ns/}n=" + hashed);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-20T05:31:07Z, 2026-11-20T05:31:07.000Z",
    "2026-11-20T05:31:07+00:00, 2026-11-20T05:31:07.000Z",
    "2026-11-20T05:31:07-00:00, 2026-11-20T05:31:07.000Z",
    "2026-11-20T05:31:07.1+08:00, 2026-11-19T21:31:07.100Z",
    "2026-01-01T00:00:00+14:00, 2025-12-31T10:00:00.000Z",
    "2026-12-31T23:00:00-05:30, 2027-01-01T04:30:00.000Z",
    "2023-01-18T11:04:03.1415Z, 2023-01-18T11:04:03.142Z",
    "2023-01-18T11:04:03.1414999Z, 2023-01-18T11:04:03.141Z",
    "2023-01-18T11:59:59.9995Z, 2023-01-18T12:00:00.000Z"
  })
  void rules8And9TimesAreOfUtcAndOfMilliseconds(String sent, String hashed) {
    String json =
        """
        {"type": "ObjectEvent", "eventTime": "T", "eventTimeZoneOffset": "+08:00",
         "action": "OBSERVE", "epcList": [],
         "sensorElementList": [{"sensorMetadata": {"time": "T", "startTime": "T", "endTime": "T"},
           "sensorReport": [{"type": "Temperature", "time": "T"}]}]}\
        """
            .replace("\"T\"", '"' + sent + '"');
    assertThat(preHash(json, CbvVersion.CBV_2_1))
        .startsWith("eventType=ObjectEventeventTime=" + hashed + "eventTimeZoneOffset")
        .contains("sensorMetadatatime=" + hashed + "startTime=" + hashed + "endTime=" + hashed)
        .endsWith("Temperaturetime=" + hashed);
  }

  @Test
  void rules10To12ListsAreSortedByBytesAndNamedOnce() {
    assertThat(
            preHash(
                event(
                    "\"epcList\": [\"urn:a:b\", \"urn:a:B\", \"urn:a:\\uD83D\\uDC37\","
                        + " \"urn:a:\\uFF21\", \"urn:a:9\"]")))
        .contains(
            "epcListepc=urn:a:9epc=urn:a:Bepc=urn:a:bepc=urn:a:\uFF21epc=urn:a:\uD83D\uDC37action");
    assertThat(
            preHash(
                event(
                    "\"quantityList\": [{\"epcClass\": \"urn:a:b\", \"quantity\": 9},"
                        + " {\"quantity\": 10, \"epcClass\": \"urn:a:b\"}, {\"epcClass\":"
                        + " \"urn:a:a\", \"uom\": \"KGM\", \"quantity\": 1}]")))
        .contains(
            "quantityListquantityElementepcClass=urn:a:aquantity=1uom=KGM"
                + "quantityElementepcClass=urn:a:bquantity=10"
                + "quantityElementepcClass=urn:a:bquantity=9action");
    assertThat(
            preHash(
                event(
                    "\"epcList\": [], \"persistentDisposition\": {\"set\": [\"stolen\","
                        + " \"recalled\"]}, \"certificationInfo\": [\"urn:a:2\", \"urn:a:1\"]")))
        .contains("certificationInfo=urn:a:1certificationInfo=urn:a:2action")
        .endsWith(
            "persistentDispositionset=https://ref.gs1.org/cbv/Disp-recalled"
                + "set=https://ref.gs1.org/cbv/Disp-stolen");
    assertThat(
            preHash(
                event(
                    "\"epcList\": [], \"sensorElementList\": [{\"sensorReport\": [{\"type\":"
                        + " \"Temperature\", \"value\": 2}, {\"value\": 1, \"type\":"
                        + " \"Temperature\"}]}, {\"sensorReport\": [{\"type\": \"Angle\"}]}]"),
                CbvVersion.CBV_2_1))
        .endsWith(
            "sensorElementListsensorElementsensorReporttype=https://gs1.org/voc/Angle"
                + "sensorElementsensorReporttype=https://gs1.org/voc/Temperaturevalue=1"
                + "sensorReporttype=https://gs1.org/voc/Temperaturevalue=2");
  }

  /** The published vectors have the type before the value, against the text of the rule. */
  @Test
  void rule13TheTypeStandsBesideItsValue() {
    assertThat(
            preHash(
                event(
                    "\"epcList\": [], \"bizTransactionList\": [{\"bizTransaction\": \"urn:a:1\","
                        + " \"type\": \"po\"}, {\"bizTransaction\": \"urn:a:0\"}],"
                        + " \"sourceList\": [{\"source\": \"urn:a:s\", \"type\": \"location\"}],"
                        + " \"destinationList\": [{\"type\": \"location\","
                        + " \"destination\": \"urn:a:d\"}]")))
        .endsWith(
            "bizTransactionListbizTransaction=urn:a:0"
                + "type=https://ref.gs1.org/cbv/BTT-pobizTransaction=urn:a:1"
                + "destinationListtype=https://ref.gs1.org/cbv/SDT-locationdestination=urn:a:d"
                + "sourceListtype=https://ref.gs1.org/cbv/SDT-locationsource=urn:a:s");
  }

  /** URNs of the CBV are for XML and for extensions: {@link CbvForm#URN} above. */
  @ParameterizedTest
  @CsvSource({"packing", "cbv:BizStep-packing", "https://ref.gs1.org/cbv/BizStep-packing"})
  void rules14To16VocabularyIsItsWebUri(String sent) {
    assertThat(preHash(event("\"epcList\": [], \"bizStep\": \"" + sent + '"')))
        .endsWith("bizStep=https://ref.gs1.org/cbv/BizStep-packing");
    assertThat(preHash(event("\"epcList\": [], \"yl:s\": \"urn:epcglobal:cbv:bizstep:packing\"")))
        .endsWith("{https://yuanliu.org/ns/}s=https://ref.gs1.org/cbv/BizStep-packing");
  }

  @Test
  void rule15CompactUrisAreExpandedWhereverUrisStand() {
    String json =
        """
        {"@context": {"ex": "https://ex.example/"}, "type": "ObjectEvent",
         "eventTime": "2026-11-20T05:31:07.25+08:00", "eventTimeZoneOffset": "+08:00",
         "action": "OBSERVE", "epcList": ["ex:e"], "bizStep": "ex:step", "disposition": "ex:disp",
         "readPoint": {"id": "ex:r"}, "bizLocation": {"id": "ex:l"},
         "bizTransactionList": [{"type": "ex:btt", "bizTransaction": "ex:t"}],
         "sensorElementList": [{"sensorMetadata": {"deviceID": "ex:dev"},
           "sensorReport": [{"type": "ex:mt", "component": "ex:c", "uriValue": "ex:u"}]}]}\
        """;
    assertThat(preHash(json, CbvVersion.CBV_2_1))
        .isEqualTo(
            HEAD
                + "epcListepc=https://ex.example/eaction=OBSERVEbizStep=https://ex.example/step"
                + "disposition=https://ex.example/dispreadPointid=https://ex.example/r"
                + "bizLocationid=https://ex.example/lbizTransactionList"
                + "type=https://ex.example/bttbizTransaction=https://ex.example/t"
                + "sensorElementListsensorElementsensorMetadatadeviceID=https://ex.example/dev"
                + "sensorReporttype=https://ex.example/mtcomponent=https://ex.example/c"
                + "uriValue=https://ex.example/u");
  }

  @ParameterizedTest
  @CsvSource({
    "urn:epc:id:sgtin:4012345.011111.98%22, https://id.gs1.org/01/04012345111118/21/98%22",
    "urn:epc:id:upui:1234567.098765.51qIgY)%3C%26Jp3*j7'SDB,"
        + " https://id.gs1.org/01/01234567987651/235/51qIgY%29%3C%26Jp3%2Aj7'SDB",
    "urn:epc:class:lgtin:4012345.012345.Lot987, https://id.gs1.org/01/04012345123456/10/Lot987",
    "urn:epc:idpat:sgtin:4012345.066666.*, https://id.gs1.org/01/04012345666663",
    "http://ex.example/a/b/01/04012345111118/22/V/10/L/21/S?11=261101#x,"
        + " https://id.gs1.org/01/04012345111118/21/S",
    "https://ex.example/gtin/9780345418913/ser/765tz?abc=211121,"
        + " https://id.gs1.org/01/09780345418913/21/765tz",
    "https://ex.example/414/4012345000054/254/122?x=1,"
        + " https://id.gs1.org/414/4012345000054/254/122"
  })
  void rules17And18Gs1KeysAreConstrainedCanonicalDigitalLinks(String sent, String hashed) {
    assertThat(preHash(event("\"epcList\": [\"" + sent + "\"]")))
        .contains("epcListepc=" + hashed + "action");
    assertThat(preHash(event("\"epcList\": [], \"yl:u\": \"" + sent + '"')))
        .endsWith("{https://yuanliu.org/ns/}u=" + hashed);
  }

  @Test
  void rules19And20IlmdAndExtensionsHaveNamespacesAndAreSorted() {
    String json =
        event(
                "\"epcList\": [], \"ilmd\": {\"yl:b\": \"2\", \"yl:a\": {\"yl:d\": \"4\","
                    + " \"yl:c\": \"3\"}}, \"yl:z\": [\"2\", \"1\"], \"yl:m\": {\"@attributes\":"
                    + " {\"yl:u\": \"kg\"}, \"@value\": \"7.0\"}, \"yl:n\": {\"yl:l\": [{\"yl:k\":"
                    + " \"b\"}, {\"yl:k\": \"a\"}]}")
            .replace("OBSERVE", "ADD");
    assertThat(preHash(json).replace("{https://yuanliu.org/ns/}", "#"))
        .endsWith("action=ADDilmd#a#c=3#d=4#b=2#m=7#u=kg#n#l#k=a#l#k=b#z=1#z=2");
  }

  /** Where extensions of inner fields stand is what the two profiles differ in. */
  @Test
  void rule21ExtensionsOfInnerFieldsFollowTheirFieldsIn21AndTheEventIn20() {
    String json =
        event(
            "\"epcList\": [], \"readPoint\": {\"yl:r\": \"1\", \"id\": \"urn:a:r\"},"
                + " \"bizLocation\": {\"id\": \"urn:a:l\", \"yl:l\": \"2\"},"
                + " \"sensorElementList\": [{\"yl:e\": \"3\", \"sensorMetadata\": {\"yl:m\": \"4\","
                + " \"bizRules\": \"urn:a:b\"}, \"sensorReport\": [{\"yl:s\": \"5\", \"type\":"
                + " \"Angle\"}]}], \"yl:t\": \"6\"");
    assertThat(preHash(json, CbvVersion.CBV_2_1).replace("{https://yuanliu.org/ns/}", "#"))
        .endsWith(
            "readPointid=urn:a:r#r=1bizLocationid=urn:a:l#l=2sensorElementListsensorElement"
                + "sensorMetadatabizRules=urn:a:b#m=4sensorReporttype=https://gs1.org/voc/Angle"
                + "#s=5#e=3#t=6");
    assertThat(preHash(json, CbvVersion.CBV_2_0).replace("{https://yuanliu.org/ns/}", "#"))
        .endsWith(
            "readPointid=urn:a:rbizLocationid=urn:a:lsensorElementsensorMetadatabizRules=urn:a:b"
                + "sensorReporttype=https://gs1.org/voc/AnglebizLocation#l=2readPoint#r=1"
                + "sensorElementsensorMetadata#m=4sensorReport#s=5#e=3#t=6");
  }

  @ParameterizedTest
  @EnumSource
  void rules22To24TheIdIsAnNiUriOfTheDigestAndTheVersion(CbvVersion version) throws Exception {
    String json = event("\"epcList\": [\"urn:a:b\"]");
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(preHash(json, version).getBytes(UTF_8));
    EpcisEvent event = Documents.event(json);
    assertThat(EventHash.of(event, version))
        .isEqualTo("ni:///sha-256;" + HexFormat.of().formatHex(digest) + "?ver=" + version.label());
    assertThat(version.label()).matches("CBV[0-9]+\\.[0-9]+");
  }

  @Test
  void whatTheServerOrALaterWordAddsIsNoPartOfTheEvent() {
    String plain = preHash(event("\"epcList\": [\"urn:a:b\"]"));
    assertThat(
            preHash(
                event(
                    "\"epcList\": [\"urn:a:b\"], \"recordTime\": \"2026-11-20T06:00:00Z\","
                        + " \"eventID\": \"urn:uuid:1\", \"errorDeclaration\":"
                        + " {\"declarationTime\": \"2026-11-21T00:00:00Z\", \"yl:by\": \"x\"},"
                        + " \"rdfs:comment\": \"said in passing\"")))
        .isEqualTo(plain);
  }

  @Test
  void fieldsToIgnoreAreNamedByADocumentOrByItsResults() {
    ObjectNode event = Documents.tree(event("\"epcList\": [], \"yl:a\": 1, \"yl:b\": 2"));
    ObjectNode document = Documents.document(event);
    ObjectNode query = document.deepCopy();
    document.putArray("yl:ignoreFields").add("yl:a");
    ReadResult.Accepted accepted = (ReadResult.Accepted) Documents.read(document);
    String ns = YlVocabulary.NAMESPACE;
    assertThat(accepted.header().ignoredFields()).containsExactly(ns + "a");
    assertThat(
            EventHash.preHash(
                accepted.events().getFirst(),
                CbvVersion.CBV_2_0,
                accepted.header().ignoredFields()))
        .endsWith("action=OBSERVE{" + ns + "}b=2");
    query.put("type", "EPCISQueryDocument");
    ObjectNode body = query.putObject("epcisBody");
    ObjectNode results = body.putObject("queryResults").put("queryName", "SimpleEventQuery");
    results.putArray("yl:ignoreFields").add("yl:b").add(ns + "a");
    results.putObject("resultsBody").putArray("eventList").add(event);
    ReadResult.Accepted answer =
        (ReadResult.Accepted)
            Documents.READER.readAny(query.toString().getBytes(UTF_8), DocumentFormat.JSON);
    assertThat(answer.header().ignoredFields()).containsExactlyInAnyOrder(ns + "a", ns + "b");
  }
}
