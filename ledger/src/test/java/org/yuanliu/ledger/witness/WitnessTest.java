package org.yuanliu.ledger.witness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.yuanliu.ledger.Hasher;
import org.yuanliu.ledger.MemoryTiles;
import org.yuanliu.ledger.MerkleTree;
import org.yuanliu.ledger.Suite;
import org.yuanliu.ledger.TileTree;
import org.yuanliu.ledger.note.Checkpoint;
import org.yuanliu.ledger.note.NoteException;
import org.yuanliu.ledger.note.NoteSignature;
import org.yuanliu.ledger.note.PrivateKeys;
import org.yuanliu.ledger.note.SignatureType;
import org.yuanliu.ledger.note.SignedCheckpoint;
import org.yuanliu.ledger.note.Signer;

class WitnessTest {
  private static final String LOG = "log.example/1";
  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

  /** A log with its signer, the witness's signer, and what the witness has stored. */
  private static final class World {
    final Suite suite;
    final Signer log;
    final Signer witness;
    final List<byte[]> leaves = new ArrayList<>();
    Optional<WatchedHead> stored = Optional.empty();

    World(Suite suite) {
      this.suite = suite;
      log = signer(LOG, SignatureType.note(suite));
      witness = signer("witness.example/w", SignatureType.cosignature(suite));
      Hasher hasher = suite.newHasher();
      for (int i = 0; i < 600; i++) {
        leaves.add(hasher.leaf(new byte[] {(byte) i, (byte) (i >> 8)}));
      }
    }

    byte[] root(int size) {
      return MerkleTree.root(suite, leaves.subList(0, size));
    }

    SignedCheckpoint checkpoint(int size) {
      return checkpoint(size, root(size));
    }

    SignedCheckpoint checkpoint(int size, byte[] root) {
      return SignedCheckpoint.sign(new Checkpoint(LOG, size, root), List.of(log), NOW);
    }

    AddCheckpoint request(int old, int size) {
      return new AddCheckpoint(old, proof(old, size), checkpoint(size));
    }

    List<byte[]> proof(int old, int size) {
      MemoryTiles tiles = MemoryTiles.of(suite, leaves.subList(0, size));
      return new TileTree(suite, size, tiles).consistencyProof(old);
    }

    WitnessAnswer send(AddCheckpoint request) {
      return send(request.encode());
    }

    WitnessAnswer send(byte[] body) {
      return switch (Witness.read(
          body, origin -> origin.equals(LOG) ? List.of(log.key()) : List.of())) {
        case Witness.Answered(WitnessAnswer answer) -> answer;
        case Witness.Submission submission ->
            switch (submission.judge(stored)) {
              case Witness.Answered(WitnessAnswer answer) -> answer;
              case Witness.Accepted accepted -> {
                stored = Optional.of(accepted.head());
                yield accepted.cosign(List.of(witness), NOW);
              }
            };
      };
    }
  }

  private static Signer signer(String name, SignatureType type) {
    return PrivateKeys.signer(name, type, PrivateKeys.generate(type.suite(), new SecureRandom()));
  }

  @ParameterizedTest
  @EnumSource
  void aLogThatGrowsIsCosignedEveryTime(Suite suite) throws NoteException {
    World world = new World(suite);
    int old = 0;
    for (int size : new int[] {0, 1, 1, 2, 256, 257, 600, 600}) {
      AddCheckpoint request = world.request(old, size);
      WitnessAnswer answer = world.send(request);
      assertThat(answer.status()).as("from %d to %d", old, size).isEqualTo(200);
      List<NoteSignature> cosignatures =
          request.cosignatures(answer.body(), List.of(world.witness.key()));
      SignedCheckpoint cosigned = request.checkpoint().with(cosignatures);
      assertThat(cosigned.verify(List.of(world.witness.key(), world.log.key()))).hasSize(2);
      old = size;
    }
  }

  @Test
  void theAnswersOfTheSpecification() {
    World world = new World(Suite.SHA256_ED25519);
    assertThat(world.send(world.request(0, 100)).status()).isEqualTo(200);

    // 404: another origin
    SignedCheckpoint foreign =
        SignedCheckpoint.sign(
            new Checkpoint("log.example/2", 100, world.root(100)), List.of(world.log), NOW);
    assertThat(world.send(new AddCheckpoint(100, List.of(), foreign)).status()).isEqualTo(404);

    // 403: no signature by the log's key; one by it that does not hold
    Signer stranger = signer(LOG, SignatureType.ED25519);
    SignedCheckpoint unsigned =
        SignedCheckpoint.sign(new Checkpoint(LOG, 100, world.root(100)), List.of(stranger), NOW);
    assertThat(world.send(new AddCheckpoint(100, List.of(), unsigned)).status()).isEqualTo(403);
    byte[] forged =
        new String(world.request(100, 101).encode(), UTF_8)
            .replace("\n101\n", "\n102\n")
            .getBytes(UTF_8);
    assertThat(world.send(forged).status()).isEqualTo(403);

    // 400: an old size over the checkpoint's; what is no request
    assertThat(world.send(new AddCheckpoint(101, List.of(), world.checkpoint(100))).status())
        .isEqualTo(400);
    assertThat(world.send("nonsense".getBytes(UTF_8)).status()).isEqualTo(400);

    // 409 with the size
    WitnessAnswer conflict = world.send(world.request(50, 200));
    assertThat(conflict.status()).isEqualTo(409);
    assertThat(conflict.contentType()).isEqualTo("text/x.tlog.size");
    assertThat(new String(conflict.body(), UTF_8)).isEqualTo("100\n");
    assertThat(world.send(world.request(0, 200)).status()).isEqualTo(409);

    // 422: a proof that does not hold; the same size with another root
    List<byte[]> proof = new ArrayList<>(world.proof(100, 200));
    proof.set(0, new byte[32]);
    assertThat(world.send(new AddCheckpoint(100, proof, world.checkpoint(200))).status())
        .isEqualTo(422);
    assertThat(
            world
                .send(new AddCheckpoint(100, List.of(), world.checkpoint(100, new byte[32])))
                .status())
        .isEqualTo(409);
    assertThat(
            world
                .send(
                    new AddCheckpoint(
                        100, List.of(new byte[32]), world.checkpoint(100, new byte[32])))
                .status())
        .isEqualTo(422);
    assertThat(
            world
                .send(new AddCheckpoint(100, world.proof(100, 200), world.checkpoint(100)))
                .status())
        .isEqualTo(422);

    // and none of it moved the witness
    assertThat(world.stored.orElseThrow().size()).isEqualTo(100);
    assertThat(world.send(world.request(100, 200)).status()).isEqualTo(200);
    assertThat(world.stored.orElseThrow().size()).isEqualTo(200);
  }

