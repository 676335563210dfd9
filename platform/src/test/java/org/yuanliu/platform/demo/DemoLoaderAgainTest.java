package org.yuanliu.platform.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuanliu.platform.registry.RegistryCommand;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Loads that are cut off, repeated, or meet a busy server. */
final class DemoLoaderAgainTest {
  private static final DemoOptions OPTIONS =
      new DemoOptions(0.01, LocalDateTime.of(2026, 11, 20, 12, 0), 1);
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  @TempDir Path folder;
  private FakeLoad loading;

  @BeforeEach
  void start() throws Exception {
    loading = new FakeLoad(folder);
  }

  @AfterEach
  void stop() {
    loading.close();
  }

  @Test
  void aSecondStartKeepsWhatIsThere() throws Exception {
    loading.load(OPTIONS);
    JsonNode first = loading.file();
    int captures = loading.server.captures.get();
    int commands = loading.server.commands.size();

    loading.load(new DemoOptions(0.02, OPTIONS.now().plusDays(1), 7));

    assertThat(loading.server.captures.get()).isEqualTo(captures);
    assertThat(loading.server.commands).hasSize(commands);
    assertThat(loading.file()).isEqualTo(first);
  }

  @Test
  void aLoadCutOffGoesOn() throws Exception {
    loading.server.refusesAfter = 60;
    assertThatThrownBy(() -> loading.load(OPTIONS))
        .isInstanceOf(DemoException.class)
        .hasMessageContaining("403");
    assertThat(folder.resolve(DemoFile.NAME)).doesNotExist();
    int registered = loading.server.commands.size();
    loading.server.refusesAfter = Integer.MAX_VALUE;

    // The options of the first start count, since its events are there.
    loading.load(new DemoOptions(0.02, OPTIONS.now().plusDays(1), 7));

    Set<String> expected = new HashSet<>();
    FakeLoad.everything(OPTIONS)
        .flatMap(document -> document.events().stream())
        .forEach(event -> expected.add(MAPPER.readTree(event).toString()));
    assertThat(loading.server.eventsTaken()).isEqualTo(expected);
    assertThat(loading.server.taken.size())
        .isLessThan((int) (FakeLoad.everything(OPTIONS).count() + 60));
    assertThat(
            loading.server.commands.stream()
                .filter(RegistryCommand.RegisterParty.class::isInstance))
        .hasSize(
            new Cast().all().size()
                + Industries.firms().size()
                + new ScriptedChains().reporters().size());
    assertThat(registered).isPositive();
    assertThat(loading.accounts.created).hasSameSizeAs(loading.file().get("accounts"));
  }

  @Test
  void anotherDatabaseGetsADemonstrationOfItsOwn() throws Exception {
    loading.load(OPTIONS);
    int captures = loading.server.captures.get();
    Set<String> old = Set.copyOf(loading.accounts.tokens);
    loading.accounts.tokens.removeAll(old);
    loading.accounts.created.clear();
    loading.accounts.nameById.clear();

    loading.load(OPTIONS);

    assertThat(loading.server.captures.get()).isEqualTo(2 * captures);
    assertThat(old).doesNotContain(loading.file().get("apiKey").asString());
  }

  @Test
  void aBusyServerIsAskedAgain() throws Exception {
    loading.server.busyEvery = 61;

    loading.load(OPTIONS);

    assertThat(loading.server.eventsTaken())
        .hasSize((int) FakeLoad.everything(OPTIONS).mapToLong(d -> d.events().size()).sum());
  }
}
