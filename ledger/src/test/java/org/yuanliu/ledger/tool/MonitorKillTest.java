package org.yuanliu.ledger.tool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuanliu.ledger.MemoryTiles;
import org.yuanliu.ledger.Suite;

/** A monitor that is killed at any moment knows afterwards what it knew, or more. */
class MonitorKillTest {
  private static final int ROUNDS = 2;

  @TempDir Path folder;

  private final Random random = new Random(7);

  private Process follow(ServedLog log, Path state) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            LedgerTools.class.getName(),
            "monitor",
            "--url",
            log.url(),
            "--key",
            log.signer.key().toString(),
            "--interval",
            "1",
            "--state",
            state.toString())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("monitor.log").toFile())
        .start();
  }

  /** The log grows while it is followed: tiles first, then the checkpoint. */
  private static void grow(ServedLog log, List<byte[]> leaves) {
    MemoryTiles.of(log.suite, leaves)
        .byPath()
        .forEach((path, tile) -> log.files.put("tile/" + path, tile));
    log.files.put("key", (log.signer.key() + "\n").getBytes(UTF_8));
    log.files.put("checkpoint", log.checkpoint(leaves).encode());
  }

  private static long seen(Path state) {
    return MonitorState.read(state)
        .flatMap(MonitorState::seen)
        .map(last -> last.checkpoint().checkpoint().size())
        .orElse(-1L);
  }

  @Test
  void aKilledMonitorGoesOnFromWhatItWroteLast() throws Exception {
    Path state = folder.resolve("state.json");
    try (ServedLog log = new ServedLog(Suite.SHA256_ED25519)) {
      int size = 100;
      grow(log, log.leaves(size, 0));
      for (int round = 0; round < ROUNDS; round++) {
        Process monitor = follow(log, state);
        try {
          for (int i = 0; i < 400 && seen(state) < size; i++) {
            assertThat(monitor.isAlive())
                .as(Files.readString(folder.resolve("monitor.log")))
                .isTrue();
            Thread.sleep(50);
          }
          assertThat(seen(state)).as("round %d", round).isEqualTo(size);
          size += 300;
          grow(log, log.leaves(size, 0));
          Thread.sleep(random.nextInt(1_100));
        } finally {
          monitor.destroyForcibly();
        }
        assertThat(monitor.waitFor(10, TimeUnit.SECONDS)).isTrue();
        // The old state or the new one, and whole.
        assertThat(seen(state)).isIn((long) size - 300, (long) size);
      }

      // Cut off while it wrote: what lies beside the state is nobody's.
      byte[] whole = Files.readAllBytes(state);
      Path draft = folder.resolve("state.json.new");
      Files.write(draft, java.util.Arrays.copyOf(whole, whole.length / 2));
      String[] once = {"monitor", "--once", "--url", log.url(), "--state", state.toString()};
      assertThat(ServedLog.run(once).status()).isZero();
      assertThat(seen(state)).isEqualTo(size);
      assertThat(draft).doesNotExist();

      // And what it knew still tells: another history is a fork.
      log.serve(log.leaves(size + 1, 1));
      ServedLog.Run fork = ServedLog.run(once);
      assertThat(fork.status()).isEqualTo(1);
      assertThat(fork.err()).contains("FORK");
    }
  }
}
