package org.yuanliu.platform.transparency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.yuanliu.ledger.MerkleTree;
import org.yuanliu.ledger.Suite;
import org.yuanliu.ledger.note.Checkpoint;
import org.yuanliu.ledger.note.PrivateKeys;
import org.yuanliu.ledger.note.SignatureType;
import org.yuanliu.ledger.note.SignedCheckpoint;
import org.yuanliu.ledger.note.Signer;
import org.yuanliu.ledger.witness.AddCheckpoint;
import org.yuanliu.ledger.witness.WitnessAnswer;
import org.yuanliu.platform.ServerSettings;
import org.yuanliu.platform.database.TestDatabase;
import org.yuanliu.platform.journal.TestJournal;

/** The witness on a real database: what it answers, stores, and never cosigns twice. */
class LogWitnessTest {
  private static final Suite SUITE = Suite.SHA256_ED25519;
  private static final String ORIGIN = "lower.example/log";
  private static final Signer LOG =
      PrivateKeys.signer(
          ORIGIN, SignatureType.ED25519, PrivateKeys.generate(SUITE, new SecureRandom()));

  @TempDir Path folder;

  private static byte[] leaf(int branch, int index) {
    return SUITE.newHasher().leaf(new byte[] {(byte) branch, (byte) index});
  }

  /** The leaves of a history; two branches share the first three. */
  private static List<byte[]> leaves(int branch, int size) {
    List<byte[]> leaves = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      leaves.add(leaf(i < 3 ? 0 : branch, i));
    }
    return leaves;
  }

  private static byte[] request(int branch, int old, int size) {
    List<byte[]> leaves = leaves(branch, size);
    SignedCheckpoint signed =
        SignedCheckpoint.sign(
            new Checkpoint(ORIGIN, size, MerkleTree.root(SUITE, leaves)),
            List.of(LOG),
            Instant.now());
    return new AddCheckpoint(old, MerkleTree.consistencyProof(SUITE, old, leaves), signed).encode();
  }

  private LogWitness witness(TestDatabase database) {
    var settings =
        new TransparencySettings(
            true,
            Duration.ofSeconds(1),
            Duration.ofDays(7),
            new TransparencySettings.Keys(
                TransparencySettings.Holder.FILE, null, "", List.of(), Duration.ofSeconds(2)),
            new TransparencySettings.Witnesses(
                List.of(), 0, Duration.ofMinutes(10), false, Duration.ofSeconds(5)),
            new TransparencySettings.Watch(
                "upper.example/witness",
                List.of(
                    new TransparencySettings.WatchedLog(ORIGIN, List.of(LOG.key().toString())))));
    JdbcClient jdbc = JdbcClient.create(database.dataSource());
    var transactions =
        new TransactionTemplate(new DataSourceTransactionManager(database.dataSource()));
    LedgerKeys keys =
        new LedgerKeys(
            new KeyRows(jdbc, transactions),
            new ServerSettings(folder, "upper.example/log", ZoneId.of("Asia/Shanghai")),
            TestJournal.settings(),
            settings,
            Clock.systemUTC());
    return new LogWitness(settings, keys, jdbc, transactions, Clock.systemUTC());
  }

  @Test
  void itCosignsWhatContinuesAndNothingElse() throws Exception {
    try (TestDatabase database = TestDatabase.open()) {
      LogWitness witness = witness(database);
      byte[] first = request(0, 0, 3);
      WitnessAnswer answer = witness.add(first);
      assertThat(answer.status()).isEqualTo(200);
      var key = org.yuanliu.ledger.note.VerifierKey.parse(witness.keys().strip());
      assertThat(AddCheckpoint.parse(first).cosignatures(answer.body(), List.of(key))).hasSize(1);
      assertThat(key.name()).isEqualTo("upper.example/witness");

      assertThat(witness.add(request(0, 0, 5))).isEqualTo(new WitnessAnswer.Conflict(3));
      assertThat(witness.add(request(1, 3, 5)).status()).isEqualTo(200);
      assertThat(witness.add(request(2, 3, 6))).isEqualTo(new WitnessAnswer.Conflict(5));
      // Another history of five, then of seven, is never cosigned.
      assertThat(witness.add(request(2, 5, 7)).status()).isEqualTo(422);
      WitnessAnswer forked = witness.add(request(2, 5, 5));
      assertThat(forked.status()).isEqualTo(409);
      // Not the conflict of sizes, which a log answers by asking again.
      assertThat(forked.contentType()).startsWith("text/plain");
      assertThat(witness.add(request(1, 5, 5)).status()).isEqualTo(200);

      assertThat(witness.add("nonsense".getBytes(UTF_8)).status()).isEqualTo(400);
      String other = new String(request(1, 5, 7), UTF_8);
      assertThat(witness.add(other.replace(ORIGIN, "other.example/log").getBytes(UTF_8)).status())
          .isEqualTo(404);
      assertThat(witness.add(other.replace("\n7\n", "\n8\n").getBytes(UTF_8)).status())
          .isEqualTo(403);

      // What was stored is what it remembers after a restart.
      assertThat(witness(database).add(request(0, 0, 3))).isEqualTo(new WitnessAnswer.Conflict(5));
    }
  }

  @Test
  void ofTwoHistoriesAtOneMomentOneIsCosigned() throws Exception {
    try (TestDatabase database = TestDatabase.open()) {
      LogWitness witness = witness(database);
      assertThat(witness.add(request(0, 0, 3)).status()).isEqualTo(200);
      AtomicInteger cosigned = new AtomicInteger();
      CountDownLatch begin = new CountDownLatch(1);
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        byte[] request = request(1 + i, 3, 6);
        threads.add(
            Thread.ofVirtual()
                .start(
                    () -> {
                      try {
                        begin.await();
                      } catch (InterruptedException e) {
                        return;
                      }
                      if (witness.add(request).status() == 200) {
                        cosigned.incrementAndGet();
                      }
                    }));
      }
      begin.countDown();
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(cosigned.get()).isEqualTo(1);
    }
  }
}
