package org.yuanliu.platform.personal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;
import org.yuanliu.epcis.DocumentReader;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.epcis.Limits;
import org.yuanliu.epcis.ReadResult;
import org.yuanliu.platform.ServerSettings;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.capture.CaptureServer;
import org.yuanliu.platform.database.TestDatabase;
import org.yuanliu.platform.journal.JournalSettings;
import org.yuanliu.platform.journal.Standing;
import org.yuanliu.platform.keys.Gcm;
import org.yuanliu.platform.personal.PersonalSettings.Holder;
import org.yuanliu.platform.personal.SubjectKeys.SubjectKey;

/**
 * Personal data under SM4 and a program that holds the keys: what goes wrong, and replacing them.
 */
class PersonalKeysTest extends CaptureServer {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final Path VAULT = vault();
  private static final String FIRST = "kek-1";
  private static final String SECOND = "kek-2";

  /** More than two transactions of a replacement. */
  private static final int PERSONS = 1_100;

  /** Within its second transaction. */
  private static final int WRAPS_BEFORE_THE_KILL = 700;

  @Autowired KeyRing ring;
  @Autowired SubjectKeys persons;
  @Autowired ServerSettings server;
  @Autowired DataSource dataSource;
  @Autowired TransactionOperations transactions;
  @Autowired CurrentFields fields;
  @Autowired JournalSettings journalSettings;
  @Autowired Environment environment;

  private String key = "";

  @DynamicPropertySource
  static void keys(DynamicPropertyRegistry properties) {
    properties.add("yuanliu.personal.cipher", () -> "sm4");
    properties.add("yuanliu.personal.keys.holder", () -> "process");
    properties.add("yuanliu.personal.keys.timeout", () -> TIMEOUT.toSeconds() + "s");
    properties.add("yuanliu.personal.keys.command", () -> String.join(",", command("server")));
  }

