package org.yuanliu.platform.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.yuanliu.platform.access.ViewerKind;
import org.yuanliu.platform.registry.RegistryCommand;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DemoLoaderTest {
  private static final DemoOptions OPTIONS =
      new DemoOptions(0.01, LocalDateTime.of(2026, 11, 20, 12, 0), 1);

  /** Loaded once, for all who only look at what a load does. */
  private FakeLoad done;

  @BeforeAll
  void load(@TempDir Path folder) throws Exception {
    done = new FakeLoad(folder);
    done.load(OPTIONS);
  }

  @AfterAll
  void stop() {
    done.close();
  }

  @Test
  void sendsEverythingWithTheKeyOfItsReporter() throws Exception {
    JsonNode file = done.file();
    Map<String, String> expected = new HashMap<>();
    FakeLoad.everything(OPTIONS)
        .forEach(
            document ->
                expected.put(new String(document.json(), UTF_8), keyOf(file, document.reporter())));
    Map<String, String> taken =
        done.server.taken.stream()
            .collect(Collectors.toMap(FakeServer.Taken::body, FakeServer.Taken::key));
    assertThat(taken).isEqualTo(expected);
  }

  @Test
  void whatFollowsIsSentAfterWhatItFollowsFrom() throws Exception {
    List<DemoWave> waves = new DemoEvents(OPTIONS).waves().toList();
    int before = 0;
    for (DemoWave wave : waves) {
      if (wave.awaited()) {
        Set<String> bodies =
            wave.documents().stream()
                .map(document -> new String(document.json(), UTF_8))
                .collect(Collectors.toSet());
        int awaited = before;
        assertThat(done.server.taken)
            .filteredOn(taken -> bodies.contains(taken.body()))
            .allSatisfy(taken -> assertThat(taken.at()).isGreaterThanOrEqualTo(awaited));
        before += wave.documents().size();
      }
    }
    assertThat(before).isGreaterThan(50);
  }

  @Test
  void registersPartiesBeforeTheFirstEventAndPapersBeforeTheyAreCited() throws Exception {
    Set<String> papers = new HashSet<>();
    Set<String> parties = new HashSet<>();
    for (RegistryCommand command : done.server.commands) {
      switch (command) {
        case RegistryCommand.RegisterDocument(var document) ->
            assertThat(papers.add(document.id())).isTrue();
        case RegistryCommand.RegisterParty party -> parties.addAll(party.codes());
        case RegistryCommand.GrantMandate mandate ->
            assertThat(parties).contains(mandate.reporter(), mandate.principal());
        default -> {}
      }
    }
    History history = History.of(OPTIONS);
    assertThat(papers).containsAll(history.paperById.keySet());
    assertThat(parties).containsAll(history.told.stream().map(History.Told::principal).toList());
  }

  @Test
  void theFileIsForItsOwnerAlone() throws Exception {
    for (String name : List.of(DemoFile.NAME, DemoFile.Progress.NAME)) {
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(done.folder.resolve(name))))
          .isEqualTo("rw-------");
    }
    JsonNode file = done.file();
    assertThat(file.propertyNames())
        .containsExactly("baseUrl", "apiKey", "log", "accounts", "traceCodes", "broken");
    assertThat(file.get("log").asString()).isEqualTo("log.example/1");
    assertThat(file.get("broken")).hasSize(16);
    assertThat(file.get("broken").get(0).get("verdict").asString()).isEqualTo("INCOMPLETE");
    assertThat(file.get("broken").get(0).get("kind").asString()).isEqualTo("missing_link");
    assertThat(file.get("broken").get(0).get("code").asString()).matches("\\d{20}");
    assertThat(file.get("traceCodes").get("pork receipt").asString()).matches("\\d{20}");
  }

  @Test
  void passwordsAreDrawnAnewAndNobodyHasMoreThanHeNeeds() throws Exception {
    Set<String> passwords = new HashSet<>(done.accounts.passwords.values());

    assertThat(passwords).hasSameSizeAs(done.accounts.passwords.keySet());
    assertThat(done.accounts.passwords)
        .containsKeys(
            "operator",
            "city-regulator",
            "district-regulator",
            "slaughterhouse",
            "wholesale-market",
            "stall1",
            "supermarket");
    assertThat(passwords).allSatisfy(password -> assertThat(password).hasSize(18));
    assertThat(done.accounts.created.values())
        .filteredOn(account -> account.kind() == ViewerKind.OPERATOR)
        .extracting(account -> account.name())
        .containsExactlyInAnyOrder("operator", "security", "auditor", "privacy-officer");
    assertThat(done.accounts.created.get("district-regulator").divisionPrefix())
        .isEqualTo("610113");
    assertThat(done.accounts.created.get("city-regulator").divisionPrefix()).isEqualTo("6101");
    assertThat(done.file().get("apiKey").asString()).startsWith("key-of-operator");
  }

  @Test
  void saysWhatToTry() throws Exception {
    String said = done.out.toString(UTF_8);
    JsonNode file = done.file();
    assertThat(said)
        .contains(
            done.server.baseUrl() + "/t/" + file.get("traceCodes").get("pork receipt").asString())
        .contains(done.accounts.passwords.get("city-regulator"))
        .contains(done.folder.resolve(DemoFile.NAME).toString());
    assertThat(said.lines().count()).isLessThan(30);
  }

  private static String keyOf(JsonNode file, String party) {
    for (JsonNode account : file.get("accounts")) {
      if (account.get("party").asString().equals(party)) {
        return account.get("apiKey").asString();
      }
    }
    throw new AssertionError("no account of " + party);
  }
}
