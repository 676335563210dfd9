package org.yuanliu.platform.checks;

import org.springframework.stereotype.Component;

/** How far the view follows the journal, as known in this process. */
@Component
final class Progress {
  private volatile long reached;

  /** Entries before this position are judged. */
  long reached() {
    return reached;
  }

  void reach(long position) {
    reached = position;
  }
}