  private static List<String> command(String who) {
    try {
      String script =
          Path.of(PersonalKeysTest.class.getResource("/personal/vault.sh").toURI()).toString();
      return List.of("bash", script, VAULT.toString(), who);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path vault() {
    try {
      Path folder =
          Files.createTempDirectory(
                  Files.createDirectories(Path.of("target", "capture-tests")), "vault")
              .toAbsolutePath();
      Files.createFile(folder.resolve(FIRST + ".kek"));
      Files.writeString(folder.resolve("current"), FIRST + "\n");
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeEach
  void signIn() {
    key =
        key(
            someParty(),
            EnumSet.of(Permission.CAPTURE, Permission.QUERY, Permission.PERSONAL),
            Standing.DECLARED);
  }

  @AfterEach
  void behave() throws IOException {
    mode("server", "");
  }

  private static void mode(String who, String mode) throws IOException {
    Files.writeString(VAULT.resolve("mode-" + who), mode + "\n");
  }

  /** An identity number of a person who is not. */
  private static String number() {
    // Of some 200 million, so that nobody comes twice.
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return "990101%d%02d%02d%04d"
        .formatted(
            random.nextInt(1940, 2000),
            random.nextInt(1, 13),
            random.nextInt(1, 29),
            random.nextInt(10_000));
  }

  private static String event(String patient) {
    return """
    {"@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
                  {"yl": "https://yuanliu.org/ns/"}],
     "type": "ObjectEvent", "eventTime": "2026-11-20T05:31:07.25+08:00",
     "eventTimeZoneOffset": "+08:00", "action": "OBSERVE", "bizStep": "dispensing",
     "epcList": ["urn:uuid:%s"], "yl:patientDocument": "%s"}\
    """
        .formatted(UUID.randomUUID(), patient);
  }

  private long stored(String patient) {
    HttpResponse<String> answer = post("/epcis/events", key, event(patient));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return json(answer).get("position").asLong();
  }

  private HttpResponse<String> view(long position) {
    return send(
        request("/api/v1/personal/entries/" + position + "/view", key)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"reason\": \"核对\"}")));
  }

  private void requireShown(long position, String patient) {
    HttpResponse<String> answer = view(position);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(json(answer).at("/values/0/value").asString()).isEqualTo(patient);
  }

  private short cipherOf(long position) {
    return jdbc.sql(
            """
            select s.cipher from personal_value v join personal_subject s on s.id = v.subject
            where v.position = :position\
            """)
        .param("position", position)
        .query(Short.class)
        .single();
  }

  @Test
  void whatSm4WroteIsReadAfterASwitchToAesAndBack() {
    String patient = number();
    long position = stored(patient);
    assertThat(cipherOf(position)).isEqualTo(Gcm.SM4.code());
    requireShown(position, patient);

    String other = number();
    try (KeyRing aes = ring(Gcm.AES)) {
      PersonalValueStore reader = new PersonalValueStore(jdbc, aes);
      List<PersonalValueStore.Stored> found = reader.find(patient, 10);
      assertThat(found).hasSize(1);
      assertThat(reader.open(found.getFirst()).text()).isEqualTo(patient);
      // The next person is one of AES, whose events then come in where SM4 is set again.
      new PersonalSeal(
              fields, aes, new SubjectKeys(dataSource, aes, Clock.systemUTC()), journalSettings)
          .seal(List.of(read(event(other))), List.of(partyOf(position)));
    }
    long later = stored(other);
    assertThat(cipherOf(later)).isEqualTo(Gcm.AES.code());
    requireShown(later, other);
    requireShown(stored(patient), patient);
  }

  private KeyRing ring(Gcm cipher) {
    return new KeyRing(
        jdbc,
        transactions,
        new PersonalSettings(
            cipher,
            new PersonalSettings.Keys(Holder.PROCESS, null, List.of(), command("server"), TIMEOUT)),
        server,
        Clock.systemUTC());
  }

  private String partyOf(long position) {
    return jdbc.sql(
            """
            select p.uri from entry e join party_uri p on p.key = e.principal
            where e.position = :position\
            """)
        .param("position", position)
        .query(String.class)
        .single();
  }

  private static EpcisEvent read(String event) {
    return switch (new DocumentReader(Limits.DEFAULT).readEvent(event.getBytes(UTF_8))) {
      case ReadResult.Accepted accepted -> accepted.events().getFirst();
      case ReadResult.Refused refused -> throw new AssertionError(refused);
    };
  }

  /**
   * {@code lie} gives another key of the right form, {@code chatty} a line that nobody asked for.
   */
  @ParameterizedTest
  @ValueSource(strings = {"hang", "die", "rubbish", "refuse", "lie", "chatty", "gone"})
  void aHolderThatFailsStoresNothingAndAnswersInTime(String what) throws Exception {
    String patient = number();
    long position = stored(patient);
    List<Long> before = counts();
    Path kek = VAULT.resolve(FIRST + ".kek");
    Path aside = VAULT.resolve("aside");
    if (what.equals("gone")) {
      Files.move(kek, aside);
    } else {
      mode("server", what.equals("lie") ? "lie " + otherKey() : what);
    }
    try {
      Instant from = Instant.now();
      CompletableFuture<HttpResponse<String>> unread =
          CompletableFuture.supplyAsync(() -> view(position));
      HttpResponse<String> refused = post("/epcis/events", key, event(number()));
      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
      assertThat(refused.body()).contains("personal-key-unavailable").doesNotContain("vault.sh");
      HttpResponse<String> seen = unread.get(30, TimeUnit.SECONDS);
      if (!what.equals("chatty")) {
        // Of that one the first answer is right.
        assertThat(seen.statusCode()).as(seen.body()).isEqualTo(503);
        assertThat(ring.failure().orElseThrow()).containsAnyOf("bash", FIRST);
      }
      assertThat(Duration.between(from, Instant.now())).isLessThan(Duration.ofSeconds(20));
      assertThat(counts()).isEqualTo(before);
    } finally {
      mode("server", "");
      if (what.equals("gone")) {
        Files.move(aside, kek);
      }
    }
    // A line that nobody asked for may still lie there: it is noticed once, and then gone.
    await("the holder answers again", () -> ring.failure().isEmpty());
    requireShown(position, patient);
    String next = number();
    requireShown(stored(next), next);
  }

  private static String otherKey() {
    return Base64.getEncoder().encodeToString(new byte[Gcm.SM4.keyBytes() + 8]);
  }

  private List<Long> counts() {
    return List.of("entry", "identity", "capture_job", "personal_subject", "personal_value")
        .stream()
        .map(table -> jdbc.sql("select count(*) from " + table).query(Long.class).single())
        .toList();
  }

  @Test
  void aReplacementThatIsKilledIsBroughtToItsEndWhileEventsComeIn() throws Exception {
    List<String> digests = digests(PERSONS);
    Map<String, SubjectKey> before = persons.of(digests);
    Files.writeString(
        server.dataDir().resolve("yuanliu.yaml"),
        """
        yuanliu:
          personal:
            cipher: sm4
            keys: {holder: process, timeout: 1m, command: ["%s"]}
        """
            .formatted(String.join("\", \"", command("command"))));
    Files.createFile(VAULT.resolve(SECOND + ".kek"));
    Files.writeString(VAULT.resolve("current"), SECOND + "\n");
    mode("command", "hang-after " + WRAPS_BEFORE_THE_KILL);

    AtomicBoolean go = new AtomicBoolean(true);
    Map<Long, String> taken = new HashMap<>();
    CompletableFuture<Void> load =
        CompletableFuture.runAsync(
            () -> {
              while (go.get()) {
                String patient = number();
                taken.put(stored(patient), patient);
              }
            });
    try {
      Process killed = command("personal", "rotate-key");
      try {
        await("a part is wrapped anew", () -> under(SECOND) >= 500 || !killed.isAlive());
        assertThat(killed.isAlive())
            .as(() -> new BufferedReader(killed.inputReader()).lines().toList().toString())
            .isTrue();
      } finally {
        killed.destroyForcibly().waitFor();
      }
      assertThat(under(SECOND)).isGreaterThanOrEqualTo(500);
      assertThat(under(FIRST)).as("it was killed in the middle").isPositive();
      // Both are needed, and the health check says so where one is taken away too early.
      assertThat(ring.failure()).isEmpty();
      Path first = VAULT.resolve(FIRST + ".kek");
      Files.move(first, VAULT.resolve("aside"));
      assertThat(ring.failure()).isPresent();
      Files.move(VAULT.resolve("aside"), first);
      mode("command", "");

      Process again = command("personal", "rotate-key");
      String told = new String(again.getInputStream().readAllBytes(), UTF_8);
      assertThat(again.waitFor()).as(told).isZero();
      assertThat(told).contains("cut off", SECOND, FIRST);
      assertThat(under(FIRST)).isZero();
    } finally {
      go.set(false);
      load.get(60, TimeUnit.SECONDS);
    }
    assertThat(under(FIRST)).as("nobody came in under the old one since").isZero();
    Files.delete(VAULT.resolve(FIRST + ".kek"));
    try {
      assertThat(ring.failure()).isEmpty();
      assertThat(taken).isNotEmpty();
      taken.forEach(this::requireShown);
      Map<String, SubjectKey> after =
          new SubjectKeys(dataSource, ring, Clock.systemUTC()).of(digests);
      assertThat(after.keySet()).isEqualTo(before.keySet());
      before.forEach(
          (digest, was) -> {
            assertThat(after.get(digest).id()).isEqualTo(was.id());
            assertThat(after.get(digest).key()).isEqualTo(was.key());
          });
      assertThatThrownBy(ring::rotate).hasMessageContaining("no new key");
    } finally {
      // As the other tests expect it.
      Files.createFile(VAULT.resolve(FIRST + ".kek"));
      Files.writeString(VAULT.resolve("current"), FIRST + "\n");
      ring.rotate();
    }
  }

  private Process command(String... words) throws IOException {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "org.yuanliu.platform.Main"));
    line.addAll(List.of(words));
    line.addAll(List.of("--data", server.dataDir().toAbsolutePath().toString()));
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    for (String name : List.of("url", "user", "password")) {
      builder
          .environment()
          .put(
              "YUANLIU_DATABASE_" + name.toUpperCase(Locale.ROOT),
              environment.getProperty("yuanliu.database." + name, ""));
    }
    return builder.start();
  }

