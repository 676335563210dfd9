package org.yuanliu.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The whole server as people start it: a process of its own, to be stopped or killed. */
final class ServerProcess {
  private static final Duration START_LIMIT = Duration.ofMinutes(3);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(90);
  private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");
  private static final Pattern KEY = Pattern.compile("yl_[0-9a-f]{16}_[A-Za-z0-9_-]{43}");

  /** SIGTERM, after the shutdown hooks have run. */
  private static final int STOPPED = 128 + 15;

  private final Process process;
  private final Path log;
  private final int port;

  private ServerProcess(Process process, Path log, int port) {
    this.process = process;
    this.log = log;
    this.port = port;
  }

  /** Starts a server on any free port; returns when it takes requests. */
  static ServerProcess serve(Path data, Path logs) throws IOException, InterruptedException {
    return serve(data, logs, Map.of());
  }

  /**
   * @param settings as environment variables
   */
  static ServerProcess serve(Path data, Path logs, Map<String, String> settings)
      throws IOException, InterruptedException {
    Path log = Files.createTempFile(logs, "serve", ".log");
    Process process = start(data, log, settings, "serve", "--port", "0");
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (true) {
      Matcher matcher = PORT.matcher(Files.readString(log));
      if (matcher.find()) {
        return new ServerProcess(process, log, Integer.parseInt(matcher.group(1)));
      }
      if (!process.isAlive() || System.nanoTime() > deadline) {
        process.destroyForcibly();
        fail("the server does not start: " + Files.readString(log));
      }
      Thread.sleep(20);
    }
  }

  /**
   * Makes the first account by the command for it.
   *
   * @return its API key
   */
  static String account(Path data, Path logs, String name, String party)
      throws IOException, InterruptedException {
    return account(data, logs, Map.of(), name, party);
  }

  /**
   * @param settings as environment variables
   */
  static String account(
      Path data, Path logs, Map<String, String> settings, String name, String party)
      throws IOException, InterruptedException {
    Path log = Files.createTempFile(logs, "account", ".log");
    Process process =
        start(data, log, settings, "account", "--name", name, "--party", party, "--key");
    try (var in = process.outputWriter(UTF_8)) {
      in.write("correct horse battery staple\n");
    }
    if (!process.waitFor(START_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    Matcher matcher = KEY.matcher(Files.readString(log));
    assertThat(matcher.find()).as(Files.readString(log)).isTrue();
    return matcher.group();
  }

  private static Process start(
      Path data, Path log, Map<String, String> settings, String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data", data.toString()));
    return JavaProcess.start(Main.class, log, settings, all);
  }

  /** The postmaster of the PostgreSQL in this data folder, if it lives. */
  static Optional<ProcessHandle> postmaster(Path data) throws IOException {
    Path file = data.resolve("postgres").resolve("cluster").resolve("postmaster.pid");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(Files.readAllLines(file).getFirst().strip()));
  }

  int port() {
    return port;
  }

  String log() throws IOException {
    return Files.readString(log);
  }

  /** SIGKILL; PostgreSQL lives on, as a child of nobody. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGTERM, and everything that the server does then. */
  void stop() throws IOException, InterruptedException {
    process.destroy();
    assertThat(process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS))
        .as("graceful stop: %s", log())
        .isTrue();
    assertThat(process.exitValue()).as(log()).isEqualTo(STOPPED);
  }
}
