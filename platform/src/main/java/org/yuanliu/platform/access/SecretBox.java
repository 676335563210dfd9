package org.yuanliu.platform.access;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.yuanliu.platform.ServerSettings;
import org.yuanliu.platform.keys.Gcm;
import org.yuanliu.platform.keys.KeyFile;
import org.yuanliu.platform.keys.SealBrokenException;

/**
 * Seals small secrets with AES-256-GCM under {@code {data-dir}/keys/access.key}, each bound to its
 * account.
 */
@Component
class SecretBox {
  private final byte[] key;
  private final SecureRandom random = new SecureRandom();

  SecretBox(ServerSettings server) {
    this.key = KeyFile.readOrMake(server.dataDir().resolve("keys/access.key"), Gcm.AES.keyBytes());
  }

  byte[] seal(UUID account, byte[] secret) {
    return Gcm.AES.seal(key, bound(account), secret, random);
  }

  byte[] open(UUID account, byte[] box) {
    try {
      return Gcm.AES.open(key, bound(account), box);
    } catch (SealBrokenException e) {
      throw new IllegalStateException(
          "a sealed secret does not open: is keys/access.key the one it was sealed with?", e);
    }
  }

  private static byte[] bound(UUID account) {
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(account.getMostSignificantBits())
        .putLong(account.getLeastSignificantBits())
        .array();
  }
}
