package org.yuanliu.platform.backup;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.yuanliu.platform.ServerSettings;
import org.yuanliu.platform.database.Folders;
import org.yuanliu.platform.journal.EntryLayout;
import org.yuanliu.platform.journal.EntryRanges;
import org.yuanliu.platform.journal.JournalCopy;
import org.yuanliu.platform.operations.TaskKind;
import org.yuanliu.platform.operations.Tasks;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a backup while the server runs: one snapshot of the database, streamed, then the secrets
 * and keys beside it. The server goes on storing; what it stores meanwhile is in the next one.
 */
@Component
public final class Backup {
  /** In the data folder, beside the database. */
  private static final List<String> FILES = List.of("keys", "ledger", "yuanliu.yaml");

  /**
   * Of those, what a backup takes only if it is encrypted: beside the values that these keys open
   * they would protect nothing.
   */
  public static final Path PERSONAL_KEYS = Path.of("keys", "personal");

  private final DataSource dataSource;
  private final Path dataFolder;
  private final Clock clock;
  private final long leastPositions;
  private final Tasks tasks;

  @Autowired
  Backup(DataSource dataSource, ServerSettings server, Clock clock) {
    this(dataSource, server, clock, Piece.LEAST_POSITIONS);
  }

  /**
   * @param leastPositions of a piece that a table is cut into
   */
  Backup(DataSource dataSource, ServerSettings server, Clock clock, long leastPositions) {
    this.dataSource = requireNonNull(dataSource, "dataSource is null");
    this.dataFolder = server.dataDir();
    this.clock = requireNonNull(clock, "clock is null");
    this.leastPositions = leastPositions;
    this.tasks = new Tasks(dataSource, clock);
  }

  /**
   * @param from first position that the backup holds
   * @param size entries of the journal then
   */
  public record Done(Path path, long from, long size, long bytes) {}

  /**
   * @param folder of all backups; made if it is not there
   * @param whole whether to begin anew; else it goes on from the newest one there
   * @param passphrase encrypts every file but the manifest; null to leave them plain
   * @throws BackupException if it cannot be done; nothing half-done counts as a backup
   */
  public Done run(
      Path folder, boolean whole, char @Nullable [] passphrase, BackupProgress progress) {
    try {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      try (FileChannel channel =
              FileChannel.open(
                  folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = lock(channel, folder)) {
        requireNonNull(lock, "lock is null");
        try (SharedSnapshot snapshot = SharedSnapshot.open(dataSource)) {
          return run(snapshot, folder, whole, passphrase, progress);
        }
      }
    } catch (IOException | SQLException e) {
      throw new BackupException(
          "备份没有完成：" + e.getMessage() + "。未完成的部分不算备份，下次会重写。",
          "The backup was not finished: "
              + e.getMessage()
              + ". What was written of it does not count and is replaced next time.",
          e);
    }
  }

  private static FileLock lock(FileChannel channel, Path folder) throws IOException {
    @Nullable FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null; // held by this very process
    }
    if (lock == null) {
      throw new BackupException(
          "另一个备份正在写入 " + folder + "。", "Another backup is being written to " + folder + ".");
    }
    return lock;
  }

