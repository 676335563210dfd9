package org.yuanliu.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The files under deploy/, as far as they can be judged without an engine: systemd's own check,
 * Helm's own, what its templates make of the chart, and the chart's values by what those ask for.
 * Neither image nor chart is run here.
 */
class DeployFilesTest {
  private static final Path DEPLOY = Path.of("..", "deploy");
  private static final Path CHART = DEPLOY.resolve("helm/yuanliu");
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
  void helmAcceptsTheChart() throws IOException {
    requireHelm();
    LintResult lint = new Helm(CHART).lint().strict().call();
    assertThat(lint.isFailed()).as(lint.getMessages().toString()).isFalse();
    // It does look: a block without its end is named.
    Path broken = Files.createDirectories(folder.resolve("yuanliu"));
    try (Stream<Path> files = Files.walk(CHART)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = broken.resolve(CHART.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    Path service = broken.resolve("templates/service.yaml");
    Files.writeString(service, Files.readString(service) + "{{- if .Values.service }}\n");
    assertThat(new Helm(broken).lint().strict().call().isFailed()).isTrue();
  }

  @Test
  void theChartMakesOneServerOnAVolumeOfItsOwn() {
    Map<String, JsonNode> made = rendered(Map.of());
    assertThat(made).containsOnlyKeys("StatefulSet", "Service", "ConfigMap");
    JsonNode set = made.get("StatefulSet");
    assertThat(set.at("/spec/replicas").asInt()).isEqualTo(1);
    JsonNode pod = set.at("/spec/template");
    set.at("/spec/selector/matchLabels")
        .forEachEntry(
            (name, value) -> assertThat(pod.at("/metadata/labels").path(name)).isEqualTo(value));
    assertThat(made.get("Service").at("/spec/selector"))
        .isEqualTo(set.at("/spec/selector/matchLabels"));
    JsonNode server = pod.at("/spec/containers/0");
    assertThat(server.path("image").asString()).isEqualTo("yuanliu:0.1.0");
    assertThat(server.at("/ports/0/name").asString())
        .isEqualTo(made.get("Service").at("/spec/ports/0/targetPort").asString())
        .isEqualTo(server.at("/livenessProbe/httpGet/port").asString());
    assertThat(server.path("env").toString()).doesNotContain("YUANLIU_DATABASE");
    assertThat(server.at("/securityContext/readOnlyRootFilesystem").asBoolean()).isTrue();
    assertThat(set.at("/spec/volumeClaimTemplates/0/spec/resources/requests/storage").asString())
        .isEqualTo("100Gi");
    assertThat(made.get("ConfigMap").at("/data/yuanliu.yaml").asString().strip()).isEqualTo("{}");
  }

  @Test
  void theChartTakesADatabaseByUrlAndAnAddressWithTls() {
    Map<String, JsonNode> made =
        rendered(
            Map.of(
                "database.url", "jdbc:postgresql://db.example/yuanliu",
                "database.existingSecret", "db",
                "settings.yuanliu.zone", "Asia/Urumqi",
                "ingress.enabled", "true",
                "ingress.host", "trace.example",
                "ingress.tlsSecret", "trace-tls",
                "nodeSelector.kubernetes\\.io/arch", "arm64"));
    JsonNode pod = made.get("StatefulSet").at("/spec/template/spec");
    assertThat(pod.at("/containers/0/env").toString())
        .contains("YUANLIU_DATABASE_URL", "jdbc:postgresql://db.example/yuanliu")
        .contains("\"name\":\"db\",\"key\":\"password\"");
    assertThat(pod.at("/nodeSelector/kubernetes.io~1arch").asString()).isEqualTo("arm64");
    assertThat(made.get("ConfigMap").at("/data/yuanliu.yaml").asString())
        .contains("zone: Asia/Urumqi");
    JsonNode ingress = made.get("Ingress");
    assertThat(ingress.at("/spec/rules/0/host").asString()).isEqualTo("trace.example");
    assertThat(ingress.at("/spec/tls/0/secretName").asString()).isEqualTo("trace-tls");
    assertThat(ingress.at("/spec/rules/0/http/paths/0/backend/service/name").asString())
        .isEqualTo(made.get("Service").at("/metadata/name").asString());
    assertThatThrownBy(() -> rendered(Map.of("database.url", "jdbc:postgresql://db.example/x")))
        .hasMessageContaining("database.existingSecret");
  }

  private static void requireHelm() {
    if (!System.getProperty("os.arch").equals("amd64")) {
      abort("Helm's native library is for amd64 alone");
    }
  }

  /** What Helm makes of the chart, by kind; of each there is one. */
  private static Map<String, JsonNode> rendered(Map<String, String> values) {
    requireHelm();
    TemplateCommand template = new Helm(CHART).template().withName("city").withKubeVersion("1.33");
    values.forEach(template::set);
    Map<String, JsonNode> made = new TreeMap<>();
    try (MappingIterator<JsonNode> documents =
        YAMLMapper.builder().build().readerFor(JsonNode.class).readValues(template.call())) {
      while (documents.hasNext()) {
        JsonNode document = documents.next();
        assertThat(made.put(document.path("kind").asString(), document)).isNull();
      }
    }
    return made;
  }

  @Test
  void everyValueOfTheChartsTemplatesIsThereAndEveryOneThereIsUsed() throws IOException {
    YAMLMapper yaml = YAMLMapper.builder().build();
    JsonNode about = yaml.readTree(CHART.resolve("Chart.yaml").toFile());
    assertThat(about.path("apiVersion").asString()).isEqualTo("v2");
    assertThat(about.path("name").asString()).isEqualTo("yuanliu");
    JsonNode values = yaml.readTree(CHART.resolve("values.yaml").toFile());
    TreeSet<String> asked = new TreeSet<>();
    try (Stream<Path> templates = Files.list(CHART.resolve("templates"))) {
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
