package org.yuanliu.ledger.tool;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.yuanliu.ledger.TileException;
import org.yuanliu.ledger.note.Checkpoint;
import org.yuanliu.ledger.note.SignedCheckpoint;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code yuanliu monitor --url URL}: follows a log and alarms when it contradicts itself. */
@Command(
    name = "monitor",
    mixinStandardHelpOptions = true,
    description = {
      "Follows a log's checkpoints and verifies from its tiles that each continues the one before.",
      "Ends with 1 at an alarm, with 2 if the log cannot be reached (with --once)."
    })
final class MonitorCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private LogOptions options = new LogOptions();

  @Option(
      names = "--state",
      paramLabel = "FILE",
      defaultValue = "yuanliu-monitor.json",
      description = "where it remembers what it saw (default: ${DEFAULT-VALUE})")
  private Path state = Path.of("yuanliu-monitor.json");

  @Option(names = "--once", description = "look once and end")
  private boolean once;

  @Option(
      names = "--interval",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "between two looks (default: 10)")
  private int intervalSeconds = 10;

  @Override
  public Integer call() throws InterruptedException {
    if (intervalSeconds < 1) {
      throw new IllegalArgumentException("--interval is at least 1");
    }
    PrintWriter out = Commands.out(spec);
    PrintWriter err = Commands.err(spec);
    try (HttpLog log = options.open()) {
      MonitorState remembered = remembered(log, err);
      while (true) {
        try {
          Outcome outcome = look(remembered, log, out, err);
          outcome.state().write(state);
          if (outcome.alarmed()) {
            return LedgerTools.FAILED;
          }
          remembered = outcome.state();
        } catch (LogUnreachableException e) {
          err.println("unreachable 连不上: " + e.getMessage());
          if (once) {
            return LedgerTools.UNREACHABLE;
          }
        }
        if (once) {
          return LedgerTools.HELD;
        }
        Thread.sleep(Duration.ofSeconds(intervalSeconds));
      }
    }
  }

  /** What the file says; keys on the command line go before those that it remembers. */
  private MonitorState remembered(HttpLog log, PrintWriter err) {
    Optional<MonitorState> before = MonitorState.read(state);
    if (before.isPresent() && !options.hasKeys()) {
      return before.get();
    }
    KnownLog known = options.known(log, err);
    if (before.isEmpty()) {
      return new MonitorState(known, Optional.empty(), List.of());
    }
    if (!before.get().known().origin().equals(known.origin())) {
      throw new IllegalArgumentException(
          state + " is about the log " + before.get().known().origin() + ", not " + known.origin());
    }
    return new MonitorState(known, before.get().seen(), before.get().alarms());
  }

  private record Outcome(MonitorState state, boolean alarmed) {}

  private Outcome look(MonitorState before, HttpLog log, PrintWriter out, PrintWriter err) {
    Monitor monitor = new Monitor(before.known(), log);
    return switch (monitor.look(before.seen())) {
      case Monitor.Look.Bad(Alarm alarm, byte[] shown) -> raised(before, alarm, shown, err);
      case Monitor.Look.Good(Monitor.Seen seen) -> {
        for (SignedCheckpoint other : options.against(before.known())) {
          Optional<Alarm> alarm = compare(monitor, other, seen);
          if (alarm.isPresent()) {
            yield raised(before.with(seen), alarm.get(), other.encode(), err);
          }
        }
        say(before, seen, out);
        yield new Outcome(before.with(seen), false);
      }
    };
  }

  private static Optional<Alarm> compare(
      Monitor monitor, SignedCheckpoint other, Monitor.Seen seen) {
    try {
      return monitor.against(other, seen);
    } catch (TileException e) {
      if (LedgerTools.isUnreachable(e)) {
        throw new LogUnreachableException(String.valueOf(e.getMessage()), e);
      }
      return Optional.of(new Alarm(Alarm.Kind.TILES, String.valueOf(e.getMessage())));
    }
  }

  private static Outcome raised(MonitorState before, Alarm alarm, byte[] shown, PrintWriter err) {
    err.println(alarm);
    return new Outcome(before.with(alarm, shown, Instant.now()), true);
  }

  private static void say(MonitorState before, Monitor.Seen seen, PrintWriter out) {
    Checkpoint now = seen.checkpoint().checkpoint();
    Optional<Checkpoint> last =
        before.seen().map(Monitor.Seen::checkpoint).map(SignedCheckpoint::checkpoint);
    if (last.isPresent() && last.get().equals(now)) {
      return;
    }
    out.println(
        last.isEmpty()
            ? "first look 初次查看: " + now
            : "continues 前后一致: " + last.get().size() + " → " + now.size() + "  " + now);
  }
}
