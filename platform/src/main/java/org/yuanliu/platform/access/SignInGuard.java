package org.yuanliu.platform.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.yuanliu.platform.problem.Problem;
import org.yuanliu.platform.problem.ProblemException;

/**
 * Locks a name after too many failures, each further one for twice as long. Kept in the database: a
 * restart forgives nothing. Names that do not exist are guarded alike.
 */
@Component
class SignInGuard {
  static final Problem LOCKED =
      Problem.of("sign-in-locked", 429, "失败次数过多，请稍后再试。", "Too many failures; try again later.");

  private final JdbcClient jdbc;
  private final AccessSettings settings;
  private final Clock clock;

  SignInGuard(JdbcClient jdbc, AccessSettings settings, Clock clock) {
    this.jdbc = requireNonNull(jdbc, "jdbc is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** How long the name is still locked, if it is. */
  Optional<Duration> locked(String nameKey) {
    Instant now = clock.instant();
    return jdbc.sql(
            "select locked_until from sign_in_guard where name_digest = :name and locked_until >"
                + " :now")
        .param("name", digest(nameKey))
        .param("now", AccountStore.at(now))
        .query(OffsetDateTime.class)
        .optional()
        .map(until -> Duration.between(now, until.toInstant()));
  }

  /** Ends the request with 429 while the name is locked. */
  void requireUnlocked(String nameKey) {
    locked(nameKey)
        .ifPresent(
            rest -> {
              throw new ProblemException(
                  LOCKED, Map.of(HttpHeaders.RETRY_AFTER, Long.toString(rest.toSeconds() + 1)));
            });
  }

  void failed(String nameKey) {
    Instant now = clock.instant();
    Instant windowStart = now.minus(settings.lockWindow());
    // One statement: two failures at the same moment both count. A lock keeps its window alive, or
    // waiting it out would begin again at one.
    int failures =
        jdbc.sql(
                """
                insert into sign_in_guard as g (name_digest, failures, window_started)
                values (:name, 1, :now)
                on conflict (name_digest) do update set
                  failures = case
                    when greatest(g.window_started, coalesce(g.locked_until, g.window_started))
                      < :windowStart then 1
                    else g.failures + 1 end,
                  window_started = case
                    when greatest(g.window_started, coalesce(g.locked_until, g.window_started))
                      < :windowStart then :now
                    else g.window_started end
                returning failures
                """)
            .param("name", digest(nameKey))
            .param("now", AccountStore.at(now))
            .param("windowStart", AccountStore.at(windowStart))
            .query(Integer.class)
            .single();
    if (failures >= settings.lockAfter()) {
      jdbc.sql("update sign_in_guard set locked_until = :until where name_digest = :name")
          .param("name", digest(nameKey))
          .param("until", AccountStore.at(now.plus(lock(failures))))
          .update();
    }
    // Names that nobody tries any more need no row.
    jdbc.sql(
            """
            delete from sign_in_guard
            where window_started < :old and (locked_until is null or locked_until < :old)
            """)
        .param("old", AccountStore.at(now.minus(settings.lockWindow()).minus(settings.lockMax())))
        .update();
  }

  void succeeded(String nameKey) {
    jdbc.sql("delete from sign_in_guard where name_digest = :name")
        .param("name", digest(nameKey))
        .update();
  }

  private Duration lock(int failures) {
    int doublings = Math.min(failures - settings.lockAfter(), 20);
    Duration lock = settings.lockBase().multipliedBy(1L << doublings);
    return lock.compareTo(settings.lockMax()) > 0 ? settings.lockMax() : lock;
  }

  private static byte[] digest(String nameKey) {
    return KeyToken.sha256(nameKey.getBytes(UTF_8));
  }
}
