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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuanliu.ledger.MerkleTree;
import org.yuanliu.ledger.Suite;
import org.yuanliu.ledger.note.Checkpoint;
import org.yuanliu.ledger.note.NoteException;
import org.yuanliu.ledger.note.PrivateKeys;
import org.yuanliu.ledger.note.SignatureType;
import org.yuanliu.ledger.note.SignedCheckpoint;
import org.yuanliu.ledger.note.Signer;
import org.yuanliu.ledger.note.VerifierKey;
import org.yuanliu.ledger.witness.AddCheckpoint;

/**
 * SIGKILL of a whole server, and of its PostgreSQL, while it cosigns another log: what it cosigned
 * it remembers, so that the log cannot take it back by waiting for a crash.
 */
class WitnessKillTest {
  private static final Suite SUITE = Suite.SHA256_ED25519;
  private static final String ORIGIN = "lower.example/log";
  private static final Signer LOG =
      PrivateKeys.signer(
          ORIGIN, SignatureType.ED25519, PrivateKeys.generate(SUITE, new SecureRandom()));
  private static final Map<String, String> SETTINGS =
      Map.of(
          "YUANLIU_TRANSPARENCY_WATCH_NAME",
          "upper.example/witness",
          "YUANLIU_TRANSPARENCY_WATCH_LOGS_0_ORIGIN",
          ORIGIN,
          "YUANLIU_TRANSPARENCY_WATCH_LOGS_0_KEYS_0",
          LOG.key().toString());

  /** A moment within the first answers, or between two of them. */
  private static final int LONGEST_LIFE_MS = 400;

  /** Half of them take the database along. */
  private static final int ROUNDS = 6;

  @TempDir Path folder;

  private final HttpClient http = HttpClient.newHttpClient();

  /** The leaves of the history that is submitted. */
  private final List<byte[]> leaves = new ArrayList<>();

  /** The size of the newest checkpoint that came back cosigned; nothing less may be remembered. */
  private volatile int cosigned;

  /** The size of the newest checkpoint that was asked for; it may be remembered unanswered. */
  private volatile int asked;

  private @Nullable ServerProcess server;
  private @Nullable VerifierKey witness;

  @Test
  @Tag("long")
  void whatWasCosignedIsRememberedAfterKillsAtRandomMoments() throws Exception {
    long seed = System.nanoTime();
    System.out.println("WitnessKillTest seed " + seed);
    Random random = new Random(seed);
    start();
    int unanswered = 0;
    for (int round = 0; round < ROUNDS; round++) {
      int before = cosigned;
      ServerProcess victim = server();
      Thread submitting = Thread.ofPlatform().start(this::submitUntilItDies);
      Thread.sleep(20 + random.nextInt(LONGEST_LIFE_MS));
      if (round % 2 == 1) {
        // The database too: what was answered had been written to the disk.
        ServerProcess.postmaster(data()).orElseThrow().destroyForcibly();
      }
      victim.kill();
      submitting.join();
      start();
      unanswered += nothingIsTakenBack();
      System.out.printf("round %d: %d to %d cosigned%n", round, before, cosigned);
    }
    assertThat(cosigned).as("the witness cosigned between the kills").isGreaterThan(20);
    System.out.println("stored and not answered: " + unanswered);
  }

  /** Every next size, one after the other, each built on the one that was cosigned last. */
  private void submitUntilItDies() {
    while (true) {
      grow(cosigned + 1);
      asked = cosigned + 1;
      AddCheckpoint request = request(cosigned, leaves.subList(0, asked));
      try {
        HttpResponse<byte[]> answer = post(request);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(request.cosignatures(answer.body(), List.of(witness()))).hasSize(1);
        cosigned = asked;
      } catch (IOException e) {
        return; // killed
      } catch (NoteException e) {
        throw new AssertionError(e);
      }
    }
  }

  /**
   * Asks for what a witness that forgot would cosign.
   *
   * @return how many checkpoints it stored whose cosignature never arrived
   */
  private int nothingIsTakenBack() throws Exception {
    int newest = cosigned;
    // As if it had never seen the log; a forgetful witness would cosign and begin anew.
    HttpResponse<byte[]> conflict = post(request(0, leaves.subList(0, 1)));
    assertThat(conflict.statusCode()).isEqualTo(409);
    int remembered = Integer.parseInt(new String(conflict.body(), UTF_8).strip());
    assertThat(remembered).isBetween(newest, asked);

    // An older state of its own history, built on what was true then.
    for (int size : List.of(1, remembered / 2, remembered - 1)) {
      if (size > 0 && size < remembered) {
        int old = Math.max(0, size - 1);
        assertThat(post(request(old, leaves.subList(0, size))).statusCode()).isEqualTo(409);
      }
    }
    // Another history: of the same size, and one that goes on from before the crash.
    List<byte[]> forked = new ArrayList<>(leaves.subList(0, remembered + 1));
    forked.set(remembered - 1, SUITE.newHasher().leaf(new byte[] {1, 2, 3}));
    assertThat(post(request(remembered, forked.subList(0, remembered))).statusCode())
        .isEqualTo(409);
    assertThat(post(request(remembered, forked)).statusCode()).isEqualTo(422);
    assertThat(post(request(remembered - 1, forked)).statusCode()).isEqualTo(409);

    // And its own goes on.
    grow(remembered + 1);
    asked = remembered + 1;
    assertThat(post(request(remembered, leaves.subList(0, asked))).statusCode()).isEqualTo(200);
    cosigned = asked;
    return remembered - newest;
  }

  private void grow(int size) {
    while (leaves.size() <= size) {
      leaves.add(SUITE.newHasher().leaf(Integer.toString(leaves.size()).getBytes(UTF_8)));
    }
  }

  private static AddCheckpoint request(int old, List<byte[]> leaves) {
    return new AddCheckpoint(
        old,
        MerkleTree.consistencyProof(SUITE, old, leaves),
        SignedCheckpoint.sign(
            new Checkpoint(ORIGIN, leaves.size(), MerkleTree.root(SUITE, leaves)),
            List.of(LOG),
            Instant.now()));
  }

  private HttpResponse<byte[]> post(AddCheckpoint request) throws IOException {
    try {
      return http.send(
          HttpRequest.newBuilder(uri("/ledger/witness/add-checkpoint"))
              .timeout(Duration.ofSeconds(60))
              .POST(HttpRequest.BodyPublishers.ofByteArray(request.encode()))
              .build(),
          HttpResponse.BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server().port() + path);
  }

  /** The same key after every start: it is in a file, not in the process. */
  private void start() throws Exception {
    server = ServerProcess.serve(data(), folder, SETTINGS);
    HttpResponse<String> keys =
        http.send(
            HttpRequest.newBuilder(uri("/ledger/witness/key")).build(),
            HttpResponse.BodyHandlers.ofString());
    VerifierKey key = VerifierKey.parse(keys.body().strip());
    if (witness != null) {
      assertThat(key).isEqualTo(witness);
    }
    witness = key;
  }

  private ServerProcess server() {
    if (server == null) {
      throw new IllegalStateException("not started");
    }
    return server;
  }

  private VerifierKey witness() {
    if (witness == null) {
      throw new IllegalStateException("not started");
    }
    return witness;
  }

  @AfterEach
  void leaveNothingBehind() throws Exception {
    if (server != null) {
      server.kill();
    }
    ServerProcess.postmaster(data()).ifPresent(ProcessHandle::destroyForcibly);
  }

  private Path data() throws IOException {
    return Files.createDirectories(folder.resolve("data"));
  }
}
