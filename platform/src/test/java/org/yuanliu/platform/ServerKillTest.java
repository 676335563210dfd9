package org.yuanliu.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL at random moments under load, of the whole server and of its PostgreSQL. What was
 * answered 201 is there at the position that was told, what was answered 202 is finished, nothing
 * is there twice, and who is refused meanwhile is told 503 and when to come back.
 */
class ServerKillTest {
  private static final int MIN_ACKNOWLEDGED = 50;
  private static final int MIN_LOAD_MS = 10;
  private static final int MAX_LOAD_MS = 1_500;

  /** How long clients go on without PostgreSQL, to see what they are told. */
  private static final int AFTER_KILL_MS = 3_000;

  @TempDir Path folder;

  private ServerProcess server;
  private Senders senders;

  private enum Victim {
    SERVER,
    POSTMASTER
  }

  @Test
  @Tag("long")
  void twoRounds() throws Exception {
    rounds(2, System.nanoTime());
  }

  @Test
  @Tag("long")
  void twentyRounds() throws Exception {
    rounds(20, System.nanoTime());
  }

  @AfterEach
  void leaveNothingBehind() throws Exception {
    if (server != null) {
      server.kill();
    }
    ServerProcess.postmaster(data()).ifPresent(ProcessHandle::destroyForcibly);
  }

  private void rounds(int rounds, long seed) throws Exception {
    System.out.println("ServerKillTest seed " + seed);
    Random random = new Random(seed);
    senders =
        new Senders(
            ServerProcess.account(
                data(), folder, "operator", "urn:yuanliu:uscc:91610100MA6U123487"));
    serve();
    for (int round = 0; round < rounds; round++) {
      Victim victim = Victim.values()[round % Victim.values().length];
      int before = senders.acknowledged.size();
      int refusedBefore = senders.refused.get();
      load(random, victim);
      System.out.printf(
          "ServerKillTest round %d: %s killed, %d acknowledged, %d documents taken,"
              + " %d events and %d documents unanswered, %d refused%n",
          round,
          victim,
          senders.acknowledged.size() - before,
          senders.taken.size(),
          senders.unansweredEvents.size(),
          senders.unansweredDocuments.size(),
          senders.refused.get() - refusedBefore);
      senders.verify("round " + round + " after the end of " + victim, random);
    }
    server.stop();
    assertThat(ServerProcess.postmaster(data())).as("PostgreSQL after the stop").isEmpty();
    senders.verifyRows(data());
  }

  private void serve() throws IOException, InterruptedException {
    server = ServerProcess.serve(data(), folder);
    senders.port = server.port();
  }

  /** Sends from several clients, kills at a random moment, waits until storing works again. */
  private void load(Random random, Victim victim) throws Exception {
    long killAfterMs = MIN_LOAD_MS + random.nextInt(MAX_LOAD_MS - MIN_LOAD_MS);
    int before = senders.acknowledged.size();
    senders.answersAll = victim == Victim.POSTMASTER;
    AtomicBoolean go = new AtomicBoolean(true);
    List<Future<?>> clients;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      clients = senders.begin(threads, go, random.nextLong());
      try {
        Senders.await(
            "load",
            () ->
                senders.acknowledged.size() >= before + MIN_ACKNOWLEDGED
                    && !senders.taken.isEmpty());
        Thread.sleep(killAfterMs);
        switch (victim) {
          case SERVER -> server.kill();
          case POSTMASTER -> {
            ServerProcess.postmaster(data()).orElseThrow().destroyForcibly();
            Thread.sleep(AFTER_KILL_MS);
          }
        }
      } finally {
        go.set(false);
      }
    }
    for (Future<?> client : clients) {
      client.get();
    }
    assertThat(senders.wrong).as(victim + " killed").isEmpty();
    if (victim == Victim.SERVER) {
      serve();
    }
    senders.answersAll = true;
    Senders.await("storing", () -> senders.sendEvent(senders.newId()));
    Senders.await("health", () -> senders.health() == 200);
  }

  private Path data() throws IOException {
    return Files.createDirectories(folder.resolve("data"));
  }
}
