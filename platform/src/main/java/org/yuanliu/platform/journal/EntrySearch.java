package org.yuanliu.platform.journal;

import java.util.List;

/** Finds entries by their hot columns. Only this package knows the table. */
public interface EntrySearch {
  /** In order of position, at most {@code window.limit()}. */
  List<EntryRef> find(EntryCriteria criteria, EntryCriteria.Window window);
}
