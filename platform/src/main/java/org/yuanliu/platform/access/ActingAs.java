package org.yuanliu.platform.access;

import jakarta.servlet.http.HttpSession;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The capacity that a session has chosen. */
final class ActingAs {
  private static final String ATTRIBUTE = ActingAs.class.getName();

  private ActingAs() {}

  /** Null for oneself. */
  static @Nullable UUID in(@Nullable HttpSession session) {
    return session != null && session.getAttribute(ATTRIBUTE) instanceof UUID id ? id : null;
  }

  static void put(HttpSession session, @Nullable UUID capacity) {
    session.setAttribute(ATTRIBUTE, capacity);
  }
}
