package org.yuanliu.platform.access;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.session.SessionInformation;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.stereotype.Component;

/**
 * Where an account is signed in. The session's id is a secret and never leaves: devices have own.
 */
@Component
class Devices {
  private static final int MAX_AGENT_LENGTH = 200;

  /** As many as sessions can live; a session whose device was forgotten ends like any other. */
  private static final int MAX_DEVICES = 100_000;

  private final SessionRegistry registry;
  private final AccessSettings settings;
  private final Clock clock;
  private final Cache<String, Device> devices;

  Devices(SessionRegistry registry, AccessSettings settings, Clock clock) {
    this.registry = requireNonNull(registry, "registry is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.devices =
        Caffeine.newBuilder()
            .maximumSize(MAX_DEVICES)
            .expireAfterWrite(settings.sessionMax())
            .build();
  }

  /**
   * @param agent what the browser says it is
   * @param here whether this is the session that asks
   */
  record Device(
      UUID id,
      String agent,
      String address,
      Instant since,
      @Nullable Instant lastSeen,
      Instant until,
      boolean here) {}

  void begun(HttpSession session, HttpServletRequest request) {
    String agent = request.getHeader("User-Agent");
    String text = agent == null ? "" : agent.replaceAll("\\p{Cntrl}", "");
    Instant now = clock.instant();
    devices.put(
        session.getId(),
        new Device(
            UUID.randomUUID(),
            text.length() > MAX_AGENT_LENGTH ? text.substring(0, MAX_AGENT_LENGTH) : text,
            request.getRemoteAddr(),
            now,
            null,
            now.plus(settings.sessionMax()),
            false));
  }

  /** The account's, newest first. */
  List<Device> of(UUID account, @Nullable String asking) {
    return registry.getAllSessions(account, false).stream()
        .flatMap(
            session -> {
              Device device = devices.getIfPresent(session.getSessionId());
              return device == null
                  ? java.util.stream.Stream.empty()
                  : java.util.stream.Stream.of(seen(device, session, asking));
            })
        .sorted(Comparator.comparing(Device::since).reversed())
        .toList();
  }

  /** Whether there was one to end. */
  boolean end(UUID account, UUID device) {
    boolean ended = false;
    for (SessionInformation session : registry.getAllSessions(account, false)) {
      Device one = devices.getIfPresent(session.getSessionId());
      if (one != null && one.id().equals(device)) {
        session.expireNow();
        ended = true;
      }
    }
    return ended;
  }

  void endAll(UUID account, @Nullable String but) {
    registry.getAllSessions(account, false).stream()
        .filter(session -> !session.getSessionId().equals(but))
        .forEach(SessionInformation::expireNow);
  }

  private static Device seen(Device device, SessionInformation session, @Nullable String asking) {
    return new Device(
        device.id(),
        device.agent(),
        device.address(),
        device.since(),
        session.getLastRequest().toInstant(),
        device.until(),
        session.getSessionId().equals(asking));
  }
}
