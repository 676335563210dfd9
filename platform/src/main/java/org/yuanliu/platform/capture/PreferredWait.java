package org.yuanliu.platform.capture;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Collections;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long who asks would wait for an answer (RFC 7240 §4.3, {@code Prefer: wait=10}). */
final class PreferredWait {
  static final String HEADER = "Prefer";
  static final String APPLIED = "Preference-Applied";

  /** Less than a stop of the server waits for requests, and than proxies keep silent ones. */
  static final Duration MAX = Duration.ofSeconds(10);

  private static final Pattern WAIT =
      Pattern.compile(
          "(?:^|,)\\s*wait\\s*=\\s*\"?(\\d{1,9})\"?\\s*(?:;|,|$)", Pattern.CASE_INSENSITIVE);

  private PreferredWait() {}

  /** Zero where none is given; a preference that is not understood is none, as the RFC asks. */
  static Duration of(HttpServletRequest request) {
    for (String header : Collections.list(request.getHeaders(HEADER))) {
      Matcher wait = WAIT.matcher(header);
      if (wait.find()) {
        Duration asked = Duration.ofSeconds(Long.parseLong(wait.group(1)));
        return asked.compareTo(MAX) > 0 ? MAX : asked;
      }
    }
    return Duration.ZERO;
  }

  static String applied(Duration wait) {
    return "wait=" + wait.toSeconds();
  }
}
