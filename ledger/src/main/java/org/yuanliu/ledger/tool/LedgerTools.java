package org.yuanliu.ledger.tool;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import org.yuanliu.ledger.TileException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code yuanliu verify|monitor|fsck}: what anyone may run against any log. */
@Command(
    name = "yuanliu",
    mixinStandardHelpOptions = true,
    subcommands = {VerifyCommand.class, MonitorCommand.class, FsckCommand.class},
    description = "Checks a Yuanliu log from outside.")
public final class LedgerTools {
  /** All is as it should be. */
  static final int HELD = 0;

  /** Something is not as it should be: changed, forked, rolled back, or no receipt at all. */
  static final int FAILED = 1;

  /** Nothing could be found out: the log did not answer. */
  static final int UNREACHABLE = 2;

  private LedgerTools() {}

  public static void main(String[] args) {
    // The words are UTF-8 whatever the terminal's locale says.
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
    PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8);
    System.exit(run(out, err, args));
  }

  /**
   * Runs a command.
   *
   * @return the process's exit status
   */
  public static int run(PrintStream out, PrintStream err, String... args) {
    return new CommandLine(new LedgerTools())
        .setOut(new PrintWriter(out, true, UTF_8))
        .setErr(new PrintWriter(err, true, UTF_8))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (e, command, parsed) -> {
              command.getErr().println("yuanliu: " + e.getMessage());
              return e instanceof LogUnreachableException || e instanceof UncheckedIOException
                  ? UNREACHABLE
                  : FAILED;
            })
        .execute(args);
  }

  /** Whether a failure means that nothing is known, rather than that something is wrong. */
  static boolean isUnreachable(TileException e) {
    return e.getCause() instanceof LogUnreachableException;
  }
}
