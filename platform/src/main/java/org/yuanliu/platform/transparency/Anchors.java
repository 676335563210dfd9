package org.yuanliu.platform.transparency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.yuanliu.ledger.note.Note;
import org.yuanliu.ledger.note.SignedCheckpoint;
import org.yuanliu.platform.ServerSettings;
import org.yuanliu.platform.schedule.RepeatedTask;

/**
 * Once a minute: the log's housekeeping. The day's last checkpoint, to be printed or posted where
 * the operator cannot take it back. Kept for ever in the database and as a file; published
 * checkpoints that are old are dropped, and keys that were rotated meanwhile are let go.
 */
@Component
final class Anchors implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(Anchors.class);

  /** How long after midnight the day is closed at the latest. */
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private static final Duration WAIT = Duration.ofSeconds(1);

  private static final int PHASE = Integer.MIN_VALUE + 3_000;

  private final AnchorRows rows;
  private final CheckpointRows checkpoints;
  private final LedgerKeys keys;
  private final ServerSettings server;
  private final TransparencySettings settings;
  private final Clock clock;
  private final RepeatedTask task;

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
    task = new RepeatedTask("ledger-anchors", WAIT, PAUSE, this::keepHouse);
  }

  private void keepHouse() {
    closeDay();
    keys.refresh();
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
  public void start() {
    if (settings.signing()) {
      task.start();
    }
  }

  @Override
  public void stop() {
    task.stop();
  }

  @Override
  public boolean isRunning() {
    return task.isRunning();
  }

  @Override
  public int getPhase() {
    return PHASE;
  }
}
