package org.yuanliu.platform.database;

import static java.util.Objects.requireNonNull;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * PostgreSQL's own programs, run as it wants them run: never as root, and never in the terminal's
 * process group, where Ctrl-C would stop the database under a server that still finishes requests.
 */
final class PostgresTools {
  private static final long ROOT = 0;

  private final Path bin;
  private final List<String> prefix;

  private PostgresTools(Path bin, List<String> prefix) {
    this.bin = bin;
    this.prefix = List.copyOf(prefix);
  }

  /**
   * @param home folder with {@code bin}, {@code lib} and {@code share}
   */
  static PostgresTools of(Path home) throws IOException {
    requireNonNull(home, "home is null");
    List<String> prefix = new ArrayList<>(List.of("setsid"));
    if (new UnixSystem().getUid() == ROOT) {
      // A user namespace without a mapping: inside, the process is nobody and so is the owner of
      // root's files, which is just what PostgreSQL checks. No account has to be made for it.
      List<String> unshare = List.of("unshare", "-U");
      if (!succeeds(unshare)) {
        throw new IOException(
            "以 root 运行时无法启动内置 PostgreSQL（unshare -U 不可用）：请改用普通用户，或设置 yuanliu.database.url"
                + " / The embedded PostgreSQL does not run as root here (unshare -U is not allowed):"
                + " use an ordinary account, or set yuanliu.database.url");
      }
      prefix.addAll(unshare);
    }
    return new PostgresTools(home.resolve("bin"), prefix);
  }

  /** A program of PostgreSQL, not started yet. */
  ProcessBuilder command(String program, List<String> arguments) {
    List<String> command = new ArrayList<>(prefix);
    command.add(bin.resolve(program).toString());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectErrorStream(true);
    // Messages are read by us and by whoever reads the log: one language, whatever the machine's.
    builder.environment().put("LC_ALL", "C");
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    return builder;
  }

  /**
   * Runs a program to its end.
   *
   * @throws IOException if it fails or takes too long; with what it printed
   */
  void run(String program, List<String> arguments, Duration limit, Path scratch)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile(scratch, program, ".out");
    try {
      Process process =
          command(program, arguments)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
        throw new IOException(program + " took longer than " + limit.toSeconds() + " s");
      }
      if (process.exitValue() != 0) {
        throw new IOException(
            program
                + " failed ("
                + process.exitValue()
                + "): "
                + Files.readString(output, StandardCharsets.UTF_8).strip());
      }
    } finally {
      Files.deleteIfExists(output);
    }
  }

  private static boolean succeeds(List<String> prefix) {
    List<String> command = new ArrayList<>(prefix);
    command.add("true");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
