package org.yuanliu.platform.database;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** The programs of PostgreSQL, unpacked once from the archive on the class path. */
final class PostgresBinaries {
  private static final String MARKER = ".complete";

  /** What initdb reads; it compares the first line with its own release. */
  private static final String CATALOGUE = "postgres.bki";

  private static final Pattern RELEASE = Pattern.compile("# PostgreSQL (\\d{2})");

  /** Enough to tell one release's archive from another's in a folder's name. */
  private static final int NAME_BYTES = 8;

  private PostgresBinaries() {}

  /**
   * The folder with {@code bin}, {@code lib} and {@code share}, made if it is not there. Several
   * processes may ask at once.
   *
   * @param folder where unpacked releases are kept
   */
  static Path unpack(Path folder) throws IOException {
    try (InputStream in =
        DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(
            System.getProperty("os.name"), System.getProperty("os.arch"))) {
      if (in == null) {
        throw new IOException(
            "no embedded PostgreSQL for %s on %s: set yuanliu.database.url"
                .formatted(System.getProperty("os.name"), System.getProperty("os.arch")));
      }
      return unpack(in.readAllBytes(), folder);
    }
  }

  /**
   * The same of an archive that is given.
   *
   * @param archive a tar file, packed with xz
   */
  static Path unpack(byte[] archive, Path folder) throws IOException {
    Path home = folder.resolve(name(archive));
    if (Files.exists(home.resolve(MARKER))) {
      return home;
    }
    Files.createDirectories(folder);
    try (FileChannel channel =
            FileChannel.open(
                folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (!lock.isValid() || !Files.exists(home.resolve(MARKER))) {
        Path half = folder.resolve(home.getFileName() + ".new");
        Folders.delete(half);
        Folders.delete(home);
        extract(archive, half);
        Files.createFile(half.resolve(MARKER));
        Files.move(half, home, StandardCopyOption.ATOMIC_MOVE);
      }
    }
    return home;
  }

  /** The major release of unpacked programs, as their own description of the catalogue says it. */
  static int release(Path home) throws IOException {
    try (BufferedReader lines =
        Files.newBufferedReader(home.resolve("share").resolve("postgresql").resolve(CATALOGUE))) {
      Matcher first = RELEASE.matcher(String.valueOf(lines.readLine()));
      if (!first.matches()) {
        throw new IOException("the release of PostgreSQL is not told in " + home);
      }
      return Integer.parseInt(first.group(1));
    }
  }

  /**
   * Programs of a release that an earlier version of this program unpacked.
   *
   * @param folder where unpacked releases are kept
   */
  static Optional<Path> find(int release, Path folder) throws IOException {
    try (Stream<Path> homes = Files.list(folder)) {
      for (Path home : homes.sorted().toList()) {
        if (Files.exists(home.resolve(MARKER)) && release(home) == release) {
          return Optional.of(home);
        }
      }
    }
    return Optional.empty();
  }

  private static String name(byte[] archive) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(archive);
      return HexFormat.of().formatHex(digest, 0, NAME_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static void extract(byte[] archive, Path target) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new XZCompressorInputStream(new ByteArrayInputStream(archive)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
          throw new IOException("the archive of PostgreSQL leaves its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(path);
          continue;
        }
        Files.createDirectories(path.getParent());
        if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
          Files.copy(tar, path);
          boolean executable = (entry.getMode() & 0100) != 0;
          Files.setPosixFilePermissions(
              path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        }
      }
    }
  }
}
