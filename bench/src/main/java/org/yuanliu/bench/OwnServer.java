package org.yuanliu.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server with the small demonstration that a bench starts for itself and stops at its end. */
final class OwnServer implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(4);
  private static final Duration STOP_LIMIT = Duration.ofMinutes(1);
  private static final long POLL_MS = 250;

  private final Process process;
  private final Target target;

  private OwnServer(Process process, Target target) {
    this.process = process;
    this.target = target;
  }

  /**
   * Starts one, on any free port of the loopback, and returns when the demonstration is stored.
   *
   * @param data its data folder; its output goes into a file beside
   * @param environment settings, as variables
   */
  static OwnServer start(Path jar, Path data, Map<String, String> environment)
      throws IOException, InterruptedException {
    int port = freePort();
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder builder =
        new ProcessBuilder(
            java,
            "-Xmx512m",
            "--enable-native-access=ALL-UNNAMED",
            "-Dfile.encoding=UTF-8",
            "-jar",
            jar.toString(),
            "demo",
            "--scale",
            "0.02",
            "--port",
            Integer.toString(port),
            "--data",
            data.toString());
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(Path.of(data + ".log").toFile());
    Process process = builder.start();
    // Whoever ends the bench half-way ends its servers too.
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(process::destroy));
    OwnServer server = new OwnServer(process, Target.of(data));
    boolean ready = false;
    try {
      server.awaitDemonstration(data);
      ready = true;
      return server;
    } finally {
      if (!ready) {
        server.close();
      }
    }
  }

  Target target() {
    return target;
  }

  /** Removes a folder with all that is in it. */
  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Written when all is stored, so whoever finds it finds a server that answers. */
  private void awaitDemonstration(Path data) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (!Files.exists(data.resolve("demo.json"))) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new IllegalStateException("the server does not start, see " + data + ".log");
      }
      Thread.sleep(POLL_MS);
    }
    target.open();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
