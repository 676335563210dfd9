package org.yuanliu.platform.command;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.yuanliu.platform.backup.OfflineBackup;
import org.yuanliu.platform.backup.Restore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Restores the newest backup into an empty data folder or database. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description =
        "Restore the newest backup in DIR into an empty data folder or database."
            + " The server's next start builds the views.")
final class RestoreCommand implements Callable<Integer> {
  @Mixin private ServerOptions options = new ServerOptions();

  @Parameters(paramLabel = "DIR", description = "folder of the backups")
  private Path folder = Path.of("backup");

  @Option(names = "--passphrase-file", description = "its first line opens an encrypted backup")
  private @Nullable Path passphraseFile;

  @Option(
      names = "--published",
      description =
          "file with the newest checkpoint that the log is known to have published, as anyone got"
              + " it from /ledger/LOG/checkpoint")
  private @Nullable Path published;

  @Option(
      names = "--new-log",
      description =
          "name of the log to begin where the backup ends behind what was published; set it as"
              + " yuanliu.log too")
  private @Nullable String newLog;

  @Override
  public Integer call() throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    char[] passphrase = Passphrase.read(passphraseFile);
    try (ConfigurableApplicationContext context =
        options.startBeside(
            OfflineBackup.class,
            List.of(
                "--logging.threshold.console=error",
                // What a restore left that was cut off, it takes up again.
                "--yuanliu.database.unfinished-restore=true"))) {
      ProgressBar progress = ProgressBar.ofBytes();
      Restore.Done done =
          context
              .getBean(Restore.class)
              .run(
                  CallerPath.of(folder),
                  passphrase,
                  new Restore.Succession(
                      published == null ? null : CallerPath.ofFile(published), newLog),
                  progress);
      double seconds = progress.end().toMillis() / 1e3;
      out.printf(
          "恢复完成：日志 %s 共 %,d 条（%d 个备份），用时 %.1f 秒。请先启动（重建视图），再用 ./yuanliu fsck 核对。%n",
          done.log(), done.size(), done.backups(), seconds);
      out.printf(
          "restored: log %s, %,d entries out of %d backups, %.2f s. Start it now, which builds"
              + " the views; then ./yuanliu fsck checks everything.%n",
          done.log(), done.size(), done.backups(), seconds);
      if (done.predecessor() != null) {
        out.printf(
            "日志 %s 至此为止，由 %s 承接。启动前请在 %s/yuanliu.yaml 中设置 yuanliu.log: %s%n",
            done.predecessor(), done.log(), "{data}", done.log());
        out.printf(
            "the log %s ends here, %s takes over. Before the start set yuanliu.log: %s in"
                + " {data}/yuanliu.yaml%n",
            done.predecessor(), done.log(), done.log());
      }
    }
    return 0;
  }
}
