package org.yuanliu.platform.transparency;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.yuanliu.ledger.Suite;
import org.yuanliu.ledger.TileException;
import org.yuanliu.ledger.TileTree;
import org.yuanliu.ledger.TreeHead;
import org.yuanliu.ledger.note.Checkpoint;
import org.yuanliu.ledger.note.SignedCheckpoint;
import org.yuanliu.ledger.note.Signer;
import org.yuanliu.platform.journal.HeadSigner;
import org.yuanliu.platform.journal.JournalSettings;
import org.yuanliu.platform.journal.JournalUnavailableException;

/**
 * Signs the journal's tree heads with the log's key. Before the first signature it compares the
 * tree with the checkpoint that was shown last: a history that does not continue it is not signed,
 * and nothing is taken into it.
 */
@Component
final class LogSigner implements HeadSigner {
  private static final Logger LOG = LoggerFactory.getLogger(LogSigner.class);

  /** A key that is lost fails at every commit; once a minute is enough to read it. */
  private static final Duration COMPLAINT_PAUSE = Duration.ofMinutes(1);

  private final LedgerKeys keys;
  private final LedgerTiles tiles;
  private final ShownCheckpoint shown;
  private final Suite suite;
  private final TransparencySettings settings;
  private final WitnessWatch witnesses;
  private final Clock clock;
  private final Timer timer;
  private volatile @Nullable TreeHead wanted;
  private volatile @Nullable SignedCheckpoint newest;
  private volatile @Nullable String failure;
  private volatile boolean forked;
  private boolean compared;
  private Instant complained = Instant.EPOCH;

  LogSigner(
      LedgerKeys keys,
      LedgerTiles tiles,
      ShownCheckpoint shown,
      JournalSettings journal,
      TransparencySettings settings,
      WitnessWatch witnesses,
      Clock clock,
      MeterRegistry meters) {
    this.keys = requireNonNull(keys, "keys is null");
    this.tiles = requireNonNull(tiles, "tiles is null");
    this.shown = requireNonNull(shown, "shown is null");
    this.suite = Suite.ofId(journal.suite());
    this.settings = requireNonNull(settings, "settings is null");
    this.witnesses = requireNonNull(witnesses, "witnesses is null");
    this.clock = requireNonNull(clock, "clock is null");
    timer =
        Timer.builder("yuanliu.ledger.sign")
            .description("Signing a tree head, by whoever holds the key")
            .register(meters);
  }

  @Override
  public synchronized void begin(TreeHead head) {
    if (!settings.signing()) {
      return;
    }
    wanted = head;
    try {
      compare(head);
    } catch (RuntimeException e) {
      failure = e.getMessage(); // tried again before the first signature
      LOG.error("the log cannot be compared with what it has shown", e);
    }
  }

  @Override
  public synchronized Optional<String> sign(TreeHead head) {
    if (!settings.signing()) {
      return Optional.empty();
    }
    wanted = head;
    try {
      compare(head);
      if (forked) {
        return Optional.empty();
      }
      Signer signer = keys.current(KeyPurpose.LOG);
      Checkpoint checkpoint = new Checkpoint(head.log(), head.size(), head.root());
      SignedCheckpoint signed =
          timer.record(() -> SignedCheckpoint.sign(checkpoint, List.of(signer), clock.instant()));
      newest = requireNonNull(signed, "signed is null");
      failure = null;
      return Optional.of(signed.toString());
    } catch (RuntimeException e) {
      failure = e.getMessage();
      Instant now = clock.instant();
      if (Duration.between(complained, now).compareTo(COMPLAINT_PAUSE) > 0) {
        complained = now;
        LOG.error("tree heads are not signed", e);
      }
      return Optional.empty();
    }
  }

  /**
   * Signs what nobody could sign at its commit, and after a start the tree as it was found: what is
   * served, and what witnesses are asked for, must not wait for the next event.
   */
  synchronized void catchUp() {
    TreeHead head = wanted;
    SignedCheckpoint signed = newest;
    if (head != null && (signed == null || signed.checkpoint().size() < head.size())) {
      var _ = sign(head);
    }
  }

  @Override
  public Optional<JournalUnavailableException.Kind> closed() {
    if (!settings.signing()) {
      return Optional.empty();
    }
    if (forked) {
      return Optional.of(JournalUnavailableException.Kind.LOG_CONTRADICTED);
    }
    return witnesses.closed()
        ? Optional.of(JournalUnavailableException.Kind.WITNESSES_LACKING)
        : Optional.empty();
  }

  /** The newest head that was signed. */
  @Nullable SignedCheckpoint newest() {
    return newest;
  }

  /** Why nothing can be signed; null if it can. */
  @Nullable String failure() {
    return failure;
  }

  /** Whether this tree does not continue what was shown. */
  boolean isForked() {
    return forked;
  }

  /** Once, before anything is signed. */
  private void compare(TreeHead head) {
    if (compared) {
      return;
    }
    Checkpoint last = shown.read().map(SignedCheckpoint::checkpoint).orElse(null);
    if (last != null && last.origin().equals(head.log())) {
      if (!continues(last, head)) {
        forked = true;
        failure =
            "数据库中的日志（%1$d 条）与曾经公布的检查点（%2$d 条）不符：数据库被退回或改动过，停止签名和收取。 / The log in the database (%1$d entries) does not continue the checkpoint of %2$d entries that was shown: the database was set back or changed. Nothing is signed or taken. See %3$s and docs/trust.md."
                .formatted(head.size(), last.size(), shown.file());
        LOG.error("{}", failure);
      }
    }
    compared = true;
  }

  private boolean continues(Checkpoint last, TreeHead head) {
    try {
      return last.size() <= head.size()
          && MessageDigest.isEqual(new TileTree(suite, last.size(), tiles).root(), last.root());
    } catch (TileException e) {
      LOG.error("a leaf is missing", e);
      return false;
    }
  }
}
