package org.yuanliu.codes;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the reference documents beside the project; tests that need them skip, saying so. */
final class ReferenceData {
  private ReferenceData() {}

  static Path epcis() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path found = at.resolve("shared/epcis");
      if (Files.isDirectory(found)) {
        return found;
      }
    }
    assumeTrue(false, "skipped: no ../shared/epcis beside the project");
    throw new AssertionError("assumeTrue(false) returned");
  }
}
