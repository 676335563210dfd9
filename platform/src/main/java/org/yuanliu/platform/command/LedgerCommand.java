package org.yuanliu.platform.command;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import org.springframework.context.ConfigurableApplicationContext;
import org.yuanliu.ledger.Suite;
import org.yuanliu.ledger.note.SignatureType;
import org.yuanliu.ledger.note.VerifierKey;
import org.yuanliu.platform.transparency.KeyRotation;
import org.yuanliu.platform.transparency.OfflineLedger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The log's own affairs. */
@Command(
    name = "ledger",
    mixinStandardHelpOptions = true,
    subcommands = {LedgerCommand.RotateKey.class, LedgerCommand.PublicKey.class},
    description = "The transparency log: rotate-key, public-key.")
final class LedgerCommand implements Callable<Integer> {
  private static final int USAGE = 2;

  @Override
  public Integer call() {
    System.err.println("yuanliu ledger rotate-key|public-key");
    return USAGE;
  }

  /** Writes a public key that a token or another program tells as a C2SP verifier key. */
  @Command(
      name = "public-key",
      mixinStandardHelpOptions = true,
      description =
          "Write a public key in hexadecimal (32 bytes for Ed25519, 65 for SM2; before it the two"
              + " bytes 0420 or 0441 of a token's EC_POINT) as the setting"
              + " yuanliu.transparency.keys.public-key takes it.")
  static final class PublicKey implements Callable<Integer> {
    /** DER's tag and length of an octet string. */
    private static final int DER_BYTES = 2;

    @Option(names = "--log", required = true, description = "the log's name (yuanliu.log)")
    private String log = "";

    @Option(
        names = "--suite",
        defaultValue = "sha256-ed25519",
        description = "sha256-ed25519 or sm3-sm2 (default: ${DEFAULT-VALUE})")
    private String suite = "sha256-ed25519";

    @Parameters(paramLabel = "HEX")
    private String hex = "";

    @Override
    public Integer call() {
      try {
        SignatureType type = SignatureType.note(Suite.ofId(suite));
        byte[] bytes = HexFormat.of().parseHex(hex);
        int length = type.publicKeyBytes();
        if (bytes.length == DER_BYTES + length && bytes[0] == 4 && bytes[1] == length) {
          bytes = Arrays.copyOfRange(bytes, DER_BYTES, bytes.length);
        }
        System.out.println(new VerifierKey(log, type, bytes));
        return 0;
      } catch (IllegalArgumentException e) {
        System.err.println(
            "这不是 " + suite + " 的公钥 / no public key for " + suite + ": " + e.getMessage());
        return USAGE;
      }
    }
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
