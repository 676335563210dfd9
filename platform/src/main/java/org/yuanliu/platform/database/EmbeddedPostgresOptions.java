package org.yuanliu.platform.database;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * @param folder of the database and all that belongs to it
 * @param binaries where PostgreSQL's programs are unpacked
 * @param port on the loopback interface; 0 for any free one
 * @param startLimit how long recovery after a crash may take
 * @param sharedBuffersMb PostgreSQL's own page cache
 * @param maxConnections of all clients together
 * @param durable false only in tests of what is not about durability
 */
record EmbeddedPostgresOptions(
    Path folder,
    Path binaries,
    int port,
    Duration startLimit,
    int sharedBuffersMb,
    int maxConnections,
    boolean durable) {

  EmbeddedPostgresOptions {
    requireNonNull(folder, "folder is null");
    requireNonNull(binaries, "binaries is null");
    requireNonNull(startLimit, "startLimit is null");
  }

  /**
   * Given on the command line, where neither a file nor ALTER SYSTEM overrides them. For a server
   * that mostly writes, on two cores and a few gigabytes of memory.
   */
  List<String> serverArguments(Path cluster, int actualPort) {
    List<String> arguments = new ArrayList<>(List.of("-D", cluster.toString()));
    String onOff = durable ? "on" : "off";
    set(arguments, "fsync", onOff);
    set(arguments, "synchronous_commit", onOff);
    set(arguments, "full_page_writes", onOff);

    set(arguments, "listen_addresses", "127.0.0.1");
    set(arguments, "port", Integer.toString(actualPort));
    set(arguments, "unix_socket_directories", "");
    set(arguments, "max_connections", Integer.toString(maxConnections));
    set(arguments, "password_encryption", "scram-sha-256");

    // The hot part of three random-key indexes; the rest of memory serves as the system's cache.
    set(arguments, "shared_buffers", sharedBuffersMb + "MB");
    // The first change of a page after a checkpoint logs the whole page, and random keys touch many
    // pages: checkpoints are kept rare, recovery of 4 GB takes about a minute.
    set(arguments, "max_wal_size", "4GB");
    set(arguments, "min_wal_size", "256MB");
    set(arguments, "checkpoint_timeout", "15min");
    set(arguments, "wal_compression", "pglz");
    // Nobody follows this server's log. So a table that is filled in the transaction that made or
    // emptied it (a restore) is written once and forced to the disk at the commit, not logged too.
    set(arguments, "wal_level", "minimal");
    set(arguments, "max_wal_senders", "0");
    set(arguments, "wal_buffers", "16MB");
    // Look-ups by key through indexes, on solid state; nothing here is worth compiling.
    set(arguments, "random_page_cost", "1.1");
    set(arguments, "jit", "off");
    set(arguments, "work_mem", "16MB");
    set(arguments, "maintenance_work_mem", "128MB");
    // Two cores: a large parallel scan must not stand in the writer's way.
    set(arguments, "max_parallel_workers_per_gather", "0");
    set(arguments, "autovacuum_max_workers", "2");

    set(arguments, "timezone", "UTC");
    set(arguments, "log_timezone", "UTC");
    set(arguments, "lc_messages", "C");
    // A week of logs, one file a day, each overwritten by its next week's: bounded by itself.
    set(arguments, "logging_collector", "on");
    set(arguments, "log_directory", "log");
    set(arguments, "log_filename", "postgresql-%a.log");
    set(arguments, "log_truncate_on_rotation", "on");
    set(arguments, "log_rotation_age", "1d");
    set(arguments, "log_rotation_size", "0");
    set(arguments, "log_min_duration_statement", "5s");
    set(arguments, "log_parameter_max_length", "0");
    set(arguments, "log_error_verbosity", "terse");
    set(arguments, "log_min_error_statement", "panic");
    return List.copyOf(arguments);
  }

  private static void set(List<String> arguments, String name, String value) {
    arguments.add("-c");
    arguments.add(name + "=" + value);
  }
}
