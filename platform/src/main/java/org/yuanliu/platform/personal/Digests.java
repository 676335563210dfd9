package org.yuanliu.platform.personal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Keyed digests (HMAC-SHA-256): without the key nothing can be found by trying. */
final class Digests {
  private static final String ALGORITHM = "HmacSHA256";
  private static final Pattern SPACE = Pattern.compile("\\s+");

  private Digests() {}

  /** Of texts, each with its length before it. */
  static byte[] of(byte[] key, String... texts) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      for (String text : texts) {
        byte[] bytes = text.getBytes(UTF_8);
        mac.update((bytes.length + " ").getBytes(UTF_8));
        mac.update(bytes);
      }
      return mac.doFinal();
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new AssertionError("every Java platform has " + ALGORITHM, e);
    }
  }

  /** A value as it is compared: width, case and white space do not count. */
  static String normal(String value) {
    String text = Normalizer.normalize(value, Normalizer.Form.NFKC);
    return SPACE.matcher(text).replaceAll("").toUpperCase(Locale.ROOT);
  }

  /** Of a value that is looked for. */
  static byte[] ofValue(byte[] indexKey, String value) {
    return of(indexKey, "value", normal(value));
  }
}
