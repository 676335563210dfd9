package org.yuanliu.platform.database;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The data folder of the embedded server:
 *
 * <pre>
 *  cluster/          PostgreSQL's own data directory
 *  password          of its superuser, mode 0600
 *  connection.json   how to reach it now, mode 0600
 *  lock              held by the one server that runs it
 *  start.log         what it printed before its own log began
 * </pre>
 *
 * <p>A cluster is made as {@code cluster.new} and renamed when it is whole; no server ever runs on
 * the former. So a {@code cluster.new} that is found was never in use, and may go; a {@code
 * cluster} is never deleted.
 */
final class PostgresCluster {
  static final String SUPERUSER = "postgres";

  /** PostgreSQL's own, in every data directory. */
  private static final String VERSION_FILE = "PG_VERSION";

  private static final Logger log = LoggerFactory.getLogger(PostgresCluster.class);
  private static final Duration INITDB_LIMIT = Duration.ofMinutes(2);

  /** 192 random bits: not to be guessed. */
  private static final int PASSWORD_BYTES = 24;

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path folder;

  PostgresCluster(Path folder) throws IOException {
    requireNonNull(folder, "folder is null");
    Files.createDirectories(folder);
    // PostgreSQL reports real paths, and a relative one would depend on who asks.
    this.folder = folder.toRealPath();
    Files.setPosixFilePermissions(this.folder, PosixFilePermissions.fromString("rwx------"));
  }

  Path folder() {
    return folder;
  }

  Path data() {
    return folder.resolve("cluster");
  }

  Path lockFile() {
    return folder.resolve("lock");
  }

  Path startLog() {
    return folder.resolve("start.log");
  }

  Path connectionFile() {
    return folder.resolve("connection.json");
  }

  private Path passwordFile() {
    return folder.resolve("password");
  }

  /** The major release that made the cluster; empty where there is none yet. */
  OptionalInt release() throws IOException {
    Path file = data().resolve(VERSION_FILE);
    return Files.exists(file)
        ? OptionalInt.of(Integer.parseInt(Files.readString(file).strip()))
        : OptionalInt.empty();
  }

  /** The superuser's password. */
  String password() throws IOException {
    return Files.readString(passwordFile()).strip();
  }

  static String newPassword() {
    byte[] bytes = new byte[PASSWORD_BYTES];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * Makes the cluster if there is none; finishes or redoes a first start that was cut off.
   *
   * @param synced whether the new files are forced to the disk
   */
  void create(PostgresTools tools, boolean synced) throws IOException, InterruptedException {
    if (Files.exists(data(), LinkOption.NOFOLLOW_LINKS)) {
      if (!Files.exists(data().resolve(VERSION_FILE)) || !Files.exists(passwordFile())) {
        throw new IOException(
            "数据目录不完整，不会改动：请从备份恢复 / The data folder "
                + folder
                + " is not whole and is left as it is: restore it from a backup");
      }
      return;
    }
    Path half = folder.resolve("cluster.new");
    if (Files.exists(half, LinkOption.NOFOLLOW_LINKS)) {
      log.info("an earlier first start was cut off; making the database again");
      Folders.delete(half);
    }
    Folders.writeSecret(passwordFile(), newPassword());
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-D",
                half.toString(),
                "-U",
                SUPERUSER,
                "--pwfile=" + passwordFile(),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                // The same order and the same letters on every machine, whatever its locales.
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8"));
    if (!synced) {
      arguments.add("--no-sync");
    }
    tools.run("initdb", arguments, INITDB_LIMIT, folder);
    Files.move(half, data(), StandardCopyOption.ATOMIC_MOVE);
    Folders.sync(folder);
  }
}
