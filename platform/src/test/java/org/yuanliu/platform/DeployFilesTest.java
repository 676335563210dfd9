package org.yuanliu.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The files under deploy/, as far as they can be judged without an engine: systemd's own check, and
 * the chart's values by what its templates ask for. Neither image nor chart is run here.
 */
class DeployFilesTest {
  private static final Path DEPLOY = Path.of("..", "deploy");
  private static final Pattern VALUE = Pattern.compile("\\$?\\.Values((?:\\.[A-Za-z]+)+)");
  private static final Pattern OPEN = Pattern.compile("\\{\\{-?\\s*(?:if|range|with|define)\\b");
  private static final Pattern END = Pattern.compile("\\{\\{-?\\s*end\\s*-?}}");

  @TempDir Path folder;

  @Test
  void systemdAcceptsTheUnits() throws Exception {
    Path launcher = Files.writeString(folder.resolve("yuanliu"), "#!/bin/sh\n");
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
    try (Stream<Path> units = Files.list(DEPLOY.resolve("systemd"))) {
      for (Path unit : units.toList()) {
        String text = Files.readString(unit);
        Files.writeString(
            folder.resolve(unit.getFileName().toString()),
            text.replace("/opt/yuanliu/yuanliu", launcher.toString()));
      }
    }
    for (String unit :
        List.of("yuanliu.service", "yuanliu-backup.service", "yuanliu-backup.timer")) {
      assertThat(verify(folder.resolve(unit))).as(unit).isEmpty();
    }
    // It does look: a word that is none is named.
    Path wrong = folder.resolve("wrong.service");
    Files.writeString(
        wrong, Files.readString(folder.resolve("yuanliu.service")) + "\n[Service]\nRestartt=no\n");
    assertThat(verify(wrong)).contains("Restartt");
  }

  private static String verify(Path unit) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder("systemd-analyze", "verify", "--man=no", unit.toString())
              .redirectErrorStream(true)
              .start();
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      return said;
    } catch (IOException e) {
      return abort("no systemd-analyze here");
    }
  }

  @Test
  void everyValueOfTheChartsTemplatesIsThereAndEveryOneThereIsUsed() throws IOException {
    Path chart = DEPLOY.resolve("helm/yuanliu");
    YAMLMapper yaml = YAMLMapper.builder().build();
    JsonNode about = yaml.readTree(chart.resolve("Chart.yaml").toFile());
    assertThat(about.path("apiVersion").asString()).isEqualTo("v2");
    assertThat(about.path("name").asString()).isEqualTo("yuanliu");
    JsonNode values = yaml.readTree(chart.resolve("values.yaml").toFile());
    TreeSet<String> asked = new TreeSet<>();
    try (Stream<Path> templates = Files.list(chart.resolve("templates"))) {
      for (Path template : templates.toList()) {
        String text = Files.readString(template);
        assertThat(count(OPEN, text)).as("blocks of %s", template).isEqualTo(count(END, text));
        Matcher names = VALUE.matcher(text);
        while (names.find()) {
          asked.add(names.group(1).substring(1));
        }
      }
    }
    assertThat(asked).isNotEmpty();
    for (String path : asked) {
      assertThat(values.at("/" + path.replace('.', '/')).isMissingNode())
          .as("%s in values.yaml", path)
          .isFalse();
    }
    values
        .propertyNames()
        .forEach(
            name ->
                assertThat(asked)
                    .as("%s is asked for", name)
                    .anyMatch(path -> path.equals(name) || path.startsWith(name + ".")));
  }

  private static int count(Pattern pattern, String text) {
    return (int) pattern.matcher(text).results().count();
  }
}
