package org.yuanliu.platform.access;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;
import org.yuanliu.platform.ServerSettings;

/**
 * Seals small secrets with AES-256-GCM under {@code {data-dir}/keys/access.key}, each bound to its
 * account: twelve bytes of nonce, then the text and its tag.
 */
@Component
class SecretBox {
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final String CIPHER = "AES/GCM/NoPadding";

  private final SecretKeySpec key;
  private final SecureRandom random = new SecureRandom();

  SecretBox(ServerSettings server) {
    this.key = new SecretKeySpec(readOrMake(server.dataDir().resolve("keys/access.key")), "AES");
  }

  byte[] seal(UUID account, byte[] secret) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] sealed = run(Cipher.ENCRYPT_MODE, account, nonce, secret);
    return ByteBuffer.allocate(NONCE_BYTES + sealed.length).put(nonce).put(sealed).array();
  }

  byte[] open(UUID account, byte[] box) {
    byte[] nonce = Arrays.copyOf(box, NONCE_BYTES);
    return run(
        Cipher.DECRYPT_MODE, account, nonce, Arrays.copyOfRange(box, NONCE_BYTES, box.length));
  }

  private byte[] run(int mode, UUID account, byte[] nonce, byte[] text) {
    try {
      Cipher cipher = Cipher.getInstance(CIPHER);
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(
          ByteBuffer.allocate(16)
              .putLong(account.getMostSignificantBits())
              .putLong(account.getLeastSignificantBits())
              .array());
      return requireNonNull(cipher.doFinal(text), "cipher gave null");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "a sealed secret does not open: is keys/access.key the one it was sealed with?", e);
    }
  }

  private static byte[] readOrMake(Path file) {
    try {
      if (!Files.exists(file)) {
        make(file);
      }
      byte[] bytes = Files.readAllBytes(file);
      if (bytes.length != KEY_BYTES) {
        throw new IllegalStateException(
            "the key file has %d bytes, not %d: %s".formatted(bytes.length, KEY_BYTES, file));
      }
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read or make the key file " + file, e);
    }
  }

  private static void make(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    byte[] bytes = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(bytes);
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    Set<StandardOpenOption> options =
        EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (var channel = Files.newByteChannel(file, options, ownerOnly)) {
      channel.write(ByteBuffer.wrap(bytes));
    } catch (FileAlreadyExistsException e) {
      // Another start of the server was quicker; its key counts.
    }
  }
}
