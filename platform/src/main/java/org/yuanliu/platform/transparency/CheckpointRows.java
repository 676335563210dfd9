package org.yuanliu.platform.transparency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.yuanliu.ledger.note.NoteException;
import org.yuanliu.ledger.note.SignedCheckpoint;

/** The table of published checkpoints. */
@Repository
class CheckpointRows {
  private final JdbcClient jdbc;

  CheckpointRows(JdbcClient jdbc) {
    this.jdbc = requireNonNull(jdbc, "jdbc is null");
  }

  /** Keeps what is published; a newer signature of the same tree takes the place of the older. */
  void put(int journal, SignedCheckpoint checkpoint, int cosignatures, Instant now) {
    jdbc.sql(
            """
            insert into ledger_checkpoint (journal, size, root, note, published, cosignatures)
            values (:journal, :size, :root, :note, :now, :cosignatures)
            on conflict (journal, size) do update
            set note = excluded.note, cosignatures = excluded.cosignatures
            where ledger_checkpoint.root = excluded.root\
            """)
        .param("journal", journal)
        .param("size", checkpoint.checkpoint().size())
        .param("root", checkpoint.checkpoint().root())
        .param("note", checkpoint.toString())
        .param("now", now.atOffset(ZoneOffset.UTC))
        .param("cosignatures", cosignatures)
        .update();
  }

  /** The newest one with so many cosignatures. */
  Optional<SignedCheckpoint> newest(int journal, int cosignatures) {
    return jdbc.sql(
            """
            select note from ledger_checkpoint
            where journal = :journal and cosignatures >= :cosignatures
            order by size desc limit 1\
            """)
        .param("journal", journal)
        .param("cosignatures", cosignatures)
        .query(String.class)
        .optional()
        .map(CheckpointRows::parse);
  }

  /** The newest that was published before a moment. */
  Optional<SignedCheckpoint> before(int journal, Instant moment) {
    return jdbc.sql(
            """
            select note from ledger_checkpoint
            where journal = :journal and published < :moment order by size desc limit 1\
            """)
        .param("journal", journal)
        .param("moment", moment.atOffset(ZoneOffset.UTC))
        .query(String.class)
        .optional()
        .map(CheckpointRows::parse);
  }

  /**
   * Drops those that were published before a moment, but for the newest with each count of
   * cosignatures.
   */
  int dropBefore(int journal, Instant moment) {
    return jdbc.sql(
            """
            delete from ledger_checkpoint c
            where journal = :journal and published < :moment
              and exists (select from ledger_checkpoint n
                          where n.journal = c.journal and n.size > c.size
                            and n.cosignatures >= c.cosignatures)\
            """)
        .param("journal", journal)
        .param("moment", moment.atOffset(ZoneOffset.UTC))
        .update();
  }

  /** The next ones in the order of their sizes. */
  List<StoredNotes.Stored> after(int journal, long size, int limit) {
    return jdbc.sql(
            """
            select size, note from ledger_checkpoint
            where journal = :journal and size > :size order by size limit :limit\
            """)
        .param("journal", journal)
        .param("size", size)
        .param("limit", limit)
        .query(
            (row, index) ->
                new StoredNotes.Stored(
                    row.getLong(1), row.getString(2), "the published checkpoint"))
        .list();
  }

  static SignedCheckpoint parse(String note) {
    try {
      return SignedCheckpoint.parse(note.getBytes(UTF_8));
    } catch (NoteException e) {
      throw new IllegalStateException("a stored checkpoint is none: " + e.getMessage(), e);
    }
  }
}
