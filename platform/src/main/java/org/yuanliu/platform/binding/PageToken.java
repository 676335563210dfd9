package org.yuanliu.platform.binding;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/**
 * Where the next page begins. It holds no secret and opens nothing: what a page shows is decided
 * anew for whoever asks. The digest of the question ties it to the question that it goes on with.
 *
 * @param question digest of the parameters, see {@link #digest}
 * @param issued when it was given, whole seconds
 * @param place what the question needs to go on
 */
public record PageToken(String question, Instant issued, List<String> place) {
  /** Longer than any that is given. */
  public static final int MAX_LENGTH = 512;

  private static final String VERSION = "1";
  private static final char SEPARATOR = '~';
  private static final int DIGEST_BYTES = 12;

  public PageToken {
    place = List.copyOf(place);
  }

  public String encode() {
    StringBuilder text = new StringBuilder(64).append(VERSION);
    text.append(SEPARATOR).append(question).append(SEPARATOR).append(issued.getEpochSecond());
    place.forEach(part -> text.append(SEPARATOR).append(part));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.toString().getBytes(UTF_8));
  }

  /**
   * @throws IllegalArgumentException where the text is no token
   */
  public static PageToken decode(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("too long for a page token");
    }
    String plain = new String(Base64.getUrlDecoder().decode(text), UTF_8);
    String[] parts = plain.split(String.valueOf(SEPARATOR), -1);
    if (parts.length < 3 || !parts[0].equals(VERSION)) {
      throw new IllegalArgumentException("not a page token");
    }
    return new PageToken(
        parts[1],
        Instant.ofEpochSecond(Math.clamp(Long.parseLong(parts[2]), 0, Integer.MAX_VALUE)),
        List.of(parts).subList(3, parts.length));
  }

  /** Short digest of a question in its canonical text. */
  public static String digest(String question) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(question.getBytes(UTF_8));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(java.util.Arrays.copyOf(hash, DIGEST_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
