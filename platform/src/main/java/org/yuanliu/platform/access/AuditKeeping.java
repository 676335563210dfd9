package org.yuanliu.platform.access;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.yuanliu.platform.schedule.RepeatedTask;

/**
 * Removes audit records whose time is over. Their leaf hashes stay, so the tree can be recomputed,
 * and the removal is a record itself. The database's own trigger keeps what is younger than six
 * months or than the longest period that was ever set here and not shortened by hand.
 */
@Component
class AuditKeeping implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(AuditKeeping.class);

  /** As role and address of what no request asked for. */
  static final String ITSELF = "platform";

  static final String ROUTE = "audit-keeping";

  /** Rows of one transaction, so that nobody waits long for locks. */
  private static final int BATCH = 5_000;

  private static final Duration PAUSE = Duration.ofHours(6);

  private final JdbcClient jdbc;
  private final AuditTrail trail;
  private final Duration keep;
  private final Clock clock;
  private final RepeatedTask task;

  AuditKeeping(JdbcClient jdbc, AuditTrail trail, AuditSettings settings, Clock clock) {
    this.jdbc = requireNonNull(jdbc, "jdbc is null");
    this.trail = requireNonNull(trail, "trail is null");
    this.keep = settings.keep();
    this.clock = requireNonNull(clock, "clock is null");
    task = new RepeatedTask(ROUTE, Duration.ZERO, PAUSE, this::removeOld);
  }

  /** How long records are kept. */
  Duration keep() {
    return keep;
  }

  /**
   * @return records that were removed
   */
  long removeOld() {
    jdbc.sql("update audit_keep set days = :days where days <> :days")
        .param("days", keep.toDays())
        .update();
    Instant now = clock.instant();
    long removed = 0;
    int last;
    do {
      last =
          jdbc.sql(
                  """
                  delete from audit where id in (
                    select id from audit where at < :before order by at limit :batch)
                  """)
              .param("before", AccountStore.at(now.minus(keep)))
              .param("batch", BATCH)
              .update();
      removed += last;
    } while (last == BATCH);
    if (removed > 0) {
      trail.add(record(now, removed));
      LOG.info("{} audit records were older than {} and are removed", removed, keep);
    }
    return removed;
  }

  private AuditRecord record(Instant now, long removed) {
    return new AuditRecord(
        now,
        UUID.randomUUID().toString(),
        null,
        null,
        ITSELF,
        null,
        ITSELF,
        "DELETE",
        ROUTE,
        String.format(Locale.ROOT, "{before=%s, removed=%d}", now.minus(keep), removed),
        200,
        "done");
  }

  @Override
  public void start() {
    task.start();
  }

  @Override
  public void stop() {
    task.stop();
  }

  @Override
  public boolean isRunning() {
    return task.isRunning();
  }

  /** After the trail has begun to write, and ends before it. */
  @Override
  public int getPhase() {
    return AuditTrail.PHASE + 1;
  }
}