  private Done run(
      SharedSnapshot snapshot,
      Path folder,
      boolean whole,
      char @Nullable [] passphrase,
      BackupProgress progress)
      throws IOException, SQLException {
    Connection connection = snapshot.first();
    JournalCopy.End end =
        JournalCopy.end(connection)
            .orElseThrow(
                () ->
                    new BackupException(
                        "这里还没有任何记录可以备份。", "Nothing was ever stored here: nothing to back up."));
    BackupFolder backups = new BackupFolder(folder);
    Optional<Manifest> before =
        whole ? Optional.empty() : backups.newest().map(BackupFolder.Kept::manifest);
    before.ifPresent(last -> requireContinues(last, end));
    long from = before.map(Manifest::size).orElse(0L);
    long expected =
        estimate(
            connection, snapshot.tables(), end.size() == 0 ? 1 : 1 - (double) from / end.size());
    progress.begin(expected);
    String name = "%06d-%d-%d".formatted(backups.all().size() + 1, from, end.size());
    Path partial = folder.resolve(name + BackupFolder.PARTIAL);
    Folders.delete(partial);
    Files.createDirectory(
        partial,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Tasks.Task task = tasks.begin(TaskKind.BACKUP, expected);
    try {
      long bytes =
          write(snapshot, partial, before.orElse(null), end, passphrase, told(progress, task));
      Path done = folder.resolve(name);
      Files.move(partial, done, StandardCopyOption.ATOMIC_MOVE);
      force(folder);
      task.end(bytes);
      return new Done(done, from, end.size(), bytes);
    } catch (IOException | SQLException | RuntimeException e) {
      task.fail(e);
      // A full disk is not left fuller than it was.
      Folders.delete(partial);
      throw e;
    }
  }

  /** To whoever waits for it, and to the console of the server. */
  private static Meter told(BackupProgress progress, Tasks.Task task) {
    return new Meter(
        done -> {
          progress.done(done);
          task.done(done);
        });
  }

  /**
   * @return bytes written
   */
  private long write(
      SharedSnapshot snapshot,
      Path partial,
      @Nullable Manifest before,
      JournalCopy.End end,
      char @Nullable [] passphrase,
      Meter meter)
      throws IOException, SQLException {
    long from = before == null ? 0 : before.size();
    PartWriter writer = new PartWriter(partial, passphrase, meter::add);
    List<Long> ranges =
        EntryLayout.ranges(snapshot.first()).stream().map(EntryRanges.Range::from).toList();
    List<Piece> pieces =
        snapshot.tables().stream()
            .flatMap(table -> Piece.of(table, from, end.size(), leastPositions, ranges).stream())
            // What cannot be cut begins first, so that nobody is left alone with it at the end.
            .sorted(Comparator.comparing(piece -> piece.from() != null))
            .toList();
    List<Manifest.TablePart> parts =
        snapshot.each(
            pieces.stream()
                .map(
                    piece ->
                        (SharedSnapshot.Task<Manifest.TablePart>)
                            connection -> piece.save(connection, writer))
                .toList());
    Connection connection = snapshot.first();
    Manifest manifest =
        new Manifest(
            Manifest.FORMAT,
            UUID.randomUUID().toString(),
            before == null ? null : before.id(),
            clock.instant().toString(),
            Schema.version(connection),
            connection.getMetaData().getDatabaseProductVersion(),
            end.log(),
            from,
            end.size(),
            HexFormat.of().formatHex(end.root()),
            passphrase != null,
            ranges,
            parts,
            files(writer, passphrase != null));
    writer.force();
    byte[] json =
        JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build()
            .writeValueAsBytes(manifest);
    Path file = partial.resolve(Manifest.NAME);
    Files.write(file, json);
    force(file);
    force(partial);
    return meter.sum();
  }

  private static void requireContinues(Manifest last, JournalCopy.End end) {
    if (!last.log().equals(end.log()) || last.size() > end.size()) {
      throw new BackupException(
          "此处最近的备份属于日志 %s（%,d 条），而数据库是 %s（%,d 条），不能接着备份。请换一个文件夹，或用 --full 重新开始。"
              .formatted(last.log(), last.size(), end.log(), end.size()),
          "The newest backup here is of the log %s with %,d entries; the database has %s with %,d. It cannot go on from there: use another folder, or --full to begin anew."
              .formatted(last.log(), last.size(), end.log(), end.size()));
    }
  }

  private List<Manifest.FilePart> files(PartWriter writer, boolean encrypted) throws IOException {
    List<Manifest.FilePart> parts = new ArrayList<>();
    for (String name : FILES) {
      Path root = dataFolder.resolve(name);
      if (!Files.exists(root)) {
        continue;
      }
      try (Stream<Path> tree = Files.walk(root)) {
        for (Path file : tree.filter(Files::isRegularFile).sorted().toList()) {
          if (!encrypted && dataFolder.relativize(file).startsWith(PERSONAL_KEYS)) {
            continue;
          }
          PartWriter.Part part =
              writer.write("file-%03d".formatted(parts.size()), out -> Files.copy(file, out));
          parts.add(
              new Manifest.FilePart(
                  dataFolder.relativize(file).toString().replace('\\', '/'),
                  part.file(),
                  part.bytes(),
                  part.sha256()));
        }
      }
    }
    return parts;
  }

  private static long estimate(Connection connection, List<Table> tables, double newPart)
      throws SQLException {
    double bytes = 0;
    try (PreparedStatement statement =
        connection.prepareStatement("select pg_table_size(?::regclass)")) {
      for (Table table : tables) {
        statement.setString(1, Table.quoted(table.name()));
        try (ResultSet rows = statement.executeQuery()) {
          rows.next();
          bytes += rows.getLong(1) * (table.kind() == TableKind.JOURNAL ? newPart : 1);
        }
      }
    }
    return (long) bytes;
  }

  private static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
