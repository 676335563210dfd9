package org.yuanliu.platform.command;

import static java.util.Objects.requireNonNull;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.yuanliu.platform.backup.BackupProgress;
import org.yuanliu.platform.journal.Rebuild;
import org.yuanliu.platform.transparency.LedgerCheck;

/**
 * How far a command is: a line that changes on a terminal, a line every few seconds elsewhere; done
 * of the total, how fast, and how long it will take yet.
 */
final class ProgressBar implements LedgerCheck.Progress, BackupProgress, Rebuild.Progress {
  private static final int WIDTH = 30;
  private static final long TERMINAL_PAUSE_NS = 200_000_000L;
  private static final long FILE_PAUSE_NS = 5_000_000_000L;

  private static final long MB = 1_000_000;

  /** Of a terminal's line: characters may be two columns wide, so they are not counted. */
  private static final String ERASE_REST = "\033[K";

  /** Before that a rest is guessed from too little. */
  private static final double LEAST_SECONDS = 1;

  private final PrintStream out;
  private final boolean terminal;
  private final String unit;
  private final long perUnit;
  private final LongSupplier nanoTime;
  private final long begun;
  private long begin;
  private long first = -1;
  private long last;
  private long total;

  /**
   * @param unit that is written after numbers
   * @param perUnit what one of it is of that which is told
   */
  ProgressBar(PrintStream out, boolean terminal, String unit, long perUnit, LongSupplier nanoTime) {
    this.out = requireNonNull(out, "out is null");
    this.terminal = terminal;
    this.unit = requireNonNull(unit, "unit is null");
    this.perUnit = perUnit;
    this.nanoTime = requireNonNull(nanoTime, "nanoTime is null");
    begun = nanoTime.getAsLong();
    begin = begun;
    last = begun;
  }

  /** On the console, of entries. */
  static ProgressBar ofEntries() {
    return onConsole("", 1);
  }

  /** On the console, of bytes. */
  static ProgressBar ofBytes() {
    return onConsole(" MB", MB);
  }

  private static ProgressBar onConsole(String unit, long perUnit) {
    return new ProgressBar(
        new PrintStream(System.err, true, StandardCharsets.UTF_8),
        Terminal.console() != null,
        unit,
        perUnit,
        System::nanoTime);
  }

  @Override
  public void begin(long of) {
    total = of;
    begin = nanoTime.getAsLong();
    first = -1;
  }

  @Override
  public void done(long done) {
    if (first < 0) {
      first = done; // what was cut off goes on in the middle
    }
    long now = nanoTime.getAsLong();
    if (now - last < (terminal ? TERMINAL_PAUSE_NS : FILE_PAUSE_NS)) {
      return;
    }
    last = now;
    double part = total <= 0 ? 1 : Math.min(1, (double) done / total);
    double seconds = (now - begin) / 1e9;
    double perSecond = seconds == 0 ? 0 : (done - first) / seconds;
    String line =
        String.format(
            Locale.ROOT,
            "%5.1f %%  %,d / %,d%s  %,.0f%s/s%s",
            100 * part,
            done / perUnit,
            // An estimate may be too low.
            Math.max(done, total) / perUnit,
            unit,
            perSecond / perUnit,
            unit,
            left(done, seconds, perSecond));
    if (terminal) {
      int full = (int) (part * WIDTH);
      out.print("\r[" + "#".repeat(full) + " ".repeat(WIDTH - full) + "] " + line + ERASE_REST);
    } else {
      out.println(line);
    }
  }

  private String left(long done, double seconds, double perSecond) {
    if (seconds < LEAST_SECONDS || perSecond <= 0 || done >= total) {
      return "";
    }
    long rest = Math.round((total - done) / perSecond);
    return String.format(
        Locale.ROOT, "  还需约 left about %d:%02d:%02d", rest / 3600, rest / 60 % 60, rest % 60);
  }

  /** Clears the line; how long it all took. */
  Duration end() {
    if (terminal) {
      out.print("\r" + ERASE_REST);
    }
    return Duration.ofNanos(nanoTime.getAsLong() - begun);
  }
}
