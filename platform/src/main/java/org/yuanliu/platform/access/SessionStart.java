package org.yuanliu.platform.access;

import static java.util.Objects.requireNonNull;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.time.Instant;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;
import org.springframework.stereotype.Component;

/** The one way in which a session begins, however somebody proved who he is. */
@Component
class SessionStart {
  private final Callers callers;
  private final SignInRules rules;
  private final Devices devices;
  private final SessionAuthenticationStrategy sessions;
  private final AccessSettings settings;
  private final Clock clock;

  SessionStart(
      Callers callers,
      SignInRules rules,
      Devices devices,
      SessionAuthenticationStrategy sessions,
      AccessSettings settings,
      Clock clock) {
    this.callers = requireNonNull(callers, "callers is null");
    this.rules = requireNonNull(rules, "rules is null");
    this.devices = requireNonNull(devices, "devices is null");
    this.sessions = requireNonNull(sessions, "sessions is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** A new session under a new id, whatever was there before. */
  Caller begin(
      AccountRow account, Proof proof, HttpServletRequest request, HttpServletResponse response) {
    Instant now = clock.instant();
    SignedIn signedIn = SignedIn.as(account, proof, now, now.plus(settings.sessionMax()));
    Caller caller = rules.restricted(callers.of(account), account, signedIn);
    HttpSession old = request.getSession(false);
    if (old != null) {
      old.invalidate();
    }
    HttpSession session = request.getSession(true);
    session.setMaxInactiveInterval((int) settings.sessionIdle().toSeconds());
    signedIn.putInto(session);
    sessions.onAuthentication(new CallerToken(caller), request, response);
    devices.begun(session, request);
    AuditNotes.put(request, "account", account.id().toString());
    Callers.put(request, caller, null);
    return caller;
  }
}
