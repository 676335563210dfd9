package org.yuanliu.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The data folder on a real, small file system that fills up under load. Nothing that was
 * acknowledged is lost, nothing is stored of what was turned away, and when there is room again the
 * same server goes on.
 */
class FullDiskTest {
  private static final int DISK_MB = 400;
  private static final int MIN_ACKNOWLEDGED = 50;
  private static final int MIN_REFUSED = 20;

  /** How long clients go on without room. */
  private static final int FULL_MS = 2_000;

  private static final String NO_SPACE = "No space left on device";
  private static final int RESERVE_MB = 64;
  private static final int LESS_THAN_A_LOG_SEGMENT_MB = 10;
  private static final long MB = 1 << 20;

  @TempDir Path folder;

  private Path disk;
  private ServerProcess server;
  private Senders senders;

  /** Storing ends while the reserve is left, so that the database lives and reading goes on. */
  @Test
  @Tag("long")
  void keepsItsReserve() throws Exception {
    assertThat(databaseLog(fullDisk(RESERVE_MB, RESERVE_MB / 2, true))).doesNotContain(NO_SPACE);
    assertThat(senders.turnedAwayFor("storage-full")).isPositive();
  }

  /** No room for another segment of the database's log: PostgreSQL stops and cannot start. */
  @Test
  @Tag("long")
  void comesBackAfterTheDatabaseStopped() throws Exception {
    assertThat(databaseLog(fullDisk(0, LESS_THAN_A_LOG_SEGMENT_MB, false)))
        .containsPattern("PANIC: .*" + NO_SPACE);
  }

  /** No room in the tables, while the database's log has some. */
  @Test
  @Tag("long")
  void goesOnAfterTablesCouldNotGrow() throws Exception {
    assertThat(databaseLog(fullDisk(0, 0, false)))
        .containsPattern("could not extend file .*" + NO_SPACE);
  }

  /**
   * Fills the disk under load, looks on, makes room again and checks everything.
   *
   * @param reads whether reading goes on meanwhile
   * @return the folder of the database's own log
   */
  private Path fullDisk(int reserveMb, int leftMb, boolean reads) throws Exception {
    mount();
    senders =
        new Senders(
            ServerProcess.account(
                data(), folder, "operator", "urn:yuanliu:uscc:91610100MA6U123487"));
    server =
        ServerProcess.serve(
            data(), folder, Map.of("YUANLIU_DATABASE_RESERVEMB", Integer.toString(reserveMb)));
    senders.port = server.port();
    senders.answersAll = true;
    AtomicBoolean go = new AtomicBoolean(true);
    List<Future<?>> clients;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      clients = senders.begin(threads, go, 1);
      try {
        Senders.await("load", () -> senders.acknowledged.size() >= MIN_ACKNOWLEDGED);
        fill(leftMb);
        Senders.await("refusal", () -> senders.turnedAway.size() >= MIN_REFUSED);
        Senders.await("health tells", () -> senders.health() == 503);
        int looks = senders.goodLooks.get();
        Thread.sleep(FULL_MS);
        if (reads) {
          assertThat(senders.goodLooks.get()).as("reads while full").isGreaterThan(looks);
        }
        Files.delete(ballast());
        Senders.await("storing", () -> senders.sendEvent(senders.newId()));
        Senders.await("health", () -> senders.health() == 200);
      } finally {
        go.set(false);
      }
    }
    for (Future<?> client : clients) {
      client.get();
    }
    System.out.printf(
        "FullDiskTest: %d acknowledged, %d documents taken, %d events turned away, %d refused%n",
        senders.acknowledged.size(),
        senders.taken.size(),
        senders.turnedAway.size(),
        senders.refused.get());
    senders.verify("after the full disk", new Random(1));
    server.stop();
    senders.verifyRows(data());
    return data().resolve("postgres").resolve("cluster").resolve("log");
  }

  private static String databaseLog(Path folder) throws IOException {
    StringBuilder log = new StringBuilder();
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        log.append(Files.readString(file));
      }
    }
    return log.toString();
  }

  @AfterEach
  void leaveNothingBehind() throws Exception {
    if (disk == null) {
      return;
    }
    try {
      if (server != null) {
        server.kill();
      }
      ServerProcess.postmaster(data()).ifPresent(ProcessHandle::destroyForcibly);
    } finally {
      // Lazily: the database's processes may need a moment to end.
      run("umount", "--lazy", disk.toString());
    }
  }

  private void mount() throws IOException, InterruptedException {
    Path at = Files.createDirectories(folder.resolve("disk"));
    if (run("mount", "-t", "tmpfs", "-o", "size=" + DISK_MB + "m", "yuanliu-test", at.toString())
        != 0) {
      abort("no right to mount a small file system here");
    }
    disk = at;
  }

  private static int run(String... command) throws IOException, InterruptedException {
    try {
      Process process = new ProcessBuilder(command).inheritIO().start();
      return process.waitFor(30, TimeUnit.SECONDS) ? process.exitValue() : -1;
    } catch (IOException e) {
      return -1; // no such command
    }
  }

  /** Takes the disk but for some megabytes. */
  private void fill(int leftMb) throws IOException {
    FileStore store = Files.getFileStore(disk);
    byte[] piece = new byte[64 << 10];
    try (OutputStream ballast = Files.newOutputStream(ballast())) {
      while (store.getUsableSpace() > leftMb * MB) {
        ballast.write(piece);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining(NO_SPACE);
    }
  }

  private Path ballast() {
    return disk.resolve("ballast");
  }

  private Path data() throws IOException {
    return Files.createDirectories(disk.resolve("data"));
  }
}
