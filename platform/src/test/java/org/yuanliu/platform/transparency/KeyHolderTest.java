package org.yuanliu.platform.transparency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.yuanliu.ledger.Suite;
import org.yuanliu.ledger.note.FileSigner;
import org.yuanliu.ledger.note.SignatureType;
import org.yuanliu.ledger.note.SignedCheckpoint;
import org.yuanliu.ledger.note.Signer;
import org.yuanliu.ledger.note.VerifierKey;
import org.yuanliu.platform.journal.Outcome;
import org.yuanliu.platform.journal.Submission;
import org.yuanliu.platform.journal.TestJournal;
import org.yuanliu.platform.journal.TreeCheck.Sound;

/** A live log whose key is not a file: sealed in the database, or held by another process. */
class KeyHolderTest {
  /** Long enough for a virtual machine to start on a busy machine. */
  private static final Duration PATIENT = Duration.ofSeconds(30);

  @TempDir Path folder;

  private static Outcome.Committed append(AttackedLog log) {
    return (Outcome.Committed)
        log.journal
            .journal()
            .append(
                new Submission(
                    UUID.randomUUID(),
                    List.of(AttackedLog.event("urn:uuid:" + UUID.randomUUID()))));
  }

  @ParameterizedTest
  @EnumSource
  void aKeySealedInTheDatabaseSignsOnWhicheverServerHasTheLease(Suite suite) throws Exception {
    Path kek = folder.resolve("kek");
    String secret = (suite == Suite.SM3_SM2 ? "5a" : "5a5a").repeat(16);
    Files.writeString(kek, secret + "\n");
    var keys =
        new TransparencySettings.Keys(
            TransparencySettings.Holder.DATABASE, kek, "", List.of(), PATIENT);
    try (AttackedLog log = AttackedLog.open(suite, keys)) {
      SignedCheckpoint first = log.store(3);
      VerifierKey key = log.keys.published(KeyPurpose.LOG).getFirst().key();
      assertThat(key.suite()).isEqualTo(suite);
      assertThat(first.verify(List.of(key))).hasSize(1);
      try (Stream<Path> files = Files.walk(log.server.dataDir())) {
        assertThat(files.filter(file -> file.toString().endsWith(".key"))).isEmpty();
      }

      // Another server: the database and the key-encryption key, and nothing else.
      log.stop();
      try (Stream<Path> files = Files.list(log.server.dataDir().resolve("ledger"))) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      log.open();
      assertThat(log.store(1).verify(List.of(key))).hasSize(1);

      // With another key-encryption key nobody signs; what is stored is answered all the same.
      log.stop();
      Files.writeString(kek, secret.replace('5', '6'));
      log.open();
      assertThat(append(log).note()).isEmpty();
      assertThat(log.signer.failure()).contains("does not open");

      // With the right one, what was left unsigned is signed without waiting for an event.
      Files.writeString(kek, secret);
      log.publisher.publishNewest();
      SignedCheckpoint caughtUp = log.publisher.published().orElseThrow();
      assertThat(caughtUp.checkpoint().size()).isEqualTo(5);
      assertThat(caughtUp.verify(List.of(key))).hasSize(1);
      assertThat(log.signer.failure()).isNull();

      // A rotated key is sealed too, and the old one vouches for it.
      VerifierKey next = log.keys.rotate(KeyPurpose.LOG);
      assertThat(log.store(1).verify(List.of(next))).hasSize(1);
      assertThat(log.fsck()).isInstanceOf(Sound.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aProcessThatHoldsTheKeySignsEveryHead(Suite suite) throws Exception {
    SignatureType type = SignatureType.note(suite);
    Path secret = folder.resolve("held.key");
    Signer held = FileSigner.create(secret, TestJournal.LOG, type, new SecureRandom());
    var keys =
        new TransparencySettings.Keys(
            TransparencySettings.Holder.PROCESS,
            null,
            held.key().toString(),
            KeyHolderProcess.command(secret, TestJournal.LOG, type),
            PATIENT);
    try (AttackedLog log = AttackedLog.open(suite, keys)) {
      assertThat(log.store(3).verify(List.of(held.key()))).hasSize(1);
      assertThat(log.store(2).verify(List.of(held.key()))).hasSize(1);
      assertThat(log.fsck()).isInstanceOf(Sound.class);

      // The process dies: the next head is signed by a new one, at once or when it is caught up.
      for (ProcessHandle child : ProcessHandle.current().children().toList()) {
        if (child.info().commandLine().orElse("").contains(secret.toString())) {
          child.destroyForcibly();
          child.onExit().get(10, TimeUnit.SECONDS);
        }
      }
      long size = append(log).head().size();
      for (int i = 0; i < 1_000 && published(log) < size; i++) {
        log.publisher.publishNewest();
        Thread.sleep(20);
      }
      assertThat(published(log)).isEqualTo(size);
      log.keys.current(KeyPurpose.LOG).close();
    }
  }

  private static long published(AttackedLog log) {
    return log.publisher.published().orElseThrow().checkpoint().size();
  }

  /** Where a token offers EdDSA, by the script that comes with the library. */
  @Test
  @Tag("long")
  void aTokenSignsByTheScriptForPkcs11() throws Exception {
    Path module = Path.of("/usr/lib/softhsm/libsofthsm2.so");
    if (!Files.exists(module) || !Files.exists(Path.of("/usr/bin/pkcs11-tool"))) {
      abort("no SoftHSM 2 and OpenSC here (apt-get install softhsm2 opensc)");
    }
    Path tokens = Files.createDirectories(folder.resolve("tokens"));
    Path conf = folder.resolve("softhsm2.conf");
    Files.writeString(
        conf,
        "directories.tokendir = " + tokens.toAbsolutePath() + "\nobjectstore.backend = file\n");
    run(
        conf,
        "softhsm2-util",
        "--init-token",
        "--free",
        "--label",
        "trace",
        "--pin",
        "2468",
        "--so-pin",
        "1357");
    String tool = "pkcs11-tool";
    String made =
        run(
            conf,
            tool,
            "--module",
            module.toString(),
            "--token-label",
            "trace",
            "--login",
            "--pin",
            "2468",
            "--keypairgen",
            "--key-type",
            "EC:edwards25519",
            "--label",
            "log");
    // The point as a DER octet string of 32 bytes.
    Matcher point = Pattern.compile("EC_POINT: +0420([0-9a-f]{64})").matcher(made);
    assertThat(point.find()).as(made).isTrue();
    VerifierKey key =
        new VerifierKey(
            TestJournal.LOG, SignatureType.ED25519, HexFormat.of().parseHex(point.group(1)));
    Path script = Path.of("..", "ledger", "src", "main", "scripts", "pkcs11-signer");
    var keys =
        new TransparencySettings.Keys(
            TransparencySettings.Holder.PROCESS,
            null,
            key.toString(),
            List.of(
                "/usr/bin/env",
                "SOFTHSM2_CONF=" + conf,
                "YUANLIU_PIN=2468",
                script.toString(),
                module.toString(),
                "trace",
                "log"),
            PATIENT);
    try (AttackedLog log = AttackedLog.open(Suite.SHA256_ED25519, keys)) {
      assertThat(log.store(3).verify(List.of(key))).hasSize(1);
      assertThat(log.store(2).verify(List.of(key))).hasSize(1);
      assertThat(log.fsck()).isInstanceOf(Sound.class);
      log.keys.current(KeyPurpose.LOG).close();
    }
  }

  private static String run(Path conf, String... command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("SOFTHSM2_CONF", conf.toString());
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    return out;
  }
}
