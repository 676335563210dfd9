package org.yuanliu.platform.command;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.springframework.context.ConfigurableApplicationContext;
import org.yuanliu.platform.checks.OpenAlerts;
import org.yuanliu.platform.journal.Journal;
import org.yuanliu.platform.journal.Rebuild;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Drops every view and builds it again from the journal; for a server that is stopped. */
@Command(
    name = "rebuild",
    mixinStandardHelpOptions = true,
    description = "Drop every view and build it again from the journal; stop the server first.")
final class RebuildCommand implements Callable<Integer> {
  /** Longer than any rebuild that anybody waits for; a server goes on where this ends. */
  private static final Duration CHECKS_LIMIT = Duration.ofHours(12);

  @Mixin private ServerOptions options = new ServerOptions();

  @Override
  public Integer call() {
    // The journal needs the whole application; nobody else is to find it meanwhile, and nothing is
    // delivered by views that are not whole.
    options.port = 0;
    options.lan = false;
    try (ConfigurableApplicationContext context =
        options.start(
            List.of("--logging.threshold.console=warn", "--yuanliu.subscription.deliver=false"))) {
      Instant begin = Instant.now();
      ProgressBar progress = ProgressBar.ofEntries();
      context.getBean(Rebuild.class).rebuild(progress);
      var _ = progress.end();
      if (!context.getBean(OpenAlerts.class).awaitJudged(CHECKS_LIMIT)) {
        System.err.println(
            "检查尚未重做完，服务启动后继续    the checks are not through; a server goes on with them");
      }
      System.out.printf(
          "重建完成，共 %1$,d 条，用时 %2$d 秒    rebuilt from %1$,d entries in %2$d s%n",
          context.getBean(Journal.class).head().size(),
          Duration.between(begin, Instant.now()).toSeconds());
    }
    return 0;
  }
}
