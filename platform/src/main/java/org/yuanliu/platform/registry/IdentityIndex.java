package org.yuanliu.platform.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;
import org.yuanliu.platform.ServerSettings;
import org.yuanliu.platform.keys.KeyFile;

/**
 * Finds a natural person again by name and identity number without keeping either: HMAC-SHA-256
 * under a key that lies in a file of its own. Identity numbers are few enough to be tried one by
 * one, so a digest without a key would hide nothing.
 */
@Component
class IdentityIndex {
  static final int KEY_BYTES = 32;

  private static final String ALGORITHM = "HmacSHA256";

  /** Tells digests of different keys apart, should a key ever be replaced. */
  private static final int KEY_NAME_BYTES = 4;

  private final SecretKeySpec key;
  private final String keyName;

  IdentityIndex(ServerSettings server, RegistrySettings settings) {
    Path configured = settings.identityKeyFile();
    Path file = configured != null ? configured : server.dataDir().resolve("keys/identity.key");
    byte[] bytes = KeyFile.readOrMake(file, KEY_BYTES);
    key = new SecretKeySpec(bytes, ALGORITHM);
    keyName = HexFormat.of().formatHex(mac("name of this key"), 0, KEY_NAME_BYTES);
  }

  /** The digest, with the key's name before it. */
  String of(String name, String identityNumber) {
    String normalName = Normalizer.normalize(name, Normalizer.Form.NFKC).replaceAll("\\s", "");
    String number =
        Normalizer.normalize(identityNumber, Normalizer.Form.NFKC)
            .replaceAll("\\s", "")
            .toUpperCase(Locale.ROOT);
    // The length keeps (AB, C) and (A, BC) apart.
    return keyName
        + ":"
        + HexFormat.of().formatHex(mac(normalName.length() + " " + normalName + number));
  }

  private byte[] mac(String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new AssertionError("every Java platform has " + ALGORITHM, e);
    }
  }
}
