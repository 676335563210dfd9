package org.yuanliu.platform.command;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.springframework.context.ConfigurableApplicationContext;
import org.yuanliu.platform.journal.TreeCheck;
import org.yuanliu.platform.transparency.LedgerCheck;
import org.yuanliu.platform.transparency.OfflineLedger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Recomputes the log from the rows; exit code 0 if all is as it was recorded, else 1. */
@Command(
    name = "fsck",
    mixinStandardHelpOptions = true,
    description =
        "Recompute the log from the database and compare everything; names the first difference."
            + " The server may run.")
final class FsckCommand implements Callable<Integer> {
  @Mixin private ServerOptions options = new ServerOptions();

  @Option(
      names = "--no-index",
      description = "leave the views of units and queries out, which takes most of the time")
  private boolean noIndex;

  @Override
  public Integer call() {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (ConfigurableApplicationContext context =
        options.startBeside(OfflineLedger.class, List.of("--logging.threshold.console=error"))) {
      ProgressBar progress = ProgressBar.ofEntries();
      TreeCheck.Result result = context.getBean(LedgerCheck.class).check(!noIndex, progress);
      Duration time = progress.end();
      return switch (result) {
        case TreeCheck.Sound(var head, long erased) -> {
          out.printf(
              "一致：%1$,d 条记录与日志、树根、检查点%4$s相符（%2$,d 条已按期销毁），用时 %3$.1f 秒%n",
              head.size(), erased, time.toMillis() / 1e3, noIndex ? "" : "、索引");
          out.printf(
              "sound: %1$,d entries fit leaves, root, checkpoints%4$s (%2$,d erased by retention"
                  + " acts), %3$.1f s%n",
              head.size(), erased, time.toMillis() / 1e3, noIndex ? "" : " and views");
          yield 0;
        }
        case TreeCheck.Broken(long position, String what, String expected, String found) -> {
          out.printf(
              "不一致，第一处在第 %d 位（从 0 数起）    broken, first at position %d%n", position, position);
          out.println("  what      " + what);
          out.println("  expected  " + expected);
          out.println("  found     " + found);
          yield 1;
        }
      };
    }
  }
}
