package org.yuanliu.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./yuanliu bench capture|trace}. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    subcommands = {CaptureBench.class, TraceBench.class},
    description = "Measures a running server.")
public final class BenchCommand {
  private BenchCommand() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new BenchCommand()).execute(args));
  }
}
