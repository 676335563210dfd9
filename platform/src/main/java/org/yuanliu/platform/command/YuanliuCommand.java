package org.yuanliu.platform.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code yuanliu COMMAND}; a server command returns at once and the server's threads live on. */
@Command(
    name = "yuanliu",
    subcommands = {
      ServeCommand.class,
      DemoCommand.class,
      RebuildCommand.class,
      AccountCommand.class,
      FsckCommand.class,
      LedgerCommand.class,
      PersonalCommand.class,
      BackupCommand.class,
      RestoreCommand.class
    },
    description = "Yuanliu 源流: where a thing came from, where it went, who answers for it.")
public final class YuanliuCommand {

  /**
   * @return the process's exit status
   */
  public static int run(String... args) {
    return new CommandLine(new YuanliuCommand())
        .setExecutionExceptionHandler(new PlainErrors())
        .execute(args);
  }
}
