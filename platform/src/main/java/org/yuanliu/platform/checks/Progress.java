package org.yuanliu.platform.checks;

import org.springframework.stereotype.Component;

/** How far the view follows the journal, as known in this process. */
@Component
final class Progress {
  private volatile long reached;
  private volatile long settled;

  /** Entries before this position are judged. */
  long reached() {
    return reached;
  }

  synchronized void reach(long position) {
    reached = position;
    settled = Math.min(settled, position);
  }

  /** Entries before this position are judged, and whatever had fallen due by then. */
  long settled() {
    return settled;
  }

  /** A look has ended that began with so many entries; the view may have been emptied meanwhile. */
  synchronized void settle(long position) {
    settled = Math.min(position, reached);
  }
}
