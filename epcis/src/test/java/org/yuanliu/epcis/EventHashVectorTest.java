package org.yuanliu.epcis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The published vectors of the event hash, as far as they come in JSON-LD. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventHashVectorTest {
  private static final String LABEL = "?ver=CBV2.0";

  List<Path> vectors() {
    Path folder = ReferenceData.folder("hash-vectors");
    List<Path> files = ReferenceData.files(folder, ".jsonld");
    assertThat(files).hasSizeGreaterThanOrEqualTo(11);
    return files;
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void hashesAndPreHashesMatch(Path file) throws Exception {
    ObjectNode document =
        captureForm(Documents.tree(new String(ReferenceData.bytes(file), StandardCharsets.UTF_8)));
    ReadResult.Accepted accepted = (ReadResult.Accepted) Documents.read(document);
    Set<String> ignored = accepted.header().ignoredFields();
    List<String> hashes = ReferenceData.lines(sibling(file, ".hashes"));
    assertThat(hashes).hasSameSizeAs(accepted.events());
    Path preHashFile = sibling(file, ".prehashes");
    List<String> preHashes =
        Files.exists(preHashFile) ? ReferenceData.lines(preHashFile) : List.of();
    for (int i = 0; i < hashes.size(); i++) {
      EpcisEvent event = accepted.events().get(i);
      // All are labelled 2.0, but those with sensor data follow the rules of 2.1.
      CbvVersion version =
          event.body().has("sensorElementList") ? CbvVersion.CBV_2_1 : CbvVersion.CBV_2_0;
      String expected = hashes.get(i).replace(LABEL, "?ver=" + version.label());
      assertThat(EventHash.of(event, version, ignored)).isEqualTo(expected);
      // One published line belongs to an older state of its document: it does not give its hash.
      if (i < preHashes.size() && gives(preHashes.get(i), hashes.get(i))) {
        assertThat(EventHash.preHash(event, version, ignored)).isEqualTo(preHashes.get(i));
      }
    }
  }

  @Test
  void onlyOnePublishedLineDoesNotGiveItsHash() throws Exception {
    int wrong = 0;
    for (Path file : ReferenceData.files(ReferenceData.folder("hash-vectors"), ".prehashes")) {
      List<String> preHashes = ReferenceData.lines(file);
      List<String> hashes = ReferenceData.lines(sibling(file, ".hashes"));
      for (int i = 0; i < preHashes.size(); i++) {
        wrong += gives(preHashes.get(i), hashes.get(i)) ? 0 : 1;
      }
    }
    assertThat(wrong).isEqualTo(1);
  }

  private static Path sibling(Path file, String ending) {
    String name = file.getFileName().toString();
    return file.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ending);
  }

  private static boolean gives(String preHash, String hash) throws Exception {
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(preHash.getBytes(StandardCharsets.UTF_8));
    return hash.equals("ni:///sha-256;" + HexFormat.of().formatHex(digest) + LABEL);
  }

  /** A query document's events as a capture document, so that they can be read and hashed. */
  private static ObjectNode captureForm(ObjectNode document) {
    if (document.get("type").stringValue().equals("EPCISDocument")) {
      return document;
    }
    JsonNode events = document.at("/epcisBody/queryResults/resultsBody/eventList");
    document.put("type", "EPCISDocument");
    document.putObject("epcisBody").set("eventList", events);
    return document;
  }
}
