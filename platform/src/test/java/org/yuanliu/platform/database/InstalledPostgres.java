package org.yuanliu.platform.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A PostgreSQL of the machine's own packages, durable, on any free port of the loopback. */
public final class InstalledPostgres implements AutoCloseable {
  private static final Path PACKAGES = Path.of("/usr/lib/postgresql");
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String USER = "tester";

  private final PostgresTools tools;
  private final Path folder;
  private final int port;

  private InstalledPostgres(PostgresTools tools, Path folder, int port) {
    this.tools = tools;
    this.folder = folder;
    this.port = port;
  }

  /**
   * Makes a cluster in the folder and starts it.
   *
   * @return empty where the machine has no PostgreSQL of this release
   */
  public static Optional<InstalledPostgres> start(int release, Path folder)
      throws IOException, InterruptedException {
    Path home = PACKAGES.resolve(Integer.toString(release));
    if (!Files.isExecutable(home.resolve("bin").resolve("initdb"))) {
      return Optional.empty();
    }
    Path real = folder.toRealPath();
    Path data = real.resolve("data");
    PostgresTools tools = PostgresTools.of(home);
    tools.run(
        "initdb",
        List.of("-D", data.toString(), "-U", USER, "--auth=trust", "--encoding=UTF8", "--locale=C"),
        LIMIT,
        real);
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    tools.run(
        "pg_ctl",
        List.of(
            "start",
            "-w",
            "-D",
            data.toString(),
            "-l",
            real.resolve("log").toString(),
            "-o",
            "-c listen_addresses=127.0.0.1 -c unix_socket_directories='' -p " + port),
        LIMIT,
        real);
    return Optional.of(new InstalledPostgres(tools, real, port));
  }

  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  public String user() {
    return USER;
  }

  public DataSource dataSource() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url());
    source.setUser(USER);
    return source;
  }

  @Override
  public void close() throws IOException {
    try {
      tools.run(
          "pg_ctl",
          List.of("stop", "-w", "-m", "immediate", "-D", folder.resolve("data").toString()),
          LIMIT,
          folder);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
