package org.yuanliu.epcis;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Data that others wrote, kept beside the project and not in it. Tests skip where it is absent. */
final class ReferenceData {
  private ReferenceData() {}

  static Path folder(String name) {
    Path found = find(name);
    assumeTrue(found != null, "reference data shared/epcis/" + name + " is absent: skipped");
    return found;
  }

  private static @Nullable Path find(String name) {
    String set = System.getProperty("yuanliu.shared");
    if (set != null) {
      Path given = Path.of(set, "epcis", name);
      return Files.isDirectory(given) ? given : null;
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path candidate = at.resolve("shared").resolve("epcis").resolve(name);
      if (Files.isDirectory(candidate)) {
        return candidate;
      }
    }
    return null;
  }

  static List<Path> files(Path folder, String ending) {
    try (Stream<Path> list = Files.list(folder)) {
      return list.filter(p -> p.toString().endsWith(ending)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream().filter(line -> !line.isBlank()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
