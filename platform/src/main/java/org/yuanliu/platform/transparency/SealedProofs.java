package org.yuanliu.platform.transparency;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.yuanliu.ledger.Suite;
import org.yuanliu.ledger.TileTree;
import org.yuanliu.ledger.note.SignedCheckpoint;
import org.yuanliu.ledger.receipt.SealedReceipt;
import org.yuanliu.platform.ServerSettings;
import org.yuanliu.platform.journal.JournalSettings;

/**
 * Proofs for everyone that a leaf is in the log: nothing that the public tiles do not tell. The
 * checkpoint is the earliest that is kept, for a witness's word of that day says that the record
 * has been the same since.
 */
@Component
final class SealedProofs {
  private final JdbcClient jdbc;
  private final LedgerTiles tiles;
  private final PublishedCheckpoints checkpoints;
  private final TransparencySettings settings;
  private final String log;
  private final Suite suite;

  SealedProofs(
      JdbcClient jdbc,
      LedgerTiles tiles,
      PublishedCheckpoints checkpoints,
      TransparencySettings settings,
      ServerSettings server,
      JournalSettings journal) {
    this.jdbc = requireNonNull(jdbc, "jdbc is null");
    this.tiles = requireNonNull(tiles, "tiles is null");
    this.checkpoints = requireNonNull(checkpoints, "checkpoints is null");
    this.settings = requireNonNull(settings, "settings is null");
    log = server.log();
    suite = Suite.ofId(journal.suite());
  }

  /** The proof of a position; empty if no signed tree includes it. */
  Optional<SealedReceipt> of(long position) {
    int enough = Math.max(1, settings.witnesses().required());
    return earliest(position, enough)
        .or(() -> earliest(position, 0))
        .or(() -> checkpoints.including(position))
        .map(checkpoint -> sealed(position, checkpoint));
  }

  private Optional<SignedCheckpoint> earliest(long position, int cosignatures) {
    return jdbc.sql(
            """
            select note from ledger_checkpoint
            where journal = :journal and size > :position and cosignatures >= :cosignatures
            order by size limit 1\
            """)
        .param("journal", LedgerTiles.JOURNAL)
        .param("position", position)
        .param("cosignatures", cosignatures)
        .query(String.class)
        .optional()
        .map(CheckpointRows::parse);
  }

  private SealedReceipt sealed(long position, SignedCheckpoint checkpoint) {
    TileTree tree = new TileTree(suite, checkpoint.checkpoint().size(), tiles);
    return new SealedReceipt(
        suite, log, position, tree.leaf(position), tree.inclusionProof(position), checkpoint);
  }
}
