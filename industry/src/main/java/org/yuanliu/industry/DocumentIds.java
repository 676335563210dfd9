package org.yuanliu.industry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;

/** How events cite documents: {@code urn:yuanliu:document:{type}:{number}}. */
public final class DocumentIds {
  private static final String PREFIX = "urn:yuanliu:document:";
  private static final String TYPE_PREFIX = "BTT-";

  private DocumentIds() {}

  /** The URI of the document of this type with this number; a URI stays what it is. */
  public static String uri(DocumentType type, String number) {
    if (number.startsWith("urn:")
        || number.startsWith("https://")
        || number.startsWith("http://")) {
      return number;
    }
    return stem(type) + URLEncoder.encode(number, UTF_8).replace("+", "%20");
  }

  /** What the URIs of all documents of this type begin with, as far as they are of this form. */
  public static String stem(DocumentType type) {
    String word = type.uri().substring(type.uri().lastIndexOf('/') + 1);
    if (word.startsWith(TYPE_PREFIX)) {
      word = word.substring(TYPE_PREFIX.length());
    }
    return PREFIX + word + ":";
  }

  /** The number as printed; of a URI of another form the URI. */
  public static String number(String uri) {
    if (!uri.startsWith(PREFIX)) {
      return uri;
    }
    String number = uri.substring(uri.indexOf(':', PREFIX.length()) + 1);
    try {
      return URLDecoder.decode(number.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException e) {
      return number;
    }
  }
}
