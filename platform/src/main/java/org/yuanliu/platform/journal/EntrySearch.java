package org.yuanliu.platform.journal;

import java.time.Instant;
import java.util.List;

/** Finds entries by their hot columns. Only this package knows the table. */
public interface EntrySearch {
  /** In order of position, at most {@code window.limit()}. */
  List<EntryRef> find(EntryCriteria criteria, EntryCriteria.Window window);

  /**
   * The first position whose entry was committed at the moment or later; record times never go
   * back.
   *
   * @param below the end of what is looked at, and the answer where there is none
   */
  long firstRecorded(Instant moment, long below);
}
