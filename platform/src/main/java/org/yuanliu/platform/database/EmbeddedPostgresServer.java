package org.yuanliu.platform.database;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.util.PSQLState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * A real PostgreSQL that belongs to this server process: made on the first start, found again after
 * any end of either of the two, started again when it dies alone.
 *
 * <p>The library's own starter is not used, only its archive: it knows neither a password nor a
 * process that was left, and it switches durability off.
 */
final class EmbeddedPostgresServer implements PostgresServer {
  static final String DATABASE = "yuanliu";
  static final String ROLE = "yuanliu";

  private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgresServer.class);
  private static final long POLL_MS = 20;
  private static final int CONNECT_LIMIT_S = 10;
  private static final Duration BACK_OFF_FIRST = Duration.ofMillis(100);

  /** A full disk is not healed by hurry. */
  private static final Duration BACK_OFF_LAST = Duration.ofSeconds(10);

  private static final String CANNOT_CONNECT_NOW = "57P03";

  private final EmbeddedPostgresOptions options;
  private final PostgresCluster cluster;
  private final PostgresTools tools;
  private final Postmaster postmaster;
  private final FileChannel lockChannel;
  private final PGSimpleDataSource admin;
  private final PGSimpleDataSource application;
  private final ReentrantLock lifecycle = new ReentrantLock();
  private final Thread supervisor;
  private volatile boolean closing;
  private volatile Process process;

  private EmbeddedPostgresServer(EmbeddedPostgresOptions options, boolean olderRelease)
      throws IOException, InterruptedException, SQLException {
    this.options = requireNonNull(options, "options is null");
    cluster = new PostgresCluster(options.folder());
    lockChannel = lock(cluster.lockFile());
    try {
      tools = PostgresTools.of(programs(olderRelease));
      postmaster = new Postmaster(cluster.data(), tools, cluster.folder());
      cluster.create(tools, options.durable());
      int port = options.port() == 0 ? freePort() : options.port();
      admin = source(port, PostgresCluster.SUPERUSER, cluster.password(), "postgres");
      String password = PostgresCluster.newPassword();
      application = source(port, ROLE, password, DATABASE);
      process = launch();
      prepareDatabase(password);
      writeConnection();
    } catch (IOException | InterruptedException | SQLException | RuntimeException e) {
      lockChannel.close();
      throw e;
    }
    supervisor =
        Thread.ofPlatform().daemon().name("postgres-supervisor").unstarted(this::supervise);
  }

  /** Starts the server and returns when it takes connections. */
  static EmbeddedPostgresServer start(EmbeddedPostgresOptions options) {
    return start(options, false);
  }

  /**
   * The same.
   *
   * @param olderRelease whether a cluster of another major release is run too, with the programs
   *     that made it
   * @throws UnsuitableDatabaseException if there is such a cluster and it is not to be run, or its
   *     programs are gone
   */
  static EmbeddedPostgresServer start(EmbeddedPostgresOptions options, boolean olderRelease) {
    try {
      EmbeddedPostgresServer server = new EmbeddedPostgresServer(options, olderRelease);
      server.supervisor.start();
      return server;
    } catch (IOException | SQLException e) {
      throw new IllegalStateException(
          "the embedded PostgreSQL does not start: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while PostgreSQL was starting", e);
    }
  }

  @Override
  public DataSource dataSource() {
    return application;
  }

  /** As superuser, on the maintenance database. */
  DataSource adminDataSource() {
    return admin;
  }

  int port() {
    return admin.getPortNumbers()[0];
  }

  /** The postmaster's process id. */
  long pid() {
    return process.pid();
  }

  @Override
  public void check(Connection connection) throws SQLException {
    ServerChecks.requireVersion(connection);
    if (options.durable()) {
      ServerChecks.requireFullyDurable(connection);
    }
  }

  @Override
  public void close() {
    lifecycle.lock();
    try {
      if (closing) {
        return;
      }
      closing = true;
      supervisor.interrupt();
      postmaster.stop();
      Files.deleteIfExists(cluster.connectionFile());
      lockChannel.close();
    } catch (IOException e) {
      log.warn(
          "PostgreSQL did not stop cleanly; it will recover from its log at the next start", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lifecycle.unlock();
    }
  }

  /** PostgreSQL reads the data directory of its own major release only. */
  private Path programs(boolean olderRelease) throws IOException {
    Path current = PostgresBinaries.unpack(options.binaries());
    int ours = PostgresBinaries.release(current);
    int release = cluster.release().orElse(ours);
    if (release == ours) {
      return current;
    }
    Optional<Path> older = PostgresBinaries.find(release, options.binaries());
    if (older.isEmpty()) {
      throw new UnsuitableDatabaseException(
          "数据目录 %s 由 PostgreSQL %d 建立，而其程序已不在 %s；本程序自带的是 %d。请用建立它的旧版源流备份，再用本版恢复到新的数据目录"
              .formatted(cluster.folder(), release, options.binaries(), ours),
          "%s was made by PostgreSQL %d, whose programs are no longer in %s; this program brings %d: back it up with the version of Yuanliu that made it, restore that into a new data folder with this one"
              .formatted(cluster.folder(), release, options.binaries(), ours));
    }
    if (!olderRelease) {
      Path data = requireNonNull(cluster.folder().getParent());
      String commands =
          "\n  ./yuanliu backup DIR --data %s --passphrase-file FILE\n  ./yuanliu restore DIR --data NEWDIR --passphrase-file FILE\n"
              .formatted(data);
      throw new UnsuitableDatabaseException(
          "数据目录 %s 由 PostgreSQL %d 建立，本程序自带的是 %d。数据没有改动；请先备份，再恢复到新的数据目录，然后用新目录启动：%s"
              .formatted(data, release, ours, commands),
          "The data folder %s was made by PostgreSQL %d, this program brings %d. Nothing was changed; back it up, restore that into a new data folder and start with the new one:%s"
              .formatted(data, release, ours, commands));
    }
    return older.get();
  }

  private Process launch() throws IOException, InterruptedException, SQLException {
    postmaster.clear();
    Process started =
        tools
            .command("postgres", options.serverArguments(cluster.data(), port()))
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(cluster.startLog().toFile())
            .start();
    try {
      awaitReady(started);
    } catch (IOException | InterruptedException | SQLException | RuntimeException e) {
      postmaster.stop();
      throw e;
    }
    log.info("PostgreSQL runs on 127.0.0.1:{}, process {}", port(), started.pid());
    return started;
  }

  private void awaitReady(Process started) throws IOException, InterruptedException, SQLException {
    long deadline = System.nanoTime() + options.startLimit().toNanos();
    while (true) {
      try (Connection connection = admin.getConnection()) {
        requireOurs(connection);
        check(connection);
        return;
      } catch (SQLException e) {
        boolean starting =
            CANNOT_CONNECT_NOW.equals(e.getSQLState())
                || PSQLState.isConnectionError(e.getSQLState());
        if (!started.isAlive()) {
          throw new IOException(
              "PostgreSQL ended while starting ("
                  + started.exitValue()
                  + "): "
                  + Files.readString(cluster.startLog()).strip()
                  + "; see also "
                  + cluster.data().resolve("log"),
              e);
        }
        if (!starting || System.nanoTime() > deadline) {
          throw e;
        }
      }
      Thread.sleep(POLL_MS);
    }
  }

  /** A stranger may have taken the port in the moment between choosing and using it. */
  private void requireOurs(Connection connection) throws SQLException {
    String folder = single(connection, "show data_directory");
    if (!folder.equals(cluster.data().toString())) {
      throw new IllegalStateException("port " + port() + " belongs to the PostgreSQL of " + folder);
    }
  }

  /** The role of the application owns its database and is no superuser. */
  private void prepareDatabase(String password) throws SQLException {
    try (Connection connection = admin.getConnection();
        Statement statement = connection.createStatement()) {
      if (single(connection, "select count(*) from pg_roles where rolname = '" + ROLE + "'")
          .equals("0")) {
        statement.execute("create role " + ROLE + " login");
      }
      statement.execute("alter role " + ROLE + " password '" + password + "'");
      if (single(connection, "select count(*) from pg_database where datname = '" + DATABASE + "'")
          .equals("0")) {
        statement.execute("create database " + DATABASE + " owner " + ROLE);
      }
    }
  }

  private void writeConnection() throws IOException {
    Folders.writeSecret(
        cluster.connectionFile(),
        JsonMapper.shared()
            .writeValueAsString(
                Map.of(
                    "url",
                    "jdbc:postgresql://127.0.0.1:" + port() + "/" + DATABASE,
                    "user",
                    ROLE,
                    "password",
                    application.getPassword())));
  }

  private void supervise() {
    Duration backOff = BACK_OFF_FIRST;
    while (!closing) {
      try {
        int exit = process.waitFor();
        lifecycle.lockInterruptibly();
        try {
          if (closing) {
            return;
          }
          log.error("PostgreSQL ended by itself ({}); starting it again", exit);
          process = launch();
          backOff = BACK_OFF_FIRST;
        } finally {
          lifecycle.unlock();
        }
      } catch (InterruptedException e) {
        return;
      } catch (IOException | SQLException | RuntimeException e) {
        log.error("PostgreSQL does not start; trying again in {} ms", backOff.toMillis(), e);
        if (!pause(backOff)) {
          return;
        }
        backOff = backOff.multipliedBy(2);
        if (backOff.compareTo(BACK_OFF_LAST) > 0) {
          backOff = BACK_OFF_LAST;
        }
        movePort();
      }
    }
  }

  /** The old port may have been taken while nobody listened on it. */
  private void movePort() {
    if (options.port() != 0) {
      return;
    }
    try {
      int[] port = {freePort()};
      admin.setPortNumbers(port);
      application.setPortNumbers(port);
      writeConnection();
    } catch (IOException e) {
      log.warn("no other port for PostgreSQL", e);
    }
  }

  private static boolean pause(Duration duration) {
    try {
      Thread.sleep(duration);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  private static FileChannel lock(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      channel.close();
      throw new IOException(
          "另一个服务正在使用该数据目录 / Another server is using the data folder "
              + file.toAbsolutePath().getParent());
    }
    return channel;
  }

  private static PGSimpleDataSource source(
      int port, String user, String password, String database) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {"127.0.0.1"});
    source.setPortNumbers(new int[] {port});
    source.setDatabaseName(database);
    source.setUser(user);
    source.setPassword(password);
    source.setConnectTimeout(CONNECT_LIMIT_S);
    source.setTcpKeepAlive(true);
    source.setApplicationName("yuanliu");
    return source;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      return socket.getLocalPort();
    }
  }

  private static String single(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
