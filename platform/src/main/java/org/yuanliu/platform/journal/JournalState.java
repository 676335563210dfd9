package org.yuanliu.platform.journal;

import java.time.Instant;
import org.yuanliu.ledger.Frontier;
import org.yuanliu.ledger.TreeHead;

/**
 * Where the journal stands after a commit.
 *
 * @param recordTime the newest entry's
 */
record JournalState(Frontier frontier, Instant recordTime) {
  long size() {
    return frontier.size();
  }

  TreeHead head(String log) {
    return new TreeHead(log, frontier.size(), frontier.root(), recordTime);
  }
}
