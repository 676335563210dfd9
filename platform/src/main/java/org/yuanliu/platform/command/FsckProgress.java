package org.yuanliu.platform.command;

import java.io.PrintStream;
import java.time.Duration;
import org.yuanliu.platform.transparency.LedgerCheck;

/** A bar on a terminal, a line every ten seconds elsewhere. */
final class FsckProgress implements LedgerCheck.Progress {
  private static final int WIDTH = 40;
  private static final long TERMINAL_PAUSE_NS = 200_000_000L;
  private static final long FILE_PAUSE_NS = 10_000_000_000L;

  private final PrintStream out;
  private final boolean terminal;
  private final long begin = System.nanoTime();
  private long last = begin;
  private long size;

  FsckProgress(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  @Override
  public void begin(long entries) {
    size = entries;
  }

  @Override
  public void done(long position) {
    long now = System.nanoTime();
    if (now - last < (terminal ? TERMINAL_PAUSE_NS : FILE_PAUSE_NS)) {
      return;
    }
    last = now;
    double part = size == 0 ? 1 : Math.min(1, (double) position / size);
    double seconds = (now - begin) / 1e9;
    String line =
        "%5.1f %%  %,d / %,d  %,.0f/s"
            .formatted(100 * part, position, size, seconds == 0 ? 0 : position / seconds);
    if (terminal) {
      int full = (int) (part * WIDTH);
      out.print("\r[" + "#".repeat(full) + " ".repeat(WIDTH - full) + "] " + line + "  ");
    } else {
      out.println(line);
    }
  }

  /** Clears the bar; how long it took. */
  Duration end() {
    if (terminal) {
      out.print("\r" + " ".repeat(2 * WIDTH) + "\r");
    }
    return Duration.ofNanos(System.nanoTime() - begin);
  }
}
