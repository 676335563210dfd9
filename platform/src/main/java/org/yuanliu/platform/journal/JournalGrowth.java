package org.yuanliu.platform.journal;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How long the journal was at a time: record times never go back, so it is looked up by halves. */
@Component
public final class JournalGrowth {
  private final JdbcClient jdbc;

  JournalGrowth(JdbcClient jdbc) {
    this.jdbc = requireNonNull(jdbc, "jdbc is null");
  }

  /** Entries whose record time is before this moment; some thirty look-ups by key. */
  public long sizeAt(Instant moment) {
    long from = 0;
    long to = size();
    while (from < to) {
      long middle = (from + to) >>> 1;
      Optional<Instant> time = timeFrom(middle);
      if (time.isEmpty() || !time.get().isBefore(moment)) {
        to = middle;
      } else {
        from = middle + 1;
      }
    }
    return from;
  }

  /** Entries now. */
  public long size() {
    return jdbc.sql("select coalesce(max(size), 0) from journal where id = :id")
        .param("id", PostgresJournal.JOURNAL)
        .query(Long.class)
        .single();
  }

  /** Of the first entry from there on that is still there. */
  private Optional<Instant> timeFrom(long position) {
    return jdbc.sql(
            """
            select record_time from entry where journal = :id and position >= :position
            order by position limit 1
            """)
        .param("id", PostgresJournal.JOURNAL)
        .param("position", position)
        .query(OffsetDateTime.class)
        .optional()
        .map(OffsetDateTime::toInstant);
  }
}
