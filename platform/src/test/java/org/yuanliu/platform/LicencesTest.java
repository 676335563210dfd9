package org.yuanliu.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Everything that is delivered, as the build wrote it down (CycloneDX), comes under a licence that
 * {@code licences.json} names. Writes the report that a lawyer reads: {@code target/licences.md}.
 */
class LicencesTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Path REPORT = Path.of("target", "licences.md");

  /** What a bill of materials says of one part: any one of the licences will do. */
  private record Part(String name, String version, Set<String> choices) {}

  private record Policy(Set<String> allowed, Map<String, String> clarified) {
    static Policy read() {
      JsonNode json = JSON.readTree(Path.of("..", "licences.json"));
      Map<String, String> clarified = new HashMap<>();
      json.path("clarified")
          .properties()
          .forEach(entry -> clarified.put(entry.getKey(), entry.getValue().asString()));
      return new Policy(Set.copyOf(json.path("allowed").propertyNames()), clarified);
    }

    boolean allows(Part part) {
      String clear = clarified.get(part.name());
      return clear == null
          ? part.choices().stream().anyMatch(this::allowsExpression)
          : allowed.contains(clear);
    }

    /** An SPDX expression: of what OR joins one must be allowed, of what AND joins all. */
    private boolean allowsExpression(String expression) {
      for (String choice : expression.replaceAll("[()]", " ").split("\\bOR\\b", -1)) {
        if (List.of(choice.split("\\bAND\\b", -1)).stream()
            .map(String::strip)
            .allMatch(allowed::contains)) {
          return true;
        }
      }
      return false;
    }
  }

  @Test
  void everyPartComesUnderAnAllowedLicence() throws IOException {
    Policy policy = Policy.read();
    List<Part> server = parts("application");
    List<Part> web = parts("web");

    assertThat(server).extracting(Part::name).contains("org.postgresql:postgresql");
    assertThat(web).extracting(Part::name).contains("vue", "element-plus");
    assertThat(web).extracting(Part::name).doesNotContain("vite", "vitest");
    Files.writeString(REPORT, report(policy, server, web));
    assertThat(all(server, web).stream().filter(part -> !policy.allows(part)))
        .as("parts whose licence licences.json does not allow")
        .isEmpty();
  }

  @Test
  void anUnknownLicenceIsNotAllowed() {
    Policy policy = Policy.read();
    assertThat(policy.allows(new Part("a:b", "1", Set.of("AGPL-3.0-only")))).isFalse();
    assertThat(policy.allows(new Part("a:b", "1", Set.of()))).isFalse();
    assertThat(policy.allows(new Part("a:b", "1", Set.of("MIT AND GPL-3.0-only")))).isFalse();
    assertThat(policy.allows(new Part("a:b", "1", Set.of("(MIT OR GPL-3.0-only)")))).isTrue();
    assertThat(policy.allows(new Part("a:b", "1", Set.of("GPL-2.0-only", "MIT")))).isTrue();
  }

  private static List<Part> all(List<Part> server, List<Part> web) {
    List<Part> all = new ArrayList<>(server);
    all.addAll(web);
    return all;
  }

  private static List<Part> parts(String name) throws IOException {
    String file = "/META-INF/sbom/" + name + ".cdx.json";
    try (InputStream in = LicencesTest.class.getResourceAsStream(file)) {
      assertThat(in).as("%s: ./yuanliu build makes it", file).isNotNull();
      List<Part> parts = new ArrayList<>();
      for (JsonNode one : JSON.readTree(in).path("components")) {
        Set<String> choices = new TreeSet<>();
        for (JsonNode choice : one.path("licenses")) {
          JsonNode licence = choice.path("license");
          choices.add(
              choice
                  .path("expression")
                  .asString(licence.path("id").asString(licence.path("name").asString(""))));
        }
        String group = one.path("group").asString("");
        String id = one.path("name").asString();
        parts.add(
            new Part(
                group.isEmpty() || name.equals("web") ? id : group + ":" + id,
                one.path("version").asString(),
                choices));
      }
      assertThat(parts).hasSizeGreaterThan(50);
      return parts;
    }
  }

  private static String report(Policy policy, List<Part> server, List<Part> web) {
    Map<String, Set<String>> byLicence = new TreeMap<>();
    for (Part part : all(server, web)) {
      String licence =
          policy.clarified().getOrDefault(part.name(), String.join(" or ", part.choices()));
      byLicence
          .computeIfAbsent(licence, any -> new TreeSet<>())
          .add(part.name() + " " + part.version());
    }
    StringBuilder text = new StringBuilder("# Third parties' parts by licence\n");
    byLicence.forEach(
        (licence, parts) -> {
          text.append("\n## ").append(licence).append("\n\n");
          parts.forEach(part -> text.append("- ").append(part).append('\n'));
        });
    return text.toString();
  }
}
