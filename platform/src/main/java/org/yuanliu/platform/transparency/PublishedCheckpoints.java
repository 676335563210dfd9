package org.yuanliu.platform.transparency;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.yuanliu.ledger.note.SignedCheckpoint;

/** Which checkpoint is shown for what. */
@Component
final class PublishedCheckpoints {
  private final LogSigner signer;
  private final Publisher publisher;
  private final CheckpointRows rows;
  private final TransparencySettings settings;

  PublishedCheckpoints(
      LogSigner signer, Publisher publisher, CheckpointRows rows, TransparencySettings settings) {
    this.signer = requireNonNull(signer, "signer is null");
    this.publisher = requireNonNull(publisher, "publisher is null");
    this.rows = requireNonNull(rows, "rows is null");
    this.settings = requireNonNull(settings, "settings is null");
  }

  /** What {@code /checkpoint} serves. */
  Optional<SignedCheckpoint> served() {
    Optional<SignedCheckpoint> published = publisher.published();
    return published.isPresent() ? published : newestSigned();
  }

  /** The newest signed head, published or just signed: tiles are served up to its size. */
  Optional<SignedCheckpoint> newest() {
    Optional<SignedCheckpoint> signed = newestSigned();
    return signed.isPresent() ? signed : rows.newest(LedgerTiles.JOURNAL, 0);
  }

  /**
   * For the proof of a leaf: the newest that its witnesses have cosigned, if it includes the leaf;
   * else the one that is served; else the newest signed.
   */
  Optional<SignedCheckpoint> including(long position) {
    Optional<SignedCheckpoint> cosigned =
        settings.witnesses().list().isEmpty()
            ? Optional.empty()
            : rows.newest(LedgerTiles.JOURNAL, Math.max(1, settings.witnesses().required()));
    return Stream.of(cosigned, publisher.published(), newest())
        .flatMap(Optional::stream)
        .filter(checkpoint -> checkpoint.checkpoint().size() > position)
        .findFirst();
  }

  private Optional<SignedCheckpoint> newestSigned() {
    return Optional.ofNullable(signer.newest());
  }
}
