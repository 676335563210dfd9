package org.yuanliu.platform.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A first factor was right; the second is still to come, in the same browser and soon. */
record PendingSignIn(UUID account, Proof first, Instant until) implements Serializable {
  static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final String ATTRIBUTE = PendingSignIn.class.getName();

  static void keep(HttpServletRequest request, UUID account, Proof first, Instant now) {
    request
        .getSession(true)
        .setAttribute(ATTRIBUTE, new PendingSignIn(account, first, now.plus(PATIENCE)));
  }

  static Optional<PendingSignIn> of(HttpServletRequest request, Instant now) {
    HttpSession session = request.getSession(false);
    return session != null
            && session.getAttribute(ATTRIBUTE) instanceof PendingSignIn pending
            && now.isBefore(pending.until())
        ? Optional.of(pending)
        : Optional.empty();
  }
}
