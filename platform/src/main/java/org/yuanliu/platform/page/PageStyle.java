package org.yuanliu.platform.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Pattern;
import org.springframework.core.io.ClassPathResource;

/**
 * The pages' style sheet as a page carries it within: who scans a code has nothing of it yet, and
 * over a slow network to ask for it takes as long again as the page took.
 *
 * @param text without comments and indentation
 * @param sha256 of the text, in Base64, for the content security policy
 */
record PageStyle(String text, String sha256) {
  private static final String FILE = "static/assets/public.css";
  private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/", Pattern.DOTALL);
  private static final Pattern BREAK = Pattern.compile("\\s*\\n\\s*");

  static PageStyle load() {
    try {
      String whole = new ClassPathResource(FILE).getContentAsString(UTF_8);
      String text = BREAK.matcher(COMMENT.matcher(whole).replaceAll("")).replaceAll("\n").strip();
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return new PageStyle(text, Base64.getEncoder().encodeToString(digest));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
