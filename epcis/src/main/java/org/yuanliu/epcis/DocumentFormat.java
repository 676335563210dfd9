package org.yuanliu.epcis;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The two syntaxes of EPCIS documents. */
public enum DocumentFormat {
  /** JSON and JSON-LD: {@code application/json}, {@code application/ld+json}. */
  JSON,
  /** XML of EPCIS 2.0 or 1.x: {@code application/xml}, {@code text/xml}. */
  XML;

  /**
   * The syntax that a media type names, parameters left aside.
   *
   * @return null where it is neither
   */
  public static @Nullable DocumentFormat ofMediaType(String mediaType) {
    requireNonNull(mediaType, "mediaType is null");
    int end = mediaType.indexOf(';');
    String type = (end < 0 ? mediaType : mediaType.substring(0, end)).strip();
    return switch (type.toLowerCase(Locale.ROOT)) {
      case "application/json", "application/ld+json" -> JSON;
      case "application/xml", "text/xml" -> XML;
      default -> null;
    };
  }

  /**
   * The syntax of a document by its first character, for one that was once read: JSON where it is a
   * bracket or brace, else XML.
   */
  public static DocumentFormat ofContent(byte[] document) {
    requireNonNull(document, "document is null");
    for (byte b : document) {
      switch (b) {
        case ' ',
            '\t',
            '\r',
            '\n',
            0,
            (byte) 0xEF,
            (byte) 0xBB,
            (byte) 0xBF,
            (byte) 0xFE,
            (byte) 0xFF -> {
          // White space, a byte order mark, the empty half of a character in UTF-16.
        }
        case '{', '[' -> {
          return JSON;
        }
        default -> {
          return XML;
        }
      }
    }
    return XML;
  }

  /** The syntax of a file by the ending of its name; null where it tells none. */
  public static @Nullable DocumentFormat ofFileName(String name) {
    requireNonNull(name, "name is null");
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".json") || lower.endsWith(".jsonld")) {
      return JSON;
    }
    return lower.endsWith(".xml") ? XML : null;
  }
}
