package org.yuanliu.ledger.note;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SignerTest {
  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

  /** Long enough for a virtual machine to start on a busy machine. */
  private static final Duration PATIENT = Duration.ofSeconds(30);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void aKeyInAFileIsTheSameAfterwards(SignatureType type) throws IOException, NoteException {
    Path file = folder.resolve("log.key");
    Signer created = FileSigner.create(file, "log", type, new SecureRandom());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    Signer opened = FileSigner.open(file, "log", type);
    assertThat(opened.key()).isEqualTo(created.key());
    Note note = new Note("text\n", List.of(Signing.sign(opened, "text\n", NOW)));
    assertThat(note.verify(List.of(created.key()))).hasSize(1);
    assertThatThrownBy(() -> FileSigner.create(file, "log", type, new SecureRandom()))
        .isInstanceOf(SignerException.class);
    assertThat(opened.toString()).isEqualTo(created.key().toString());
  }

  @Test
  void aKeyThatOthersMayReadIsRefused() throws IOException {
    Path file = folder.resolve("log.key");
    FileSigner.create(file, "log", SignatureType.ED25519, new SecureRandom());
    for (String open : List.of("rw-r-----", "rw----r--", "rw--w----", "rwx------")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(open));
      assertThatThrownBy(() -> FileSigner.open(file, "log", SignatureType.ED25519))
          .isInstanceOf(SignerException.class)
          .hasMessageContaining("chmod 600");
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
    assertThat(FileSigner.open(file, "log", SignatureType.ED25519).key().name()).isEqualTo("log");
    assertThatThrownBy(() -> FileSigner.open(file, "log", SignatureType.SM2))
        .isInstanceOf(SignerException.class);
  }

  @Test
  void whatIsNoKeyFileIsRefused() throws IOException {
    Path file = folder.resolve("log.key");
    assertThatThrownBy(() -> FileSigner.open(file, "log", SignatureType.ED25519))
        .isInstanceOf(SignerException.class);
    Files.writeString(file, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertThatThrownBy(() -> FileSigner.open(file, "log", SignatureType.ED25519))
        .isInstanceOf(SignerException.class);
    Files.write(file, new byte[5_000]);
    assertThatThrownBy(() -> FileSigner.open(file, "log", SignatureType.ED25519))
        .isInstanceOf(SignerException.class);
  }

  /** A key's holder as a process: {@code main FILE TYPE HOW}. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] args) throws IOException {
      Signer signer = FileSigner.open(Path.of(args[0]), "log", SignatureType.valueOf(args[1]));
      BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
      PrintStream out = new PrintStream(System.out, true, UTF_8);
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        byte[] message = Base64.getDecoder().decode(line);
        switch (args[2]) {
          case "once" -> {
            out.println(Base64.getEncoder().encodeToString(signer.sign(message)));
            return;
          }
          case "wrong" -> out.println(Base64.getEncoder().encodeToString(signer.sign(new byte[1])));
          default -> out.println(Base64.getEncoder().encodeToString(signer.sign(message)));
        }
      }
    }
  }

  private ProcessSigner process(SignatureType type, String how, Duration timeout) {
    Path file = folder.resolve("held.key");
    Signer held = FileSigner.create(file, "log", type, new SecureRandom());
    return new ProcessSigner(
        held.key(),
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            Holder.class.getName(),
            file.toString(),
            type.name(),
            how),
        timeout);
  }

  @Test
  void aProcessSigns() throws NoteException {
    try (ProcessSigner signer = process(SignatureType.SM2, "well", PATIENT)) {
      for (String text : List.of("one\n", "two\n")) {
        Note note = new Note(text, List.of(Signing.sign(signer, text, NOW)));
        assertThat(note.verify(List.of(signer.key()))).hasSize(1);
      }
    }
  }

  @Test
  void aProcessThatEndedIsStartedAgain() throws InterruptedException {
    try (ProcessSigner signer = process(SignatureType.ED25519, "once", PATIENT)) {
      assertThat(signer.sign(new byte[2])).hasSize(64);
      // It may still be ending, so that the first try after it fails; the next one starts anew.
      byte[] second = null;
      for (int i = 0; i < 20 && second == null; i++) {
        try {
          second = signer.sign(new byte[3]);
        } catch (SignerException e) {
          Thread.sleep(50);
        }
      }
      assertThat(second).hasSize(64);
    }
  }

  @Test
  void aProcessThatDoesNotSignIsFoundOut() {
    try (ProcessSigner wrong = process(SignatureType.ED25519, "wrong", PATIENT)) {
      assertThatThrownBy(() -> Signing.sign(wrong, "text\n", NOW))
          .isInstanceOf(SignerException.class)
          .hasMessageContaining("is not its signature");
    }
    VerifierKey key = NoteTest.signer("log", SignatureType.ED25519).key();
    try (ProcessSigner absent =
        new ProcessSigner(key, List.of(folder.resolve("absent").toString()), PATIENT)) {
      assertThatThrownBy(() -> absent.sign(new byte[1])).isInstanceOf(SignerException.class);
    }
    for (List<String> command :
        List.of(List.of("/bin/false"), List.of("/bin/echo", "no base64!"))) {
      try (ProcessSigner signer = new ProcessSigner(key, command, PATIENT)) {
        assertThatThrownBy(() -> signer.sign(new byte[1])).isInstanceOf(SignerException.class);
      }
    }
    try (ProcessSigner silent =
        new ProcessSigner(key, List.of("/bin/sleep", "60"), Duration.ofMillis(300))) {
      assertThatThrownBy(() -> silent.sign(new byte[1]))
          .isInstanceOf(SignerException.class)
          .hasMessageContaining("within");
    }
    try (ProcessSigner talkative =
        new ProcessSigner(
            key,
            List.of("/bin/sh", "-c", "while read line; do printf 'QUJD\\nREVG\\n'; done"),
            PATIENT)) {
      assertThat(talkative.sign(new byte[1])).isEqualTo("ABC".getBytes(UTF_8));
      assertThatThrownBy(() -> talkative.sign(new byte[1]))
          .as("an answer that nobody asked for would be taken for the next message's")
          .isInstanceOf(SignerException.class);
      assertThat(talkative.sign(new byte[1])).isEqualTo("ABC".getBytes(UTF_8));
    }
    try (ProcessSigner endless =
        new ProcessSigner(key, List.of("/bin/cat", "/dev/zero"), PATIENT)) {
      assertThatThrownBy(() -> endless.sign(new byte[1])).isInstanceOf(SignerException.class);
    }
  }
}
