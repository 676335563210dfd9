package org.yuanliu.platform.transparency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.yuanliu.ledger.note.Note;
import org.yuanliu.ledger.note.SignedCheckpoint;
import org.yuanliu.platform.ServerSettings;

/**
 * Once a minute: the log's housekeeping. The day's last checkpoint, to be printed or posted where
 * the operator cannot take it back. Kept for ever in the database and as a file; published
 * checkpoints that are old are dropped, and keys that were rotated meanwhile are let go.
 */
@Component
final class Anchors implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(Anchors.class);

  /** How long after midnight the day is closed at the latest. */
  private static final long PAUSE_S = 60;

  private static final int PHASE = Integer.MIN_VALUE + 3_000;

  private final AnchorRows rows;
  private final CheckpointRows checkpoints;
  private final LedgerKeys keys;
  private final ServerSettings server;
  private final TransparencySettings settings;
  private final Clock clock;
  private @Nullable ScheduledExecutorService thread;
  private @Nullable ScheduledFuture<?> ticks;

  Anchors(
      AnchorRows rows,
      CheckpointRows checkpoints,
      LedgerKeys keys,
      ServerSettings server,
      TransparencySettings settings,
      Clock clock) {
    this.rows = requireNonNull(rows, "rows is null");
    this.checkpoints = requireNonNull(checkpoints, "checkpoints is null");
    this.keys = requireNonNull(keys, "keys is null");
    this.server = requireNonNull(server, "server is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** The note of a day that is over. */
  Optional<SignedCheckpoint> of(LocalDate day) {
    return rows.find(LedgerTiles.JOURNAL, day);
  }

  /** What the QR code of a day says: the note, without cosignatures where it would not fit. */
  static List<String> candidates(SignedCheckpoint checkpoint) {
    Note note = checkpoint.note();
    Note alone = new Note(note.text(), List.of(note.signatures().getFirst()));
    return List.of(note.toString(), alone.toString());
  }

  /** Closes yesterday if it is not closed, and drops what is old. */
  void closeDay() {
    Instant now = clock.instant();
    LocalDate yesterday = LocalDate.ofInstant(now, server.zone()).minusDays(1);
    Instant midnight = yesterday.plusDays(1).atStartOfDay(server.zone()).toInstant();
    if (rows.find(LedgerTiles.JOURNAL, yesterday).isEmpty()) {
      Optional<SignedCheckpoint> last = checkpoints.before(LedgerTiles.JOURNAL, midnight);
      if (last.isPresent() && rows.put(LedgerTiles.JOURNAL, yesterday, last.get(), now)) {
        write(yesterday, last.get());
        LOG.info("the log stood at {} on {}", last.get().checkpoint(), yesterday);
      }
      int dropped =
          checkpoints.dropBefore(LedgerTiles.JOURNAL, now.minus(settings.keepCheckpoints()));
      LOG.debug("{} old checkpoints dropped", dropped);
    }
  }

  private void write(LocalDate day, SignedCheckpoint checkpoint) {
    Path folder = server.dataDir().resolve("ledger").resolve("anchor");
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve(day + ".txt"), checkpoint.toString(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void start() {
    if (thread != null || !settings.signing()) {
      return;
    }
    ScheduledExecutorService started =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("ledger-anchors").daemon().factory());
    ticks =
        started.scheduleWithFixedDelay(
            () -> {
              try {
                closeDay();
                keys.refresh();
              } catch (RuntimeException e) {
                LOG.warn("the day is not closed yet", e);
              }
            },
            1,
            PAUSE_S,
            TimeUnit.SECONDS);
    thread = started;
  }

  @Override
  public synchronized void stop() {
    if (ticks != null) {
      ticks.cancel(false);
    }
    if (thread != null) {
      thread.shutdown();
      thread = null;
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return thread != null;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }
}
