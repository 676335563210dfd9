package org.yuanliu.platform.transparency;

import static java.util.Objects.requireNonNull;

import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.yuanliu.ledger.Suite;
import org.yuanliu.ledger.TileTree;
import org.yuanliu.ledger.note.Checkpoint;
import org.yuanliu.ledger.note.SignedCheckpoint;
import org.yuanliu.platform.journal.JournalSettings;

/**
 * Publishes the newest signed tree head, at most once in an interval: compares it with the tiles
 * that will be served, notes it outside the database, keeps it, serves it, and asks the witnesses.
 */
@Component
final class Publisher implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);

  /** After the journal, before it is closed again. */
  private static final int PHASE = Integer.MIN_VALUE + 2_000;

  private static final Duration STOP_WAIT = Duration.ofSeconds(10);

  private final LogSigner signer;
  private final LedgerTiles tiles;
  private final CheckpointRows rows;
  private final ShownCheckpoint shown;
  private final Cosigners cosigners;
  private final Suite suite;
  private final TransparencySettings settings;
  private final Clock clock;
  private @Nullable ScheduledExecutorService thread;
  private @Nullable ScheduledFuture<?> ticks;
  private final AtomicReference<@Nullable SignedCheckpoint> published = new AtomicReference<>();
  private volatile @Nullable String failure;

  Publisher(
      LogSigner signer,
      LedgerTiles tiles,
      CheckpointRows rows,
      ShownCheckpoint shown,
      Cosigners cosigners,
      JournalSettings journal,
      TransparencySettings settings,
      Clock clock) {
    this.signer = requireNonNull(signer, "signer is null");
    this.tiles = requireNonNull(tiles, "tiles is null");
    this.rows = requireNonNull(rows, "rows is null");
    this.shown = requireNonNull(shown, "shown is null");
    this.cosigners = requireNonNull(cosigners, "cosigners is null");
    this.suite = Suite.ofId(journal.suite());
    this.settings = requireNonNull(settings, "settings is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** The newest checkpoint that is served, with the signatures it has so far. */
  Optional<SignedCheckpoint> published() {
    return Optional.ofNullable(published.get());
  }

  /** Why the newest head could not be published; null if it was. */
  @Nullable String failure() {
    return failure;
  }

  @Override
  public synchronized void start() {
    if (thread != null || !settings.signing()) {
      return;
    }
    long pause = settings.publishInterval().toNanos();
    ScheduledExecutorService started =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("ledger-publisher").daemon().factory());
    ticks = started.scheduleAtFixedRate(this::publishNewest, 0, pause, TimeUnit.NANOSECONDS);
    thread = started;
  }

  @Override
  public synchronized void stop() {
    ScheduledExecutorService stopping = thread;
    thread = null;
    if (stopping == null) {
      return;
    }
    if (ticks != null) {
      ticks.cancel(false);
    }
    stopping.shutdown();
    try {
      if (!stopping.awaitTermination(STOP_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        stopping.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    publishNewest();
    cosigners.stop();
  }

  @Override
  public synchronized boolean isRunning() {
    return thread != null;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }

  /** One step; a failure is told in health and tried again at the next. */
  void publishNewest() {
    try {
      signer.catchUp();
      SignedCheckpoint newest = signer.newest();
      SignedCheckpoint before = published.get();
      if (newest != null
          && (before == null || newest.checkpoint().size() > before.checkpoint().size())) {
        publish(newest);
      }
      SignedCheckpoint now = published.get();
      if (now != null) {
        cosigners.ask(now.checkpoint().size(), published::get, this::cosigned);
      }
    } catch (RuntimeException e) {
      if (failure == null) {
        LOG.error("the newest tree head is not published", e);
      }
      failure = String.valueOf(e.getMessage());
    }
  }

  private void publish(SignedCheckpoint newest) {
    Checkpoint checkpoint = newest.checkpoint();
    byte[] root = new TileTree(suite, checkpoint.size(), tiles).root();
    if (!MessageDigest.isEqual(root, checkpoint.root())) {
      throw new IllegalStateException(
          "库中的叶与已签名的树根不符，检查点不公布；请运行 fsck / the leaves in the database are not those of the signed root of %d entries: not published; run fsck"
              .formatted(checkpoint.size()));
    }
    shown.write(newest);
    rows.put(LedgerTiles.JOURNAL, newest, 0, clock.instant());
    published.set(newest);
    failure = null;
    cosigners.published();
  }

  /** Takes cosignatures into what is served, if it still is that tree. */
  private void cosigned(SignedCheckpoint more, int count) {
    rows.put(LedgerTiles.JOURNAL, more, count, clock.instant());
    published.updateAndGet(
        now -> now != null && now.checkpoint().equals(more.checkpoint()) ? more : now);
  }
}
