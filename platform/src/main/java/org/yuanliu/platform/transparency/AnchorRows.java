package org.yuanliu.platform.transparency;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.yuanliu.ledger.note.SignedCheckpoint;

/** The table of daily checkpoints. */
@Repository
class AnchorRows {
  private final JdbcClient jdbc;

  AnchorRows(JdbcClient jdbc) {
    this.jdbc = requireNonNull(jdbc, "jdbc is null");
  }

  /**
   * Keeps the checkpoint of a day.
   *
   * @return false if the day has one
   */
  boolean put(int journal, LocalDate day, SignedCheckpoint checkpoint, Instant now) {
    return jdbc.sql(
                """
                insert into ledger_anchor (journal, day, note, made)
                values (:journal, :day, :note, :now) on conflict do nothing\
                """)
            .param("journal", journal)
            .param("day", day)
            .param("note", checkpoint.toString())
            .param("now", now.atOffset(ZoneOffset.UTC))
            .update()
        == 1;
  }

  Optional<SignedCheckpoint> find(int journal, LocalDate day) {
    return jdbc.sql("select note from ledger_anchor where journal = :journal and day = :day")
        .param("journal", journal)
        .param("day", day)
        .query(String.class)
        .optional()
        .map(CheckpointRows::parse);
  }

  Optional<LocalDate> newest(int journal) {
    return jdbc.sql("select max(day) from ledger_anchor where journal = :journal")
        .param("journal", journal)
        .query((row, index) -> Optional.ofNullable(row.getObject(1, LocalDate.class)))
        .single();
  }

  /** All of them, 365 a year. */
  List<StoredNotes.Stored> all(int journal) {
    return jdbc.sql("select day, note from ledger_anchor where journal = :journal order by day")
        .param("journal", journal)
        .query(
            (row, index) ->
                new StoredNotes.Stored(
                    size(row.getString(2)), row.getString(2), "the anchor of " + row.getString(1)))
        .list();
  }

  /** 0 of what can no longer be read: so it is found at once. */
  private static long size(String note) {
    try {
      return CheckpointRows.parse(note).checkpoint().size();
    } catch (IllegalStateException e) {
      return 0;
    }
  }
}
