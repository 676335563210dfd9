package org.yuanliu.codes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every EPC URN and Digital Link in GS1's documents and in the hash vectors. */
class ReferenceUrisTest {
  private static final Pattern EPC =
      Pattern.compile("urn:epc:(?:id|class|idpat):[a-z]+:[^\"<>\\s?,’]*[^\"<>\\s?,’.]");
  private static final Pattern EPC_OR_LINK =
      Pattern.compile(
          EPC.pattern() + "|https?://[^\"<>\\s]*/(?:00|01|253|414|417|8003|8004)/[0-9][^\"<>\\s]*");
  private static final String CANONICAL = "https://id.gs1.org/";

  @Test
  void everyEpcUrnBecomesACanonicalLinkAndComesBack() throws IOException {
    TreeSet<String> urns = new TreeSet<>();
    for (Path file : files(ReferenceData.epcis(), "")) {
      EPC.matcher(Files.readString(file)).results().map(MatchResult::group).forEach(urns::add);
    }
    assertThat(urns).hasSizeGreaterThan(80);
    for (String urn : urns) {
      String canonical = CanonicalUri.of(urn);
      assertThat(canonical).as(urn).startsWith(CANONICAL);
      assertThat(CanonicalUri.of(canonical)).isEqualTo(canonical);
      assertThat(EpcUrnWriter.write(DigitalLink.parse(canonical).elements(), ownPrefix(urn)))
          .isEqualTo(urn);
    }
  }

  @Test
  void everyLinkInThePreHashesIsTheCanonicalFormOfAUriInItsDocument() throws IOException {
    int checked = 0;
    Path vectors = ReferenceData.epcis().resolve("hash-vectors");
    for (Path preHashes : files(vectors, ".prehashes")) {
      String expected = Files.readString(preHashes);
      String stem = preHashes.toString().replace(".prehashes", "");
      for (String ending : List.of(".jsonld", ".xml")) {
        Path document = Path.of(stem + ending);
        if (!Files.exists(document)) {
          continue;
        }
        Set<String> canonical =
            EPC_OR_LINK
                .matcher(Files.readString(document))
                .results()
                .map(uri -> CanonicalUri.of(uri.group()))
                .collect(Collectors.toSet());
        for (int at = expected.indexOf(CANONICAL);
            at >= 0;
            at = expected.indexOf(CANONICAL, at + 1)) {
          int start = at;
          assertThat(canonical)
              .as(
                  "%s: %s",
                  document.getFileName(),
                  expected.substring(at, Math.min(at + 90, expected.length())))
              .anyMatch(uri -> isFieldAt(expected, start, uri));
          checked++;
        }
      }
    }
    assertThat(checked).isGreaterThan(80);
  }

  /** Whether this URI stands there, and after it the name of the next field, a list or the end. */
  private static boolean isFieldAt(String preHash, int at, String uri) {
    return preHash.startsWith(uri, at)
        && preHash.substring(at + uri.length()).matches("(?s)([a-zA-Z]+[=:A-Za-z{].*|[{\n].*|)");
  }

  private static PrefixTable ownPrefix(String urn) {
    String companyPrefix = urn.split("[:.]", -1)[4];
    return PrefixTable.of(Map.of(companyPrefix, companyPrefix.length()));
  }

  private static List<Path> files(Path root, String ending) throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(root)) {
      all.filter(file -> Files.isRegularFile(file) && file.toString().endsWith(ending))
          .sorted()
          .forEach(files::add);
    }
    return files;
  }
}
