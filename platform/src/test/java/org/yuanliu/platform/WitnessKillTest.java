package org.yuanliu.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuanliu.ledger.MerkleTree;
import org.yuanliu.ledger.Suite;
import org.yuanliu.ledger.note.Checkpoint;
import org.yuanliu.ledger.note.PrivateKeys;
import org.yuanliu.ledger.note.SignatureType;
import org.yuanliu.ledger.note.SignedCheckpoint;
import org.yuanliu.ledger.note.Signer;
import org.yuanliu.ledger.witness.AddCheckpoint;

/** A witness that is killed at any moment never cosigns a second history of what it answered. */
@Tag("long")
class WitnessKillTest {
  private static final Suite SUITE = Suite.SHA256_ED25519;
  private static final int ROUNDS = 4;
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir Path folder;

  private final Signer log =
      PrivateKeys.signer(
          "watched.example/log",
          SignatureType.ED25519,
          PrivateKeys.generate(SUITE, new SecureRandom()));
  private final Random random = new Random(11);
  private ServerProcess server;

  @AfterEach
  void leaveNothingBehind() throws Exception {
    if (server != null) {
      server.kill();
    }
    ServerProcess.postmaster(folder.resolve("data")).ifPresent(ProcessHandle::destroyForcibly);
  }

  private static List<byte[]> leaves(int size, boolean otherLast) {
    List<byte[]> leaves = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      byte kind = (byte) (otherLast && i == size - 1 ? 1 : 0);
      leaves.add(SUITE.newHasher().leaf(new byte[] {kind, (byte) i, (byte) (i >> 8)}));
    }
    return leaves;
  }

  private byte[] request(int old, int size, boolean otherLast) {
    List<byte[]> leaves = leaves(size, otherLast);
    SignedCheckpoint signed =
        SignedCheckpoint.sign(
            new Checkpoint(log.key().name(), size, MerkleTree.root(SUITE, leaves)),
            List.of(log),
            Instant.now());
    return new AddCheckpoint(old, MerkleTree.consistencyProof(SUITE, old, leaves), signed).encode();
  }

  private HttpResponse<byte[]> post(byte[] body) throws IOException, InterruptedException {
    return HTTP.send(
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.port() + "/ledger/witness/add-checkpoint"))
            .timeout(Duration.ofSeconds(30))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  @Test
  void whatWasAnsweredIsRememberedAfterAKill() throws Exception {
    Path data = Files.createDirectories(folder.resolve("data"));
    Map<String, String> settings =
        Map.of(
            "YUANLIU_TRANSPARENCY_WATCH_LOGS_0_ORIGIN", log.key().name(),
            "YUANLIU_TRANSPARENCY_WATCH_LOGS_0_KEYS_0", log.key().toString());
    int known = 0;
    for (int round = 0; round < ROUNDS; round++) {
      server = ServerProcess.serve(data, folder, settings);
      if (known > 0) {
        HttpResponse<byte[]> conflict = post(request(0, known + 2, false));
        assertThat(conflict.statusCode()).isEqualTo(409);
        int stored = Integer.parseInt(new String(conflict.body(), UTF_8).strip());
        // What was answered, and perhaps the one that was stored when the kill came.
        assertThat(stored).isIn(known, known + 1);
        known = stored;
        assertThat(post(request(known, known, true)).statusCode()).isEqualTo(409);
        assertThat(post(request(known, known, false)).statusCode()).isEqualTo(200);
      }
      AtomicInteger answered = new AtomicInteger(known);
      Thread growing =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      while (true) {
                        int size = answered.get();
                        if (post(request(size, size + 1, false)).statusCode() != 200) {
                          return;
                        }
                        answered.set(size + 1);
                      }
                    } catch (IOException | InterruptedException e) {
                      // killed
                    }
                  });
      Thread.sleep(1_000 + random.nextInt(500));
      server.kill();
      growing.join();
      assertThat(answered.get()).isGreaterThan(known);
      known = answered.get();
    }
  }
}
