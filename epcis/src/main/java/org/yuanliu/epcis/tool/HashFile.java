package org.yuanliu.epcis.tool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.yuanliu.epcis.CbvVersion;
import org.yuanliu.epcis.DocumentReader.Reading;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.epcis.EventHash;

/**
 * Published hashes beside a document, compared with ours by their digest: some publish hashes of
 * the rules of CBV 2.1 under the label of 2.0, so each line may be of either profile.
 *
 * @param matching lines that our hash gives
 * @param differences lines that neither profile gives
 */
record HashFile(int matching, List<String> differences) {
  HashFile {
    differences = List.copyOf(differences);
  }

  static HashFile beside(Path document, Reading reading) {
    String name = String.valueOf(document.getFileName());
    Path file = document.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ".hashes");
    if (!java.nio.file.Files.isRegularFile(file)) {
      return new HashFile(0, List.of());
    }
    List<String> lines;
    try {
      lines =
          java.nio.file.Files.readAllLines(file).stream().filter(line -> !line.isBlank()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Set<String> ignored = reading.header() == null ? Set.of() : reading.header().ignoredFields();
    List<String> differences = new ArrayList<>();
    int matching = 0;
    if (lines.size() != reading.events().size()) {
      differences.add(lines.size() + " hashes for " + reading.events().size() + " events");
    }
    for (int i = 0; i < Math.min(lines.size(), reading.events().size()); i++) {
      EpcisEvent event = reading.events().get(i);
      String published = digest(lines.get(i).strip());
      boolean found = false;
      for (CbvVersion version : CbvVersion.values()) {
        found |= digest(EventHash.of(event, version, ignored)).equals(published);
      }
      if (found) {
        matching++;
      } else {
        differences.add("event " + i + ": published hash " + lines.get(i) + " is not ours");
      }
    }
    return new HashFile(matching, differences);
  }

  private static String digest(String id) {
    int query = id.indexOf('?');
    return query < 0 ? id : id.substring(0, query);
  }
}
