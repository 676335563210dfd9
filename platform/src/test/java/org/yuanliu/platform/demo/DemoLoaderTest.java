package org.yuanliu.platform.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuanliu.platform.access.ViewerKind;
import org.yuanliu.platform.registry.RegistryCommand;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class DemoLoaderTest {
  private static final DemoOptions OPTIONS =
      new DemoOptions(0.01, LocalDateTime.of(2026, 11, 20, 12, 0), 1);
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  @TempDir Path folder;
  private final FakeAccounts accounts = new FakeAccounts();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private FakeServer server;

  @BeforeEach
  void start() throws Exception {
    server = new FakeServer(accounts.tokens);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void sendsEverythingWithTheKeyOfItsReporter() throws Exception {
    load();

    JsonNode file = file();
    Map<String, String> expected = new HashMap<>();
    everything()
        .forEach(
            document ->
                expected.put(new String(document.json(), UTF_8), keyOf(file, document.reporter())));
    Map<String, String> taken =
        server.taken.stream()
            .collect(Collectors.toMap(FakeServer.Taken::body, FakeServer.Taken::key));
    assertThat(taken).isEqualTo(expected);
  }

  @Test
  void whatFollowsIsSentAfterWhatItFollowsFrom() throws Exception {
    load();

    List<DemoWave> waves = new DemoEvents(OPTIONS).waves().toList();
    int before = 0;
    for (DemoWave wave : waves) {
      if (wave.awaited()) {
        Set<String> bodies =
            wave.documents().stream()
                .map(document -> new String(document.json(), UTF_8))
                .collect(Collectors.toSet());
        int awaited = before;
        assertThat(server.taken)
            .filteredOn(taken -> bodies.contains(taken.body()))
            .allSatisfy(taken -> assertThat(taken.at()).isGreaterThanOrEqualTo(awaited));
        before += wave.documents().size();
      }
    }
    assertThat(before).isGreaterThan(50);
  }

  @Test
  void registersPartiesBeforeTheFirstEventAndPapersBeforeTheyAreCited() throws Exception {
    load();

    Set<String> papers = new HashSet<>();
    Set<String> parties = new HashSet<>();
    for (RegistryCommand command : server.commands) {
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
  void aSecondStartKeepsWhatIsThere() throws Exception {
    load();
    JsonNode first = file();
    int captures = server.captures.get();
    int commands = server.commands.size();

    load(new DemoOptions(0.02, OPTIONS.now().plusDays(1), 7));

    assertThat(server.captures.get()).isEqualTo(captures);
    assertThat(server.commands).hasSize(commands);
    assertThat(file()).isEqualTo(first);
  }

  @Test
  void aLoadCutOffGoesOn() throws Exception {
    server.refusesAfter = 60;
    assertThatThrownBy(this::load).isInstanceOf(DemoException.class).hasMessageContaining("403");
    assertThat(folder.resolve(DemoFile.NAME)).doesNotExist();
    int registered = server.commands.size();
    server.refusesAfter = Integer.MAX_VALUE;

    // The options of the first start count, since its events are there.
    load(new DemoOptions(0.02, OPTIONS.now().plusDays(1), 7));

    Set<String> expected = new HashSet<>();
    everything()
        .flatMap(document -> document.events().stream())
        .forEach(event -> expected.add(MAPPER.readTree(event).toString()));
    assertThat(server.eventsTaken()).isEqualTo(expected);
    assertThat(server.taken.size()).isLessThan((int) (everything().count() + 60));
    assertThat(server.commands.stream().filter(RegistryCommand.RegisterParty.class::isInstance))
        .hasSize(
            new Cast().all().size()
                + Industries.firms().size()
                + new ScriptedChains().reporters().size());
    assertThat(registered).isPositive();
    assertThat(accounts.created).hasSameSizeAs(MAPPER.readTree(json()).get("accounts"));
  }

  @Test
  void anotherDatabaseGetsADemonstrationOfItsOwn() throws Exception {
    load();
    int captures = server.captures.get();
    Set<String> old = Set.copyOf(accounts.tokens);
    accounts.tokens.removeAll(old);
    accounts.created.clear();
    accounts.nameById.clear();

    load();

    assertThat(server.captures.get()).isEqualTo(2 * captures);
    assertThat(old).doesNotContain(file().get("apiKey").asString());
  }

  @Test
  void aBusyServerIsAskedAgain() throws Exception {
    server.busyEvery = 61;

    load();

    assertThat(server.eventsTaken())
        .hasSize((int) everything().mapToLong(d -> d.events().size()).sum());
  }

  @Test
  void theFileIsForItsOwnerAlone() throws Exception {
    load();

    for (String name : List.of(DemoFile.NAME, DemoFile.Progress.NAME)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))))
          .isEqualTo("rw-------");
    }
    JsonNode file = file();
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
    load();
    Set<String> passwords = new HashSet<>(accounts.passwords.values());

    assertThat(passwords).hasSameSizeAs(accounts.passwords.keySet());
    assertThat(accounts.passwords)
        .containsKeys(
            "operator",
            "city-regulator",
            "district-regulator",
            "slaughterhouse",
            "wholesale-market",
            "stall1",
            "supermarket");
    assertThat(passwords).allSatisfy(password -> assertThat(password).hasSize(18));
    assertThat(accounts.created.values())
        .filteredOn(account -> account.kind() == ViewerKind.OPERATOR)
        .extracting(account -> account.name())
        .containsExactlyInAnyOrder("operator", "security", "auditor", "privacy-officer");
    assertThat(accounts.created.get("district-regulator").divisionPrefix()).isEqualTo("610113");
    assertThat(accounts.created.get("city-regulator").divisionPrefix()).isEqualTo("6101");
    assertThat(file().get("apiKey").asString()).startsWith("key-of-operator");
  }

  @Test
  void saysWhatToTry() throws Exception {
    load();

    String said = out.toString(UTF_8);
    JsonNode file = file();
    assertThat(said)
        .contains(server.baseUrl() + "/t/" + file.get("traceCodes").get("pork receipt").asString())
        .contains(accounts.passwords.get("city-regulator"))
        .contains(folder.resolve(DemoFile.NAME).toString());
    assertThat(said.lines().count()).isLessThan(30);
  }

  /** What the markets send, and the other industries. */
  private static Stream<DemoDocument> everything() {
    Stream<DemoWave> others =
        Stream.concat(
            new Industries(OPTIONS).waves(0),
            new ScriptedChains().waves(OPTIONS.today(), OPTIONS.now(), 0).stream());
    return Stream.concat(
        DemoEvents.stream(OPTIONS), others.flatMap(wave -> wave.documents().stream()));
  }

  private void load() throws Exception {
    load(OPTIONS);
  }

  private void load(DemoOptions options) throws Exception {
    new DemoLoader(accounts, Clock.systemUTC())
        .load(
            server.baseUrl(),
            folder,
            options,
            "log.example/1",
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            false);
  }

  private byte[] json() throws Exception {
    return Files.readAllBytes(folder.resolve(DemoFile.NAME));
  }

  private JsonNode file() throws Exception {
    return MAPPER.readTree(json());
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
