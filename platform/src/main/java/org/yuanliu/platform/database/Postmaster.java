package org.yuanliu.platform.database;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The processes that work in a cluster's folder, however they came to be there. PostgreSQL makes
 * the folder the working directory of every one of them, which tells them apart from a stranger to
 * whom the system gave the same process id again.
 */
final class Postmaster {
  private static final Logger log = LoggerFactory.getLogger(Postmaster.class);
  private static final String PID_FILE = "postmaster.pid";

  /** A fast shutdown writes one checkpoint; a minute is long for that. */
  private static final Duration FAST_LIMIT = Duration.ofSeconds(60);

  /**
   * Children notice the end of their postmaster within a second unless they are in a long query.
   */
  private static final Duration ORPHAN_LIMIT = Duration.ofSeconds(5);

  private static final Duration KILL_LIMIT = Duration.ofSeconds(10);
  private static final long POLL_MS = 20;

  private final Path cluster;
  private final PostgresTools tools;
  private final Path scratch;

  /**
   * @param cluster PostgreSQL's data directory, a real path
   * @param scratch a folder for what its programs print
   */
  Postmaster(Path cluster, PostgresTools tools, Path scratch) {
    this.cluster = requireNonNull(cluster, "cluster is null");
    this.tools = requireNonNull(tools, "tools is null");
    this.scratch = requireNonNull(scratch, "scratch is null");
  }

  /**
   * Leaves the folder without a process and without a stale pid file, so that it can be started. A
   * postmaster that a killed server left behind is stopped as on any other day; its settings are
   * those of an older start, so it is not taken over.
   */
  void clear() throws IOException, InterruptedException {
    Optional<ProcessHandle> leader = leader();
    if (leader.isPresent()) {
      log.info(
          "stopping the PostgreSQL that an earlier server left, process {}", leader.get().pid());
      stop();
    }
    clearOrphans();
    // Nobody works here any more. Left alone, PostgreSQL would refuse to start if the process id in
    // the file had been given to a stranger meanwhile.
    if (Files.deleteIfExists(cluster.resolve(PID_FILE))) {
      log.info("removed the pid file of a PostgreSQL that is gone");
    }
  }

  /** Stops PostgreSQL: open transactions are rolled back, a checkpoint is written. */
  void stop() throws IOException, InterruptedException {
    try {
      pgCtl("fast", FAST_LIMIT);
    } catch (IOException e) {
      if (leader().isPresent()) {
        log.warn("PostgreSQL does not stop; it will recover from its log at the next start", e);
        pgCtl("immediate", KILL_LIMIT);
      }
    }
  }

  /** The postmaster by its pid file, if it lives and really is one of this folder. */
  Optional<ProcessHandle> leader() throws IOException {
    Path file = cluster.resolve(PID_FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(file);
    if (lines.isEmpty() || !lines.getFirst().strip().matches("\\d{1,10}")) {
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(lines.getFirst().strip())).filter(this::worksHere);
  }

  /** Every process of this cluster. */
  List<ProcessHandle> processes() {
    return ProcessHandle.allProcesses().filter(this::worksHere).toList();
  }

  private void clearOrphans() throws IOException, InterruptedException {
    if (awaitNone(ORPHAN_LIMIT)) {
      return;
    }
    // Two generations writing the same files is the one thing that loses data for certain.
    for (ProcessHandle orphan : processes()) {
      log.warn("killing process {} of a PostgreSQL that is gone", orphan.pid());
      orphan.destroyForcibly();
    }
    if (!awaitNone(KILL_LIMIT)) {
      throw new IOException("processes of an earlier PostgreSQL do not end in " + cluster);
    }
  }

  private boolean awaitNone(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!processes().isEmpty()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      Thread.sleep(POLL_MS);
    }
    return true;
  }

  private void pgCtl(String mode, Duration limit) throws IOException, InterruptedException {
    tools.run(
        "pg_ctl",
        List.of(
            "stop",
            "-D",
            cluster.toString(),
            "-m",
            mode,
            "-w",
            "-t",
            Long.toString(limit.toSeconds())),
        limit.plusSeconds(5),
        scratch);
  }

  private boolean worksHere(ProcessHandle process) {
    Path proc = Path.of("/proc", Long.toString(process.pid()));
    try {
      return Files.readSymbolicLink(proc.resolve("cwd")).equals(cluster)
          && Files.readSymbolicLink(proc.resolve("exe")).toString().contains("/bin/postgres");
    } catch (IOException e) {
      return false; // ended meanwhile, or another user's
    }
  }
}
