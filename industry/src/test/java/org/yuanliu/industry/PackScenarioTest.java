package org.yuanliu.industry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Every check of every pack: tripped, just inside the limit, corrected afterwards. The files are
 * {@code scenarios/*.yaml} among the test resources.
 */
class PackScenarioTest {
  private static final Path FOLDER = Path.of("src/test/resources/scenarios");
  private static final YAMLMapper YAML = YAMLMapper.builder().build();
  private static final Set<String> KINDS = Set.of("trips", "inside", "corrected");

  @TestFactory
  Stream<DynamicTest> scenarios() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    Map<String, Set<String>> shown = new HashMap<>();
    for (Path file : files()) {
      ObjectNode scenarios = (ObjectNode) read(file);
      String name = scenarios.path("pack").asString();
      Pack pack = pack(name);
      for (JsonNode one : scenarios.path("cases")) {
        String check = one.path("check").asString("");
        shown
            .computeIfAbsent(name + " " + check, k -> new TreeSet<>())
            .add(one.path("kind").asString(""));
        tests.add(
            DynamicTest.dynamicTest(
                file.getFileName() + ": " + one.path("name").asString(),
                () -> play(new PackScenario(pack, scenarios), (ObjectNode) one, pack)));
      }
    }
    for (Pack pack : PackLoader.bundled().all()) {
      for (String check : pack.checks().keySet()) {
        tests.add(
            DynamicTest.dynamicTest(
                pack.id() + " " + check + " is shown in all three ways",
                () ->
                    assertThat(shown.getOrDefault(pack.id() + " " + check, Set.of()))
                        .containsAll(KINDS)));
      }
    }
    return tests.stream();
  }

  /** A case of kind trips must find its check; the two others must not. */
  private static void play(PackScenario scenario, ObjectNode one, Pack pack) {
    Set<String> found = scenario.play(one);
    String check = one.path("check").asString("");
    switch (one.path("kind").asString("")) {
      case "trips" -> {
        assertThat(pack.checks()).containsKey(check);
        assertThat(found).contains(check);
      }
      case "inside", "corrected" -> {
        assertThat(pack.checks()).containsKey(check);
        assertThat(found).doesNotContain(check);
      }
      default -> {}
    }
    if (one.has("finds")) {
      Set<String> expected = new TreeSet<>();
      one.path("finds").forEach(id -> expected.add(id.asString()));
      assertThat(found).isEqualTo(expected);
    }
  }

  private static Pack pack(String id) {
    return PackLoader.bundled().all().stream()
        .filter(pack -> pack.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no pack " + id));
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  private static JsonNode read(Path file) {
    try {
      return YAML.readTree(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
