package org.yuanliu.industry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.yuanliu.industry.PackNode.Field;
import org.yuanliu.industry.PackNode.Mapping;
import org.yuanliu.industry.PackNode.Scalar;
import org.yuanliu.industry.PackNode.Sequence;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Whether the scenarios stand close at the limits: each figure of each check is made a little
 * larger and a little smaller, and each time some scenario of the check has to come out otherwise.
 */
@Tag("long")
class ScenarioSharpnessTest {
  private static final YAMLMapper YAML = YAMLMapper.builder().build();
  private static final String FOLDER = "packs/";

  /** A length of time, a percentage, a number; the unit stays. */
  private static final Pattern FIGURE =
      Pattern.compile(
          "(?<![A-Za-z0-9_.\"\\[])([0-9]+(?:\\.[0-9]+)?)(?="
              + " ?(?:min|h|d|mo|y|%)?(?![A-Za-z0-9_.]))");

  private static final Pattern DURATION = Pattern.compile("(?<=duration\\(\")([0-9]+)(?=h\"\\))");

  private static final Pattern LIST = Pattern.compile("\\[[^\\]]*\\]");

  /** Keys under which figures are no limits. */
  private static final List<String> NO_LIMITS =
      List.of("message", "source", "on", "products", "level", "moment", "key", "when");

  @TestFactory
  Stream<DynamicTest> everyFigureIsFelt() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    PackNode common = node("common.yaml");
    for (String file : PackLoader.bundledFiles()) {
      PackNode root = node(file);
      ObjectNode scenarios = scenarios(file);
      Field checks = ((Mapping) root).fields().get("checks");
      if (checks == null) {
        continue;
      }
      for (String check : ((Mapping) checks.value()).fields().keySet()) {
        for (boolean up : List.of(true, false)) {
          for (int figure = 0; figure < new Change(check, -1, up).count(root); figure++) {
            Change change = new Change(check, figure, up);
            tests.add(
                DynamicTest.dynamicTest(
                    file + " " + check + " " + change.apply(root, ""),
                    () -> {
                      Change again = new Change(check, change.place, change.up);
                      PackNode changed = again.walk(root, "", false);
                      Pack pack =
                          new PackReader(file).with(common, "common.yaml").pack(changed, file);
                      assertThat(differs(pack, scenarios, check)).isTrue();
                    }));
          }
        }
      }
    }
    return tests.stream();
  }

  private static boolean differs(Pack pack, ObjectNode scenarios, String check) {
    for (JsonNode one : scenarios.path("cases")) {
      String kind = one.path("kind").asString("");
      if (one.path("check").asString("").equals(check)
          && kind.equals("trips")
              != new PackScenario(pack, scenarios).play((ObjectNode) one).contains(check)) {
        return true;
      }
    }
    return false;
  }

  private static PackNode node(String file) throws IOException {
    try (InputStream in = PackLoader.class.getClassLoader().getResourceAsStream(FOLDER + file)) {
      return PackNode.Reader.read(file, in.readAllBytes());
    }
  }

  private static ObjectNode scenarios(String file) throws IOException {
    return (ObjectNode)
        YAML.readTree(Files.readString(Path.of("src/test/resources/scenarios", file), UTF_8));
  }

  /** One figure of one check made larger or smaller. */
  private static final class Change {
    private final String check;
    private final int place;
    private final boolean up;
    private int seen = -1;
    private String said = "";

    private Change(String check, int place, boolean up) {
      this.check = check;
      this.place = place;
      this.up = up;
    }

    int count(PackNode root) {
      walk(root, "", false);
      return seen + 1;
    }

    /** What is changed, for people. */
    String apply(PackNode root, String path) {
      new Change(check, place, up).walk(root, path, false);
      Change one = new Change(check, place, up);
      one.walk(root, path, false);
      return one.said;
    }

    private PackNode walk(PackNode node, String path, boolean within) {
      return switch (node) {
        case Scalar scalar -> within ? new Scalar(scalar.line(), figures(scalar.text())) : scalar;
        case Sequence sequence -> sequence;
        case Mapping mapping -> {
          Map<String, Field> fields = new LinkedHashMap<>();
          mapping
              .fields()
              .forEach(
                  (key, field) -> {
                    String below = path + "/" + key;
                    boolean leads =
                        switch (path) {
                          case "" -> key.equals("checks");
                          case "/checks" -> key.equals(check);
                          default -> !NO_LIMITS.contains(key);
                        };
                    fields.put(
                        key,
                        leads
                            ? new Field(field.line(), walk(field.value(), below, !path.isEmpty()))
                            : field);
                  });
          yield new Mapping(mapping.line(), fields);
        }
      };
    }

    private String figures(String text) {
      Map<Integer, MatchResult> found = new TreeMap<>();
      // What stands in brackets is a list of words, not a limit.
      String limits = LIST.matcher(text).replaceAll(list -> " ".repeat(list.group().length()));
      Stream.of(FIGURE, DURATION)
          .flatMap(pattern -> pattern.matcher(limits).results())
          .filter(result -> up || !isNothing(result.group(), text))
          .forEach(result -> found.put(result.start(), result));
      String changed = text;
      for (Integer start : new TreeSet<>(found.keySet()).descendingSet()) {
        MatchResult result = found.get(start);
        seen++;
        if (seen == place) {
          changed =
              text.substring(0, result.start())
                  + moved(result.group())
                  + text.substring(result.end());
          said = text + " → " + changed;
        }
      }
      return changed;
    }

    /** Of time and of percentages there is none below nothing. */
    private static boolean isNothing(String figure, String text) {
      return new BigDecimal(figure).signum() == 0 && !figure.equals(text) && !text.contains(".");
    }

    /** A tenth for small decimals, else one. */
    private String moved(String figure) {
      BigDecimal value = new BigDecimal(figure);
      boolean fine = value.scale() > 0 && value.compareTo(BigDecimal.TEN) < 0;
      BigDecimal step = fine ? new BigDecimal("0.1") : BigDecimal.ONE;
      return (up ? value.add(step) : value.subtract(step)).toPlainString();
    }
  }
}
