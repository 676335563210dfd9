package org.yuanliu.platform.journal;

import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.yuanliu.platform.database.TestDatabase;

/** Entries in a test's database, for capabilities that only need some to be there. */
public final class StoredEntries {
  private static final int GROUP = 50;

  private StoredEntries() {}

  /** Stores entries numbered from one number to before another. */
  public static void store(TestDatabase database, int from, int to) {
    try (PostgresJournal journal =
        TestJournal.open(
            database.dataSource(),
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
