package org.yuanliu.platform.command;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.yuanliu.platform.backup.Backup;
import org.yuanliu.platform.backup.OfflineBackup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a backup; the server may run. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    description =
        "Write a backup into DIR, on from the newest one there. The server may run meanwhile.")
final class BackupCommand implements Callable<Integer> {
  @Mixin private ServerOptions options = new ServerOptions();

  @Parameters(paramLabel = "DIR", description = "folder of the backups")
  private Path folder = Path.of("backup");

  @Option(names = "--full", description = "begin anew instead of going on from the newest backup")
  private boolean full;

  @Option(
      names = "--passphrase-file",
      description = "encrypt (OpenPGP) with the first line of this file")
  private @Nullable Path passphraseFile;

  @Override
  public Integer call() throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    char[] passphrase = Passphrase.read(passphraseFile);
    try (ConfigurableApplicationContext context =
        options.startBeside(
            OfflineBackup.class,
            List.of(
                "--logging.threshold.console=error",
                // This is the way from one PostgreSQL to the next.
                "--yuanliu.database.older-release=true"))) {
      ProgressBar progress = ProgressBar.ofBytes();
      Backup.Done done =
          context.getBean(Backup.class).run(CallerPath.of(folder), full, passphrase, progress);
      double seconds = progress.end().toMillis() / 1e3;
      out.printf(
          "备份完成：%s，第 %,d 至 %,d 条，%.1f MB，用时 %.1f 秒%n",
          done.path(), done.from(), done.size(), done.bytes() / 1e6, seconds);
      out.printf(
          "backed up: entries %,d to %,d, %.1f MB, %.2f s%n",
          done.from(), done.size(), done.bytes() / 1e6, seconds);
    }
    if (passphrase == null && Files.exists(options.dataFolder().resolve(Backup.PERSONAL_KEYS))) {
      out.println("未加密的备份不含 keys/personal（个人信息的密钥）：请另行妥善保存，没有它个人信息无法读出。");
      out.println(
          "a plain backup leaves out keys/personal: keep these keys elsewhere, for without them"
              + " personal data cannot be read");
    }
    return 0;
  }
}
