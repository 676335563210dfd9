package org.yuanliu.platform.command;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import org.springframework.context.ConfigurableApplicationContext;
import org.yuanliu.platform.personal.KeyGoneException;
import org.yuanliu.platform.personal.OfflinePersonal;
import org.yuanliu.platform.personal.PersonalKeyRotation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The keys of personal data. */
@Command(
    name = "personal",
    mixinStandardHelpOptions = true,
    subcommands = PersonalCommand.RotateKey.class,
    description = "The keys of personal data: rotate-key.")
final class PersonalCommand implements Callable<Integer> {
  private static final int USAGE = 2;

  @Override
  public Integer call() {
    System.err.println("yuanliu personal rotate-key");
    return USAGE;
  }

  /** Replaces the key-encryption key. */
  @Command(
      name = "rotate-key",
      mixinStandardHelpOptions = true,
      description =
          "Bring a new key-encryption key into use and wrap every person's key with it anew."
              + " Servers go on meanwhile; keep the old key until this has ended, and as long as"
              + " backups from before are to be restored.")
  static final class RotateKey implements Callable<Integer> {
    private static final int FAILED = 1;

    @Mixin private ServerOptions options = new ServerOptions();

    @Override
    public Integer call() {
      PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
      PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
      try (ConfigurableApplicationContext context =
          options.startBeside(OfflinePersonal.class, List.of("--logging.threshold.console=warn"))) {
        PersonalKeyRotation.Done done = context.getBean(PersonalKeyRotation.class).rotate();
        out.println("新密钥    new key: " + done.key());
        out.println("已重新包裹 wrapped anew: " + done.rewrapped());
        out.println("不再使用  no longer used: " + String.join(", ", done.retired()));
        return 0;
      } catch (KeyGoneException | IllegalStateException e) {
        err.println(e.getMessage());
        return FAILED;
      }
    }
  }
}