  private long under(String kek) {
    return jdbc.sql("select count(*) from personal_subject where kek = :kek")
        .param("kek", kek)
        .query(Long.class)
        .single();
  }

  private static List<String> digests(int count) {
    List<String> digests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      digests.add(HexFormat.of().formatHex(Digests.of(new byte[32], UUID.randomUUID().toString())));
    }
    return digests;
  }

  private static void await(String what, BooleanSupplier done) throws InterruptedException {
    Instant until = Instant.now().plusSeconds(60);
    while (!done.getAsBoolean()) {
      assertThat(Instant.now()).as(what).isBefore(until);
      Thread.sleep(20);
    }
  }

  @Test
  void theEnvironmentsKeysReplaceEachOther() {
    try (TestDatabase database = TestDatabase.open()) {
      String first = "11".repeat(Gcm.AES.keyBytes());
      String second = "22".repeat(Gcm.AES.keyBytes());
      String third = "33".repeat(Gcm.SM4.keyBytes());
      KeyRing old = environment(database, first);
      List<String> digests = digests(3);
      Map<String, SubjectKey> made = keys(database, old).of(digests);
      assertThatThrownBy(old::rotate).hasMessageContaining("no new key");

      KeyRing.Rotation rotation = environment(database, second, first).rotate();
      assertThat(rotation.rewrapped()).isEqualTo(3);
      assertThat(rotation.before()).containsExactly(nameOf(first));
      requireSame(keys(database, environment(database, second)).of(digests), made);

      // What is not there, or another, opens nothing and is replaced by nothing.
      for (KeyRing wrong :
          List.of(
              environment(database, first),
              environment(database, "44".repeat(Gcm.AES.keyBytes())),
              environment(database))) {
        assertThat(wrong.failure().orElseThrow())
            .contains("yuanliu.personal.keys.values", nameOf(second))
            .doesNotContain(first, second);
        assertThatThrownBy(() -> keys(database, wrong).of(digests(1)))
            .isInstanceOf(KeyGoneException.class);
        assertThatThrownBy(wrong::rotate).isInstanceOf(KeyGoneException.class);
      }
      assertThat(persons(database)).isEqualTo(3);

      assertThat(environment(database, third, second).rotate().rewrapped()).isEqualTo(3);
      requireSame(keys(database, environment(database, third)).of(digests), made);
      assertThatThrownBy(() -> environment(database, "xy".repeat(32)))
          .hasMessageContaining("hexadecimal");
      assertThatThrownBy(() -> environment(database, "11".repeat(31)))
          .hasMessageContaining("64 digits");
    }
  }

  private static String nameOf(String key) {
    return KeyHolder.name(HexFormat.of().parseHex(key));
  }

  private static long persons(TestDatabase database) {
    return JdbcClient.create(database.dataSource())
        .sql("select count(*) from personal_subject")
        .query(Long.class)
        .single();
  }

  private static void requireSame(Map<String, SubjectKey> read, Map<String, SubjectKey> made) {
    assertThat(read.keySet()).isEqualTo(made.keySet());
    made.forEach((digest, key) -> assertThat(read.get(digest).key()).isEqualTo(key.key()));
  }

  private KeyRing environment(TestDatabase database, String... values) {
    return new KeyRing(
        JdbcClient.create(database.dataSource()),
        new TransactionTemplate(new DataSourceTransactionManager(database.dataSource())),
        new PersonalSettings(
            Gcm.AES,
            new PersonalSettings.Keys(
                Holder.ENVIRONMENT, null, List.of(values), List.of(), TIMEOUT)),
        server,
        Clock.systemUTC());
  }

  private static SubjectKeys keys(TestDatabase database, KeyRing ring) {
    return new SubjectKeys(database.dataSource(), ring, Clock.systemUTC());
  }

  /** Else the old key would be thrown away after the replacement, and the person's with it. */
  @Test
  void whoComesInWhileTheKeyIsReplacedIsUnderTheNewOne() throws Exception {
    try (TestDatabase database = TestDatabase.open()) {
      String first = "11".repeat(Gcm.AES.keyBytes());
      String second = "22".repeat(Gcm.AES.keyBytes());
      KeyRing both = environment(database, first, second);
      both.own();
      JdbcClient sql = JdbcClient.create(database.dataSource());
      String digest = digests(1).getFirst();
      CompletableFuture<Map<String, SubjectKey>> made;
      try (var connection = database.dataSource().getConnection();
          var statement = connection.createStatement()) {
        connection.setAutoCommit(false);
        statement.execute("update personal_kek set retired = now()");
        statement.execute(
            "insert into personal_kek (name, created) values ('%s', now())"
                .formatted(nameOf(second)));
        made = CompletableFuture.supplyAsync(() -> keys(database, both).of(List.of(digest)));
        await(
            "it waits for the replacement",
            () ->
                sql.sql("select count(*) from pg_locks where not granted")
                        .query(Long.class)
                        .single()
                    > 0);
        connection.commit();
      }
      byte[] key = made.get(20, TimeUnit.SECONDS).get(digest).key();
      assertThat(sql.sql("select kek from personal_subject").query(String.class).single())
          .isEqualTo(nameOf(second));
      assertThat(
              keys(database, environment(database, second, first))
                  .of(List.of(digest))
                  .get(digest)
                  .key())
          .isEqualTo(key);
    }
  }
}
