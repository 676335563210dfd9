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
              + " Servers go on meanwhile; one that was cut off is brought to its end when run"
              + " again. Keep the old key until this has ended, and as long as"
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
        if (done.resumed()) {
          out.println(
              "上次更换中断，现已完成；要再换一把请再次运行 / an earlier replacement was cut off and is"
                  + " done now; run this again for another key");
        }
        out.println("在用密钥  key in use: " + done.key());
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
