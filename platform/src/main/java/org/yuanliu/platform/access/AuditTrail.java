package org.yuanliu.platform.access;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Writes the audit in batches, off the request's path. A record waits in memory for less than a
 * second; a graceful stop writes all of them, a kill may lose that second. Where the queue is full
 * the request waits; where even that does not help, because the database is gone, the record goes
 * into the log, which is kept as long.
 */
@Component
class AuditTrail implements SmartLifecycle {
  /**
   * Stops after the web server, whose phases lie above: no request comes any more. The pool of
   * connections is no lifecycle bean and closes after all of them.
   */
  static final int PHASE = 0;

  private static final Logger LOG = LoggerFactory.getLogger(AuditTrail.class);

  /** Rows of one transaction: a few hundred kilobytes. */
  private static final int BATCH = 1_000;

  private static final long LINGER_MS = 200;

  /**
   * Records that come within this time share a transaction: each costs a wait for the disk, which
   * captures wait for too.
   */
  private static final long GATHER_MS = 100;

  /** How long a request waits for room, and the writer after a failure. */
  private static final long PATIENCE_MS = 2_000;

  private static final long STOP_MS = 20_000;

  private final DataSource dataSource;
  private final AuditLog log;
  private final KeyUses keyUses;
  private final BlockingQueue<AuditRecord> queue;
  private final Counter written;
  private final Counter toLog;
  private volatile @Nullable Thread writer;
  private volatile CountDownLatch stopping = new CountDownLatch(1);
  private volatile boolean running;

  AuditTrail(
      DataSource dataSource,
      AuditLog log,
      KeyUses keyUses,
      AccessSettings settings,
      MeterRegistry meters) {
    this.dataSource = requireNonNull(dataSource, "dataSource is null");
    this.log = requireNonNull(log, "log is null");
    this.keyUses = requireNonNull(keyUses, "keyUses is null");
    this.queue = new ArrayBlockingQueue<>(settings.auditQueue());
    this.written =
        Counter.builder("yuanliu.audit.records")
            .description("Audit records written to the database")
            .register(meters);
    this.toLog =
        Counter.builder("yuanliu.audit.records.logged")
            .description("Audit records that only the log could take")
            .register(meters);
    Gauge.builder("yuanliu.audit.queue", queue, BlockingQueue::size)
        .description("Audit records that wait to be written")
        .register(meters);
  }

  void add(AuditRecord auditRecord) {
    try {
      if (!queue.offer(auditRecord, PATIENCE_MS, TimeUnit.MILLISECONDS)) {
        log(auditRecord);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      log(auditRecord);
    }
  }

  @Override
  public synchronized void start() {
    running = true;
    stopping = new CountDownLatch(1);
    writer = Thread.ofPlatform().name("audit").start(this::run);
  }

  @Override
  public void stop() {
    running = false;
    stopping.countDown();
    Thread thread = writer;
    if (thread == null) {
      return;
    }
    try {
      thread.join(STOP_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    List<AuditRecord> left = new ArrayList<>();
    queue.drainTo(left);
    left.forEach(this::log);
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }

  private void run() {
    List<AuditRecord> batch = new ArrayList<>(BATCH);
    while (running || !queue.isEmpty() || !batch.isEmpty()) {
      try {
        if (batch.isEmpty()) {
          fill(batch);
        }
        if (!batch.isEmpty()) {
          write(batch);
          written.increment(batch.size());
          batch.clear();
        }
        keyUses.flush();
      } catch (SQLException | RuntimeException e) {
        LOG.warn("Cannot write {} audit records; will try again", batch.size(), e);
        if (!running) {
          batch.forEach(this::log);
          return;
        }
        pause();
      }
    }
  }

  private void fill(List<AuditRecord> batch) {
    try {
      AuditRecord first = queue.poll(LINGER_MS, TimeUnit.MILLISECONDS);
      if (first != null) {
        batch.add(first);
        if (queue.size() < BATCH) {
          boolean _ = stopping.await(GATHER_MS, TimeUnit.MILLISECONDS);
        }
        queue.drainTo(batch, BATCH - 1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      running = false;
    }
  }

  private void write(List<AuditRecord> batch) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        log.append(connection, batch);
        connection.commit();
      } catch (SQLException e) {
        connection.rollback();
        throw e;
      }
    }
  }

  private void log(AuditRecord auditRecord) {
    toLog.increment();
    LOG.error("Audit record that the database could not take: {}", auditRecord);
  }

  private static void pause() {
    try {
      Thread.sleep(PATIENCE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
