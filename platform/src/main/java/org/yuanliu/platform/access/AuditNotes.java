package org.yuanliu.platform.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the audit should say of a request beside its address: whose account was tried, why somebody
 * looked. Never a secret.
 */
public final class AuditNotes {
  private static final String ATTRIBUTE = AuditNotes.class.getName();

  private static final String HIDDEN = ATTRIBUTE + ".hidden";

  private AuditNotes() {}

  public static void put(HttpServletRequest request, String name, String value) {
    Map<String, String> notes = new TreeMap<>(of(request));
    notes.put(name, value);
    request.setAttribute(ATTRIBUTE, Map.copyOf(notes));
  }

  /** For an address whose query holds a secret. */
  static void hideQuery(HttpServletRequest request) {
    request.setAttribute(HIDDEN, true);
  }

  static boolean hidesQuery(HttpServletRequest request) {
    return request.getAttribute(HIDDEN) != null;
  }

  static Map<String, String> of(HttpServletRequest request) {
    @Nullable Object notes = request.getAttribute(ATTRIBUTE);
    if (!(notes instanceof Map<?, ?> map)) {
      return Map.of();
    }
    Map<String, String> copy = new TreeMap<>();
    map.forEach((name, value) -> copy.put(String.valueOf(name), String.valueOf(value)));
    return copy;
  }
}
