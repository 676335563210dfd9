package org.yuanliu.platform.capture;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An XML document declares its own encoding; the media type may name it too (RFC 7303), but must
 * not contradict it.
 */
final class XmlEncoding {
  /** An XML declaration is shorter. */
  private static final int DECLARATION_BYTES = 256;

  private static final Pattern DECLARED =
      Pattern.compile("\\A<\\?xml\\s[^>]*?\\bencoding\\s*=\\s*[\"']([A-Za-z0-9._-]+)[\"']");

  private XmlEncoding() {}

  /**
   * Whether the document says of itself what its media type says.
   *
   * @param charset of the media type; null where it names none, or UTF-8
   */
  static boolean mayBe(@Nullable Charset charset, byte[] document) {
    if (charset == null) {
      return true;
    }
    Charset declared = declared(document);
    return declared != null
        && (declared.equals(charset)
            || (declared.equals(StandardCharsets.UTF_16) && charset.name().startsWith("UTF-16")));
  }

  /** UTF-16 by its byte order mark, any other by the declaration; null where there is neither. */
  private static @Nullable Charset declared(byte[] document) {
    if (document.length >= 2
        && ((document[0] == (byte) 0xFE && document[1] == (byte) 0xFF)
            || (document[0] == (byte) 0xFF && document[1] == (byte) 0xFE))) {
      return StandardCharsets.UTF_16;
    }
    int length = Math.min(document.length, DECLARATION_BYTES);
    Matcher matcher =
        DECLARED.matcher(new String(document, 0, length, StandardCharsets.ISO_8859_1));
    if (!matcher.find()) {
      return null;
    }
    try {
      return Charset.forName(matcher.group(1));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return null;
    }
  }
}
