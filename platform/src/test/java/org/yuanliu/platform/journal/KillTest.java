package org.yuanliu.platform.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL at random moments under load, of the server, of PostgreSQL's postmaster, of one of its
 * backends. Whatever dies: what was acknowledged is there, at the place that was told, nothing is
 * there twice, and the tree agrees with the rows.
 */
class KillTest {
  private static final int CLIENTS = 8;
  private static final int MAX_DRAFTS = 20;
  private static final int MIN_LOAD_MS = 10;
  private static final int MAX_LOAD_MS = 2_000;
  private static final int AFTER_KILL_MS = 500;
  private static final int MIN_ACKNOWLEDGED = 200;
  private static final Duration START_LIMIT = Duration.ofSeconds(120);
  private static final Duration RECOVERY_LIMIT = Duration.ofSeconds(120);

  @TempDir Path folder;

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  /** What was acknowledged: position by id. */
  private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();

  /** What was sent and got no answer: may be there or not, and is sent again. */
  private final Map<String, Boolean> unanswered = new ConcurrentHashMap<>();

  private Process server;
  private int port;

  private enum Victim {
    SERVER,
    POSTMASTER,
    BACKEND
  }

  @Test
  void fiveRounds() throws Exception {
    rounds(5, System.nanoTime());
  }

  @Test
  @Tag("long")
  void fiftyRounds() throws Exception {
    rounds(50, System.nanoTime());
  }

  @AfterEach
  void leaveNothingBehind() throws Exception {
    if (server != null) {
      server.destroyForcibly().waitFor();
    }
    postmaster().ifPresent(ProcessHandle::destroyForcibly);
  }

  private void rounds(int rounds, long seed) throws Exception {
    System.out.println("KillTest seed " + seed);
    Random random = new Random(seed);
    start();
    for (int round = 0; round < rounds; round++) {
      Victim victim =
          round < Victim.values().length
              ? Victim.values()[round]
              : Victim.values()[random.nextInt(Victim.values().length)];
      int before = acknowledged.size();
      load(round, random, victim);
      verify("round " + round + " after the end of " + victim);
      System.out.printf(
          "KillTest round %d: %s killed, %d acknowledged, %d unanswered%n",
          round, victim, acknowledged.size() - before, unanswered.size());
      assertThat(acknowledged.size()).as("load in round %d", round).isGreaterThan(before);
    }
    server.destroy();
    assertThat(server.waitFor(60, TimeUnit.SECONDS)).as("graceful stop").isTrue();
    assertThat(postmaster()).as("PostgreSQL after a graceful stop").isEmpty();
    start();
    verify("after a graceful stop");
  }

