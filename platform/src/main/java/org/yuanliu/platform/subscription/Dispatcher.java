package org.yuanliu.platform.subscription;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.stereotype.Component;
import org.yuanliu.platform.journal.Journal;

/**
 * Looks again and again for subscriptions that are due and has them delivered, each on a thread of
 * its own and so many at once. Several servers on one database share the work: whoever claims a
 * subscription has it for the time of the lease.
 */
@Component
final class Dispatcher implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  /** After the journal, and stopped before it. */
  private static final int PHASE = Integer.MIN_VALUE + 3_000;

  private final Cursors cursors;
  private final Deliveries deliveries;
  private final Journal journal;
  private final SubscriptionSettings settings;
  private final Clock clock;
  private final UUID holder = UUID.randomUUID();
  private final Semaphore free;
  private @Nullable ThreadPoolTaskScheduler ticks;
  private @Nullable ExecutorService threads;
  private boolean failing;

  Dispatcher(
      Cursors cursors,
      Deliveries deliveries,
      Journal journal,
      SubscriptionSettings settings,
      Clock clock) {
    this.cursors = requireNonNull(cursors, "cursors is null");
    this.deliveries = requireNonNull(deliveries, "deliveries is null");
    this.journal = requireNonNull(journal, "journal is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.free = new Semaphore(settings.parallel());
  }

  @Override
  public synchronized void start() {
    if (ticks != null || !settings.deliver()) {
      return;
    }
    ExecutorService workers =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("webhook-", 0).factory());
    ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
    scheduler.setThreadNamePrefix("subscriptions-");
    scheduler.setDaemon(true);
    scheduler.initialize();
    var _ = scheduler.scheduleWithFixedDelay(() -> tick(workers), settings.pollInterval());
    threads = workers;
    ticks = scheduler;
  }

  /** Claims as many as there is room for. */
  private void tick(ExecutorService workers) {
    try {
      int room = free.availablePermits();
      if (room == 0) {
        return;
      }
      List<Cursors.Claim> claims =
          cursors.claim(holder, journal.head().size(), clock.instant(), room, settings.lease());
      for (Cursors.Claim claim : claims) {
        free.acquireUninterruptibly();
        workers.execute(() -> work(claim));
      }
      failing = false;
    } catch (RuntimeException e) {
      if (!failing) {
        LOG.warn("subscriptions cannot be looked for: {}", e.toString());
      }
      failing = true;
    }
  }

  private void work(Cursors.Claim claim) {
    try {
      deliveries.work(claim, holder);
    } catch (RuntimeException e) {
      // Its lease ends by itself, and then it is taken up again.
      LOG.warn("subscription {} was interrupted: {}", claim.subscription().key(), e.toString());
    } finally {
      free.release();
    }
  }

  /** Deliveries that are on their way get their answers. */
  @Override
  public synchronized void stop() {
    ThreadPoolTaskScheduler scheduler = ticks;
    ExecutorService workers = threads;
    ticks = null;
    threads = null;
    if (scheduler == null || workers == null) {
      return;
    }
    scheduler.shutdown();
    workers.shutdown();
    try {
      Duration wait = settings.timeout();
      if (!workers.awaitTermination(wait.toMillis(), TimeUnit.MILLISECONDS)) {
        workers.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return ticks != null;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }
}
