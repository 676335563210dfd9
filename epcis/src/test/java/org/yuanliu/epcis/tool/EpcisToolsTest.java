package org.yuanliu.epcis.tool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands as a user runs them. */
class EpcisToolsTest {
  private static final String EVENT =
      """
      {"type": "ObjectEvent", "eventTime": "2026-11-20T05:31:07.25+08:00",
       "eventTimeZoneOffset": "+08:00", "epcList": ["urn:epc:id:sgtin:4012345.011111.9876"],
       "action": "OBSERVE", "bizStep": "shipping", "yl:product": "21113011",
       "sensorElementList": [{"sensorReport": [{"type": "Temperature", "value": 3.10, "uom": "CEL"}]}]}\
      """;

  @TempDir Path folder;
  private Path document;
  private String out = "";
  private String err = "";

  @BeforeEach
  void write() throws IOException {
    document = folder.resolve("a.jsonld");
    Files.writeString(
        document,
        """
        {"@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
                      {"yl": "https://yuanliu.org/ns/"}],
         "type": "EPCISDocument", "schemaVersion": "2.0",
         "creationDate": "2026-11-20T06:00:00+08:00",
         "epcisBody": {"eventList": [%s, %s]}}\
        """
            .formatted(EVENT, EVENT.replace("9876", "9877")));
  }

  private int run(Object... args) {
    ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    int status =
        EpcisTools.run(
            new PrintStream(outBytes, true, UTF_8),
            new PrintStream(errBytes, true, UTF_8),
            List.of(args).stream().map(Object::toString).toArray(String[]::new));
    out = outBytes.toString(UTF_8);
    err = errBytes.toString(UTF_8);
    return status;
  }

  @Test
  void hashesAreLinesInDocumentOrderAndTheSameInEverySyntax() {
    assertThat(run("hash", document)).isZero();
    List<String> hashes = out.lines().toList();
    assertThat(hashes).hasSize(2).doesNotHaveDuplicates();
    assertThat(hashes).allMatch(line -> line.matches("ni:///sha-256;[0-9a-f]{64}\\?ver=CBV2\\.0"));
    for (String to : new String[] {"xml", "xml1.2", "json"}) {
      Path converted = folder.resolve("b." + to);
      assertThat(run("convert", document, converted, "--to", to)).isZero();
      assertThat(run("hash", converted)).isZero();
      assertThat(out.lines()).isEqualTo(hashes).isNotEmpty();
    }
    assertThat(run("hash", document, "--cbv", "2.1")).isZero();
    assertThat(out.lines()).allMatch(line -> line.endsWith("?ver=CBV2.1"));
    assertThat(out.lines().map(line -> line.substring(0, 60)))
        .doesNotContainAnyElementsOf(hashes.stream().map(line -> line.substring(0, 60)).toList());
    assertThat(run("hash", document, "--ignore", "https://yuanliu.org/ns/product")).isZero();
    assertThat(out.lines()).doesNotContainAnyElementsOf(hashes);
    assertThat(run("hash", document, "--cbv", "3")).isEqualTo(EpcisTools.UNUSABLE);
  }

  @Test
  void theSyntaxIsThatOfTheEnding() throws IOException {
    Path xml = folder.resolve("b.xml");
    assertThat(run("convert", document, xml)).isZero();
    assertThat(Files.readString(xml)).contains("urn:epcglobal:epcis:xsd:2", "cbv/BizStep-shipping");
    assertThat(run("convert", document, xml, "--cbv-form", "urn")).isZero();
    assertThat(Files.readString(xml)).contains("urn:epcglobal:cbv:bizstep:shipping");
    assertThat(run("convert", xml, "-", "--to", "xml1.2")).isZero();
    assertThat(out).contains("urn:epcglobal:epcis:xsd:1", "urn:epcglobal:cbv:bizstep:shipping");
    assertThat(run("convert", document, folder.resolve("b.txt"))).isEqualTo(EpcisTools.UNUSABLE);
    assertThat(run("convert", document, xml, "--to", "yaml")).isEqualTo(EpcisTools.UNUSABLE);
    assertThat(run("convert", folder.resolve("none.xml"), xml)).isEqualTo(EpcisTools.UNUSABLE);
    assertThat(err).contains("no such file");
  }

  @Test
  void oneEventAloneIsTaken() throws IOException {
    Path event = folder.resolve("event.json");
    Files.writeString(
        event, EVENT.replaceFirst("\\{", "{\"@context\": {\"yl\": \"https://yuanliu.org/ns/\"},"));
    run("hash", document);
    String expected = out.lines().findFirst().orElseThrow();
    assertThat(run("hash", event)).isZero();
    assertThat(out.strip()).isEqualTo(expected);
    assertThat(run("validate", event)).isZero();
    assertThat(run("convert", event, "-", "--to", "xml")).isZero();
    assertThat(out).contains("<EventList>").contains("21113011");
  }

  @Test
  void everyFaultIsTold() throws IOException {
    assertThat(run("validate", document)).isZero();
    assertThat(out).contains("2 events");
    Files.writeString(
        document,
        Files.readString(document)
            .replace("OBSERVE", "LOOK")
            .replace("\"shipping\"", "\"sailing\""));
    assertThat(run("validate", document)).isEqualTo(EpcisTools.WRONG);
    assertThat(out.lines()).hasSize(4);
    assertThat(out).contains("/epcisBody/eventList/1/action: invalid_value:");
    // What its events say can still be told.
    assertThat(run("hash", document)).isZero();
    assertThat(out.lines()).hasSize(2);
    assertThat(err.lines()).hasSize(4);
    assertThat(run("convert", document, folder.resolve("b.xml"))).isEqualTo(EpcisTools.WRONG);
    assertThat(folder.resolve("b.xml")).doesNotExist();
    Files.writeString(document, Files.readString(document).replaceFirst("\"eventTime\"", "\"x\""));
    assertThat(run("hash", document)).isEqualTo(EpcisTools.WRONG);
    assertThat(out.lines()).hasSize(1);
  }

  @Test
  void conformanceCountsAndTellsDifferences() throws IOException {
    Files.writeString(folder.resolve("bad.xml"), "<a/>");
    assertThat(run("conformance", folder)).isZero();
    assertThat(out).contains("2 documents: 1 accepted (2 events), 1 refused", "0 differences");
    Files.writeString(folder.resolve("a.hashes"), "ni:///sha-256;00?ver=CBV2.0\n");
    assertThat(run("conformance", folder)).isEqualTo(EpcisTools.WRONG);
    assertThat(out).contains("1 hashes for 2 events", "is not ours");
  }

  @Test
  void theReferenceDataConform() {
    Path reference = null;
    for (Path at = Path.of("").toAbsolutePath(); at != null && reference == null; ) {
      Path candidate = at.resolve("shared/epcis");
      reference = Files.isDirectory(candidate) ? candidate : null;
      at = at.getParent();
    }
    assumeTrue(reference != null, "the reference data are not here");
    assertThat(run("conformance", reference, "--quiet")).as(out).isZero();
    assertThat(out).contains("68 accepted (102 events)", " 0 differences; 31 published hashes");
  }

  @Test
  void theStandardInputIsReadLikeAFile() throws IOException {
    run("hash", document.toString());
    String fromFile = out;
    java.io.InputStream before = System.in;
    try {
      System.setIn(new java.io.ByteArrayInputStream(Files.readAllBytes(document)));
      assertThat(run("hash", "-")).isZero();
    } finally {
      System.setIn(before);
    }
    assertThat(out).isEqualTo(fromFile).startsWith("ni:///sha-256;");
  }
}
