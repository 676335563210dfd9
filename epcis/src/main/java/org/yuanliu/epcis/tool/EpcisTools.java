package org.yuanliu.epcis.tool;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code yuanliu epcis convert|validate|hash|conformance}. */
@Command(
    name = "epcis",
    mixinStandardHelpOptions = true,
    subcommands = {
      ConvertCommand.class,
      ValidateCommand.class,
      HashCommand.class,
      ConformanceCommand.class
    },
    description = "Works on EPCIS documents in files: JSON-LD, XML 2.0, XML 1.2.")
public final class EpcisTools {
  /** All is as it should be. */
  static final int RIGHT = 0;

  /** A document is not what it should be. */
  static final int WRONG = 1;

  /** A file cannot be read or written, or the command line is wrong. */
  static final int UNUSABLE = 2;

  /** Where documents go that are written to the standard output. */
  private final OutputStream documents;

  private EpcisTools(OutputStream documents) {
    this.documents = documents;
  }

  OutputStream documents() {
    return documents;
  }

  /** Runs a command of the command line and ends the process with its exit status. */
  public static void main(String[] args) {
    // The words are UTF-8 whatever the terminal's locale says.
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
    PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8);
    System.exit(run(out, err, args));
  }

  /**
   * Runs a command.
   *
   * @return the process's exit status: 0 right, 1 a wrong document, 2 unusable
   */
  public static int run(PrintStream out, PrintStream err, String... args) {
    return new CommandLine(new EpcisTools(out))
        .setOut(new PrintWriter(out, true, UTF_8))
        .setErr(new PrintWriter(err, true, UTF_8))
        .setExecutionExceptionHandler(
            (e, command, parsed) -> {
              Exception cause =
                  e instanceof UncheckedIOException io && io.getCause() != null ? io.getCause() : e;
              String said =
                  cause instanceof NoSuchFileException
                      ? "没有这个文件 · no such file: " + cause.getMessage()
                      : String.valueOf(cause.getMessage());
              command.getErr().println("yuanliu: " + said);
              return UNUSABLE;
            })
        .execute(args);
  }
}
