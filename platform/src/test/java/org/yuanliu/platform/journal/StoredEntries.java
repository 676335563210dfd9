package org.yuanliu.platform.journal;

import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.yuanliu.platform.database.TestDatabase;

/** Entries in a test's database, for capabilities that only need some to be there. */
public final class StoredEntries {
  private static final int GROUP = 50;

  private StoredEntries() {}

  /** Stores entries numbered from one number to before another. */
  public static void store(TestDatabase database, int from, int to) {
    store(database.dataSource(), from, to);
  }

  /** The same in any database that has the schema. */
  public static void store(DataSource database, int from, int to) {
    try (PostgresJournal journal =
        TestJournal.open(
            database,
            TestJournal.SETTINGS,
            Clock.systemUTC(),
            List.of(),
            List.of(new Drafts.SaidCodec()))) {
      for (int first = from; first < to; first += GROUP) {
        journal.append(
            new Submission(
                UUID.randomUUID(),
                IntStream.range(first, Math.min(to, first + GROUP))
                    .mapToObj(i -> Drafts.draft("urn:uuid:entry-" + i, "says " + i))
                    .toList()));
      }
    }
  }
}
