package org.yuanliu.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./yuanliu bench capture|packs|signing|trace|query|ledger|codec|access}. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    subcommands = {
      CaptureBench.class,
      PacksBench.class,
      SigningBench.class,
      TraceBench.class,
      QueryBench.class,
      LedgerBench.class,
      CodecBench.class,
      AccessBench.class
    },
    description = "Measures a running server, or ledger and codec by themselves.")
public final class BenchCommand {
  private BenchCommand() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new BenchCommand()).execute(args));
  }
}
