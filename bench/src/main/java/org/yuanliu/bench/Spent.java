package org.yuanliu.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What driver, server and PostgreSQL have spent since they started. Processor time does not depend
 * on what else the machine does as rates do, so two builds can be compared on a busy one.
 *
 * @param driver processor time of this process, seconds
 * @param server of the server's process
 * @param database of the embedded PostgreSQL with all its processes; 0 where /proc does not tell
 * @param walBytes position in the write-ahead log
 */
record Spent(double driver, double server, double database, long walBytes) {
  private static final double NANOS = 1e9;

  /** As "getconf CLK_TCK" says on every Linux. */
  private static final double TICKS_PER_SECOND = 100;

  /** In /proc/PID/stat, counted after the name in brackets. */
  private static final int PARENT = 1;

  private static final int USER = 11;
  private static final int SYSTEM = 12;
  private static final int CHILDREN_USER = 13;
  private static final int CHILDREN_SYSTEM = 14;

  static Spent now(Target target) throws IOException, SQLException {
    double driver =
        ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / NANOS;
    double server =
        ServerMetrics.sum(target.get("/actuator/prometheus").body(), "process_cpu_time_ns_total")
            / NANOS;
    try (Connection connection = target.database();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::bigint")) {
      row.next();
      return new Spent(driver, server, database(target.data), row.getLong(1));
    }
  }

  Spent since(Spent before) {
    return new Spent(
        driver - before.driver,
        server - before.server,
        database - before.database,
        walBytes - before.walBytes);
  }

  String perEvent(long events) {
    return String.format(
        Locale.ROOT,
        "an event: server %.0f µs, PostgreSQL %.0f µs, driver %.0f µs of processor time; %.0f bytes"
            + " of write-ahead log",
        server * 1e6 / events,
        database * 1e6 / events,
        driver * 1e6 / events,
        (double) walBytes / events);
  }

  private static double database(Path data) throws IOException {
    Path pidFile = data.resolve("postgres/cluster/postmaster.pid");
    if (!Files.isReadable(pidFile) || !Files.isDirectory(Path.of("/proc"))) {
      return 0;
    }
    String postmaster = Files.readAllLines(pidFile).getFirst().strip();
    List<String> own = stat(Path.of("/proc", postmaster));
    if (own.isEmpty()) {
      return 0;
    }
    double ticks = ticks(own) + number(own, CHILDREN_USER) + number(own, CHILDREN_SYSTEM);
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      for (Path process : processes.filter(Spent::isProcess).toList()) {
        List<String> stat = stat(process);
        if (!stat.isEmpty() && stat.get(PARENT).equals(postmaster)) {
          ticks += ticks(stat);
        }
      }
    }
    return ticks / TICKS_PER_SECOND;
  }

  private static boolean isProcess(Path path) {
    return path.getFileName().toString().chars().allMatch(Character::isDigit);
  }

  private static double ticks(List<String> stat) {
    return number(stat, USER) + number(stat, SYSTEM);
  }

  private static double number(List<String> stat, int field) {
    return Double.parseDouble(stat.get(field));
  }

  /** The fields after the name; none if the process has ended. */
  private static List<String> stat(Path process) {
    try {
      String line = Files.readString(process.resolve("stat"));
      return List.of(line.substring(line.lastIndexOf(')') + 2).split(" ", -1));
    } catch (IOException e) {
      return List.of();
    }
  }
}
