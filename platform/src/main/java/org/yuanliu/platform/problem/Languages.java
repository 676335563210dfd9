package org.yuanliu.platform.problem;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Locale;
import org.springframework.http.HttpHeaders;

/** Which of the two languages a request asks for. */
public final class Languages {
  private Languages() {}

  /**
   * True where {@code Accept-Language} ranks English before Chinese. Chinese where it is absent or
   * names neither: the platform's readers are Chinese first.
   */
  public static boolean english(HttpServletRequest request) {
    if (request.getHeader(HttpHeaders.ACCEPT_LANGUAGE) == null) {
      return false;
    }
    for (Locale locale : Collections.list(request.getLocales())) {
      if (locale.getLanguage().equals(Locale.CHINESE.getLanguage())) {
        return false;
      }
      if (locale.getLanguage().equals(Locale.ENGLISH.getLanguage())) {
        return true;
      }
    }
    return false;
  }
}
