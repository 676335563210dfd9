package org.yuanliu.platform.binding;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** Media types of the EPCIS interface that the framework has no constant for. */
public final class MediaTypes {
  public static final MediaType LD_JSON = MediaType.valueOf("application/ld+json");

  private MediaTypes() {}

  /**
   * Refuses what is no JSON in UTF-8.
   *
   * @param header the request's Content-Type
   * @throws org.yuanliu.platform.problem.ProblemException 415
   */
  public static void requireJson(@Nullable String header) {
    if (header != null) {
      try {
        MediaType type = MediaType.parseMediaType(header);
        Charset charset = type.getCharset();
        if ((MediaType.APPLICATION_JSON.equalsTypeAndSubtype(type)
                || LD_JSON.equalsTypeAndSubtype(type))
            && (charset == null || charset.equals(StandardCharsets.UTF_8))) {
          return;
        }
      } catch (InvalidMediaTypeException
          | IllegalCharsetNameException
          | UnsupportedCharsetException e) {
        // Refused below, like any other.
      }
    }
    throw EpcisProblems.mediaType(
        "只接受 UTF-8 的 application/json。", "Only application/json in UTF-8 is taken.");
  }
}
