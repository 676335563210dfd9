package org.yuanliu.platform.command;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import org.springframework.context.ConfigurableApplicationContext;
import org.yuanliu.ledger.note.VerifierKey;
import org.yuanliu.platform.transparency.KeyRotation;
import org.yuanliu.platform.transparency.OfflineLedger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The log's own affairs. */
@Command(
    name = "ledger",
    mixinStandardHelpOptions = true,
    subcommands = LedgerCommand.RotateKey.class,
    description = "The transparency log: rotate-key.")
final class LedgerCommand implements Callable<Integer> {
  private static final int USAGE = 2;

  @Override
  public Integer call() {
    System.err.println("yuanliu ledger rotate-key");
    return USAGE;
  }

  /** Replaces the log's key. */
  @Command(
      name = "rotate-key",
      mixinStandardHelpOptions = true,
      description =
          "Make a new key for the log; the old one stays published and what it signed stays valid."
              + " A server that runs signs with the new one within a minute.")
  static final class RotateKey implements Callable<Integer> {
    @Mixin private ServerOptions options = new ServerOptions();

    @Override
    public Integer call() {
      PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
      try (ConfigurableApplicationContext context =
          options.startBeside(OfflineLedger.class, List.of("--logging.threshold.console=warn"))) {
        VerifierKey key = context.getBean(KeyRotation.class).rotate();
        out.println("新公钥    new public key: " + key);
      }
      return 0;
    }
  }
}