  @Test
  void theFirstCheckpointNeedsNoProofAndAnEmptyTreeHasTheEmptyRoot() {
    World world = new World(Suite.SM3_SM2);
    assertThat(
            world.send(new AddCheckpoint(0, List.of(new byte[32]), world.checkpoint(100))).status())
        .isEqualTo(422);
    assertThat(
            world.send(new AddCheckpoint(0, List.of(), world.checkpoint(0, new byte[32]))).status())
        .isEqualTo(422);
    assertThat(world.stored).isEmpty();
  }

  @Test
  void requestsThatAreNoneAreRefused() throws NoteException {
    World world = new World(Suite.SHA256_ED25519);
    String good = new String(world.request(100, 200).encode(), UTF_8);
    assertThat(AddCheckpoint.parse(good.getBytes(UTF_8)).proof()).hasSizeGreaterThan(2);
    for (String bad :
        List.of(
            "",
            good.replace("old 100", "old 0100"),
            good.replace("old 100", "old -1"),
            good.replace("old 100", "old  100"),
            good.replace("old 100", "new 100"),
            good.replace("old 100\n", ""),
            good.replace("old 100\n", "old 100\nAAAA\n"),
            good.replace("old 100\n", "old 100\n\n"),
            good.replace("=\n", "\n"),
            good.substring(0, good.length() - 1))) {
      assertThatThrownBy(() -> AddCheckpoint.parse(bad.getBytes(UTF_8)))
          .as(bad)
          .isInstanceOf(NoteException.class);
    }
  }

  @Test
  void sixtyThreeLinesOfProofAndNoMore() throws NoteException {
    World world = new World(Suite.SHA256_ED25519);
    List<byte[]> most = Collections.nCopies(63, new byte[32]);
    byte[] body = new AddCheckpoint(1, most, world.checkpoint(2)).encode();
    assertThat(AddCheckpoint.parse(body).proof()).hasSize(63);
    String line = Base64.getEncoder().encodeToString(new byte[32]) + "\n";
    String more = new String(body, UTF_8).replaceFirst("old 1\n", "old 1\n" + line);
    assertThatThrownBy(() -> AddCheckpoint.parse(more.getBytes(UTF_8)))
        .isInstanceOf(NoteException.class);
    assertThatThrownBy(() -> AddCheckpoint.parse(new byte[AddCheckpoint.MAX_BYTES + 1]))
        .isInstanceOf(NoteException.class);
  }

  @Test
  void aLogBelievesAWitnessOnlyWhatItSigned() throws NoteException {
    World world = new World(Suite.SHA256_ED25519);
    AddCheckpoint request = world.request(0, 10);
    byte[] answer = world.send(request).body();
    Signer stranger = signer("stranger", SignatureType.ED25519_COSIGNATURE);
    assertThatThrownBy(() -> request.cosignatures(answer, List.of(stranger.key())))
        .isInstanceOf(NoteException.class);
    AddCheckpoint other = world.request(0, 11);
    assertThatThrownBy(() -> other.cosignatures(answer, List.of(world.witness.key())))
        .isInstanceOf(NoteException.class);
    assertThatThrownBy(() -> request.cosignatures(new byte[0], List.of(world.witness.key())))
        .isInstanceOf(NoteException.class);
    assertThat(AddCheckpoint.conflictSize("42\n".getBytes(UTF_8))).isEqualTo(42);
    for (String bad : List.of("", "42", "042\n", "-1\n", "\n", "99999999999999999999\n")) {
      assertThatThrownBy(() -> AddCheckpoint.conflictSize(bad.getBytes(UTF_8)))
          .isInstanceOf(NoteException.class);
    }
  }

  @Test
  void aPlainKeyDoesNotCosign() {
    World world = new World(Suite.SHA256_ED25519);
    Witness.Submission submission =
        (Witness.Submission)
            Witness.read(world.request(0, 10).encode(), origin -> List.of(world.log.key()));
    Witness.Accepted accepted = (Witness.Accepted) submission.judge(Optional.empty());
    assertThatThrownBy(() -> accepted.cosign(List.of(world.log), NOW))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