  /** Sends from several clients, kills at a random moment, waits until storing works again. */
  private void load(int round, Random random, Victim victim) throws Exception {
    long seed = random.nextLong();
    long killAfterMs = MIN_LOAD_MS + random.nextInt(MAX_LOAD_MS - MIN_LOAD_MS);
    int before = acknowledged.size();
    AtomicBoolean go = new AtomicBoolean(true);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int client = 0; client < CLIENTS; client++) {
        int number = client;
        threads.submit(() -> send(round, number, new Random(seed + number), go));
      }
      // A server that is still warming up has nothing to lose.
      long deadline = System.nanoTime() + RECOVERY_LIMIT.toNanos();
      while (acknowledged.size() < before + MIN_ACKNOWLEDGED && System.nanoTime() < deadline) {
        Thread.sleep(5);
      }
      Thread.sleep(killAfterMs);
      kill(victim, random);
      Thread.sleep(AFTER_KILL_MS);
      go.set(false);
    }
    if (victim == Victim.SERVER) {
      start();
    }
    awaitStoring("recovered-" + round);
  }

  private void send(int round, int client, Random random, AtomicBoolean go) {
    for (int i = 0; go.get(); i++) {
      String prefix = round + "-" + client + "-" + i + "-";
      List<String> ids = new ArrayList<>();
      IntStream.range(0, 1 + random.nextInt(MAX_DRAFTS)).forEach(n -> ids.add(prefix + n));
      // A client that got no answer sends again.
      unanswered.keySet().stream().skip(client).limit(2).forEach(ids::add);
      if (!append(ids) && !pause()) {
        return;
      }
    }
  }

  private static boolean pause() {
    try {
      Thread.sleep(50);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  private boolean append(List<String> ids) {
    ids.forEach(id -> unanswered.put(id, true));
    try {
      HttpResponse<String> response =
          http.send(
              HttpRequest.newBuilder(uri("/append"))
                  .timeout(Duration.ofSeconds(60))
                  .POST(HttpRequest.BodyPublishers.ofString(String.join("\n", ids)))
                  .build(),
              HttpResponse.BodyHandlers.ofString(UTF_8));
      if (response.statusCode() != 200) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(503);
        return false;
      }
      List<Long> positions = response.body().lines().map(Long::valueOf).toList();
      assertThat(positions).hasSameSizeAs(ids);
      for (int i = 0; i < ids.size(); i++) {
        Long earlier = acknowledged.put(ids.get(i), positions.get(i));
        assertThat(earlier == null || earlier.equals(positions.get(i)))
            .as("%s was at %s and is at %s", ids.get(i), earlier, positions.get(i))
            .isTrue();
        unanswered.remove(ids.get(i));
      }
      return true;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void awaitStoring(String id) throws InterruptedException {
    long deadline = System.nanoTime() + RECOVERY_LIMIT.toNanos();
    while (!append(List.of(id))) {
      if (System.nanoTime() > deadline) {
        fail("nothing can be stored " + RECOVERY_LIMIT + " after the kill");
      }
      Thread.sleep(50);
    }
  }

  private void kill(Victim victim, Random random) throws IOException {
    switch (victim) {
      case SERVER -> server.destroyForcibly();
      case POSTMASTER -> postmaster().orElseThrow().destroyForcibly();
      case BACKEND -> {
        List<ProcessHandle> children = postmaster().orElseThrow().children().toList();
        children.get(random.nextInt(children.size())).destroyForcibly();
      }
    }
  }

  private void verify(String when) throws Exception {
    HttpResponse<String> response =
        http.send(
            HttpRequest.newBuilder(uri("/verify")).timeout(RECOVERY_LIMIT).build(),
            HttpResponse.BodyHandlers.ofString(UTF_8));
    assertThat(response.statusCode()).as(when + ": " + response.body()).isEqualTo(200);
    List<String> lines = response.body().lines().toList();
    assertThat(lines.getFirst()).as(when).startsWith("Sound[");
    Map<String, Long> stored = new HashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] parts = line.split(" ", 2);
      Long twice = stored.put(parts[1], Long.valueOf(parts[0]));
      assertThat(twice).as("%s: %s is stored twice", when, parts[1]).isNull();
    }
    Map<String, Long> lost =
        acknowledged.entrySet().stream()
            .filter(entry -> !entry.getValue().equals(stored.get(entry.getKey())))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    assertThat(lost).as(when + ": acknowledged and not there").isEmpty();
    stored.keySet().removeAll(acknowledged.keySet());
    assertThat(unanswered.keySet())
        .as(when + ": stored and never sent")
        .containsAll(stored.keySet());
  }

  private void start() throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder, "server", ".log");
    server =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                KillServer.class.getName(),
                folder.resolve("postgres").toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (true) {
      Optional<String> line =
          Files.readString(output).lines().filter(l -> l.startsWith("PORT ")).findFirst();
      if (line.isPresent()) {
        port = Integer.parseInt(line.get().substring("PORT ".length()));
        return;
      }
      if (!server.isAlive() || System.nanoTime() > deadline) {
        fail("the server does not start: " + Files.readString(output));
      }
      Thread.sleep(20);
    }
  }

  private Optional<ProcessHandle> postmaster() throws IOException {
    Path file = folder.resolve("postgres").resolve("cluster").resolve("postmaster.pid");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(Files.readAllLines(file).getFirst().strip()));
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }
}
