package org.yuanliu.ledger.tool;

import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A line that grows on a terminal; silent where the output is none. */
final class ProgressBar {
  private static final int CELLS = 40;
  private static final long REDRAW_NANOS = Duration.ofMillis(200).toNanos();

  private final PrintWriter out;
  private final long total;
  private final boolean shown = isTerminal(System.console());
  private final long begun = System.nanoTime();
  private long drawn = begun;
  private long done;

  ProgressBar(PrintWriter out, long total) {
    this.out = out;
    this.total = total;
  }

  private static boolean isTerminal(@Nullable Console console) {
    return console != null && console.isTerminal();
  }

  void at(long count) {
    done = count;
    long now = System.nanoTime();
    if (shown && now - drawn > REDRAW_NANOS) {
      drawn = now;
      draw();
    }
  }

  private void draw() {
    int full = (int) (done * CELLS / Math.max(1, total));
    out.printf(
        "\r[%s%s] %d / %d  %d/s ", "#".repeat(full), ".".repeat(CELLS - full), done, total, rate());
    out.flush();
  }

  /** Records a second since the beginning. */
  long rate() {
    long nanos = Math.max(1, System.nanoTime() - begun);
    return Math.round(done * 1e9 / nanos);
  }

  /** Ends the line. */
  void close() {
    if (shown) {
      draw();
      out.println();
    }
  }
}
