package org.yuanliu.epcis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The published vectors of the event hash, in JSON-LD and in XML, and its sets of equal events. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventHashVectorTest {
  private static final String LABEL = "?ver=CBV2.0";

  List<Path> vectors() {
    Path folder = ReferenceData.folder("hash-vectors");
    List<Path> files = new ArrayList<>(ReferenceData.files(folder, ".jsonld"));
    files.addAll(ReferenceData.files(folder, ".xml"));
    assertThat(files).hasSizeGreaterThanOrEqualTo(19);
    return files;
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void hashesAndPreHashesMatch(Path file) throws Exception {
    ReadResult.Accepted accepted = accepted(file);
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

  List<Path> equalSets() {
    List<Path> files = ReferenceData.files(ReferenceData.folder("hash-vectors/equal"), ".xml");
    assertThat(files).hasSizeGreaterThanOrEqualTo(4);
    return files;
  }

  @ParameterizedTest
  @MethodSource("equalSets")
  void eventsOfAnEqualSetHashAlike(Path file) {
    List<EpcisEvent> events = accepted(file).events();
    assertThat(events).hasSizeGreaterThanOrEqualTo(2);
    for (CbvVersion version : CbvVersion.values()) {
      assertThat(events.stream().map(event -> EventHash.of(event, version)).distinct()).hasSize(1);
    }
  }

  /**
   * One of these differs in its time zone offset, which the canonical order puts into the hash: its
   * name claims more than the algorithm gives. Nothing else may tell it from the others.
   */
  @Test
  void filesNamedIdenticalDifferInTheirOffsetAtMost() {
    List<Path> files =
        ReferenceData.files(ReferenceData.folder("gs1/xml"), ".xml").stream()
            .filter(file -> file.getFileName().toString().startsWith("event_with_identical_hash"))
            .toList();
    assertThat(files).hasSizeGreaterThanOrEqualTo(3);
    for (CbvVersion version : CbvVersion.values()) {
      assertThat(
              files.stream()
                  .map(file -> EventHash.preHash(accepted(file).events().getFirst(), version))
                  .map(text -> text.replaceAll("eventTimeZoneOffset=.\\d\\d:\\d\\d", ""))
                  .distinct())
          .hasSize(1);
    }
  }

  private static ReadResult.Accepted accepted(Path file) {
    DocumentFormat format = DocumentFormat.ofFileName(file.getFileName().toString());
    ReadResult result = Documents.READER.readAny(ReferenceData.bytes(file), format);
    assertThat(result).as(() -> result.toString()).isInstanceOf(ReadResult.Accepted.class);
    return (ReadResult.Accepted) result;
  }
}
