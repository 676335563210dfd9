package org.yuanliu.platform.command;

import org.springframework.boot.web.server.PortInUseException;
import org.yuanliu.platform.backup.BackupException;
import org.yuanliu.platform.problem.Problem;
import org.yuanliu.platform.problem.ProblemException;
import picocli.CommandLine;

/** Says in one line what stopped the start; the stack is in the log. */
final class PlainErrors implements CommandLine.IExecutionExceptionHandler {
  private static final int FAILED = 1;

  @Override
  public int handleExecutionException(
      Exception e, CommandLine command, CommandLine.ParseResult parsed) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof PortInUseException busy) {
        command
            .getErr()
            .printf(
                "yuanliu: port %1$d is taken; choose another with --port    端口 %1$d 已被占用，请用 --port"
                    + " 换一个%n",
                busy.getPort());
        return FAILED;
      }
      if (cause instanceof BackupException refused) {
        command.getErr().println(refused.getMessage());
        return FAILED;
      }
      if (cause instanceof ProblemException refused) {
        Problem problem = refused.problem();
        command.getErr().printf("yuanliu: %s    %s%n", problem.zh(), problem.en());
        problem
            .details()
            .forEach(detail -> command.getErr().printf("  %s    %s%n", detail.zh(), detail.en()));
        return FAILED;
      }
    }
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    command.getErr().println("yuanliu: " + root.getMessage());
    return FAILED;
  }
}
