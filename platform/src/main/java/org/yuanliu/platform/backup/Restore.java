package org.yuanliu.platform.backup;

import static java.util.Objects.requireNonNull;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.springframework.stereotype.Component;
import org.yuanliu.ledger.note.Checkpoint;
import org.yuanliu.ledger.note.SignedCheckpoint;
import org.yuanliu.platform.ServerSettings;
import org.yuanliu.platform.backup.BackupFolder.Kept;
import org.yuanliu.platform.backup.Manifest.FilePart;
import org.yuanliu.platform.backup.Manifest.TablePart;
import org.yuanliu.platform.journal.JournalCopy;
import org.yuanliu.platform.transparency.LogSuccession;

/**
 * Puts a backup into an empty database and an empty data folder: first every file is checked, then
 * all rows go in within one transaction, so that what is cut off can simply be begun again. The
 * views are built by the server's next start.
 */
@Component
public final class Restore {
  private static final int BUFFER_BYTES = 1 << 17;

  /** Of one body, decoded: four times what a server takes by default. */
  private static final int MAX_BODY_BYTES = 1 << 26;

  private final DataSource dataSource;
  private final Path dataFolder;

  Restore(DataSource dataSource, ServerSettings server) {
    this.dataSource = requireNonNull(dataSource, "dataSource is null");
    this.dataFolder = server.dataDir();
  }

  /**
   * @param size entries of the journal now
   */
  public record Done(String log, long size, int backups, @Nullable String predecessor) {}

  /**
   * What the log had shown, and what to do if the backup ends behind it.
   *
   * @param published file with the newest checkpoint that was published; null where it is not known
   * @param newLog name of the log to begin if this one cannot be continued; null to refuse then
   */
  public record Succession(@Nullable Path published, @Nullable String newLog) {
    public static final Succession NONE = new Succession(null, null);
  }

  /**
   * @param folder of the backups; the newest one in it is restored, with what it stands on
   * @param passphrase null where the backup is not encrypted
   * @throws BackupException if it cannot be done
   */
  public Done run(
      Path folder, char @Nullable [] passphrase, Succession succession, BackupProgress progress) {
    try {
      List<Kept> chain = new BackupFolder(folder).chain();
      Manifest newest = chain.getLast().manifest();
      requirePassphrase(chain, passphrase);
      String known = requireKnown(newest);
      long bytes = chain.stream().mapToLong(Restore::bytes).sum();
      progress.begin(2 * bytes);
      Meter meter = new Meter(progress::done);
      SideBySide.run(
          chain.stream().flatMap(kept -> BackupFolder.checks(kept, meter::add).stream()).toList());
      requireEmpty();
      Schema.migrate(dataSource, newest.schema());
      for (FilePart part : newest.files()) {
        file(chain.getLast(), part, passphrase);
      }
      boolean continues;
      try (Connection connection = dataSource.getConnection()) {
        connection.setAutoCommit(false);
        rows(connection, chain, passphrase, meter);
        JournalCopy.adopt(connection);
        requireRoot(connection, newest);
        continues = continues(connection, newest, succession);
        connection.commit();
      }
      if (Schema.isNewer(known, newest.schema())) {
        Schema.migrate(dataSource, known);
      }
      if (continues) {
        return new Done(newest.log(), newest.size(), chain.size(), null);
      }
      String newLog = requireNonNull(succession.newLog(), "newLog is null");
      succeed(newest, succession.published(), newLog);
      return new Done(newLog, newest.size(), chain.size(), newest.log());
    } catch (IOException | SQLException | IllegalStateException e) {
      throw new BackupException(
          "恢复没有完成，数据库里没有写入任何记录：" + e.getMessage(),
          "The restore was not finished and nothing was stored: " + e.getMessage(),
          e);
    }
  }

  private static long bytes(Kept kept) {
    return kept.manifest().tables().stream().mapToLong(TablePart::bytes).sum()
        + kept.manifest().files().stream().mapToLong(FilePart::bytes).sum();
  }

  private static void requirePassphrase(List<Kept> chain, char @Nullable [] passphrase) {
    if (passphrase == null && chain.stream().anyMatch(kept -> kept.manifest().encrypted())) {
      throw new BackupException(
          "备份是加密的，请用 --passphrase-file 给出口令文件。",
          "The backup is encrypted: give its passphrase with --passphrase-file.");
    }
  }

  /**
   * @return the newest schema that this program knows
   */
  private String requireKnown(Manifest newest) {
    String known = Schema.known(dataSource);
    if (Schema.isNewer(newest.schema(), known)) {
      throw new BackupException(
          "备份来自更新的版本（数据库结构 %s，本程序只到 %s），请用同样新的程序恢复。".formatted(newest.schema(), known),
          "The backup is of a newer version (schema %s, this program knows %s): restore it with a program as new."
              .formatted(newest.schema(), known));
    }
    return known;
  }

  private void requireEmpty() throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      boolean there =
          Table.all(connection).stream().anyMatch(table -> table.kind() == TableKind.JOURNAL);
      if (there && JournalCopy.end(connection).filter(end -> end.size() > 0).isPresent()) {
        throw new BackupException(
            "这里的数据库里已有记录，恢复只写入空的数据库。请给出一个新的数据文件夹或数据库。",
            "This database holds records; a restore goes into an empty one only. Name a new data"
                + " folder or database.");
      }
    }
  }

  private void file(Kept kept, FilePart part, char @Nullable [] passphrase) throws IOException {
    Path target = dataFolder.resolve(part.path()).normalize();
    if (!target.startsWith(dataFolder.normalize())) {
      throw new IOException("a file outside the data folder: " + part.path());
    }
    Path parent = requireNonNull(target.getParent());
    Files.createDirectories(
        parent, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path fresh =
        Files.createTempFile(
            parent,
            "restored",
            "",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (InputStream in = open(kept, part.file(), passphrase);
        OutputStream out = Files.newOutputStream(fresh)) {
      in.transferTo(out);
    }
    if (Files.exists(target) && Files.mismatch(target, fresh) >= 0) {
      Files.delete(fresh);
      throw new BackupException(
          "文件 " + target + " 已存在且内容不同，恢复不会覆盖它。请给出一个新的数据文件夹。",
          target + " exists and differs; a restore overwrites nothing. Name a new data folder.");
    }
    Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void rows(
      Connection connection, List<Kept> chain, char @Nullable [] passphrase, Meter meter)
      throws IOException, SQLException {
    List<Table> ordered = Table.all(connection);
    Set<String> names = ordered.stream().map(Table::name).collect(Collectors.toSet());
    List<String> journal =
        ordered.stream()
            .filter(table -> table.kind() == TableKind.JOURNAL)
            .map(Table::name)
            .toList();
    empty(connection, ordered, journal);
    LaterIndexes indexes = LaterIndexes.drop(connection, journal);
    Kept newest = chain.getLast();
    for (Kept kept : chain) {
      Map<String, List<TablePart>> parts =
          kept.manifest().tables().stream().collect(Collectors.groupingBy(TablePart::name));
      if (!names.containsAll(parts.keySet())) {
        throw new IllegalStateException("the backup has tables that the schema lacks: " + parts);
      }
      for (Table table : ordered) {
        for (TablePart part : parts.getOrDefault(table.name(), List.of())) {
          if (part.kind() == TableKind.JOURNAL || kept.equals(newest)) {
            copy(connection, kept, part, passphrase);
          }
          meter.add(part.bytes());
        }
      }
    }
    indexes.create(connection);
    sequences(connection);
  }

  private static void empty(Connection connection, List<Table> ordered, List<String> journal)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // Emptied in the transaction that fills them: where the server keeps no log for others, it
      // writes the rows once, into the table itself, and forces that to the disk at the end.
      statement.execute(
          "truncate " + journal.stream().map(Table::quoted).collect(Collectors.joining(", ")));
      for (Table table : ordered.reversed()) {
        // What migrations put in is in the backup too.
        if (table.kind() == TableKind.OWN) {
          statement.execute("delete from " + Table.quoted(table.name()));
        }
      }
    }
  }

  private static void copy(
      Connection connection, Kept kept, TablePart part, char @Nullable [] passphrase)
      throws IOException, SQLException {
    try (InputStream in = open(kept, part.file(), passphrase)) {
      long rows =
          connection
              .unwrap(PGConnection.class)
              .getCopyAPI()
              .copyIn(
                  "copy %s (%s) from stdin (format binary)"
                      .formatted(Table.quoted(part.name()), Table.columnList(part.columns())),
                  in,
                  BUFFER_BYTES);
      if (rows != part.rows()) {
        throw new IllegalStateException(
            "%s has %,d rows instead of %,d".formatted(part.name(), rows, part.rows()));
      }
    }
  }

  /** Numbers go on after the highest that is taken. */
  private static void sequences(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                select c.relname, a.attname,
                  pg_get_serial_sequence(quote_ident(c.relname), a.attname)
                from pg_class c join pg_attribute a on a.attrelid = c.oid
                where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p')
                  and a.attnum > 0 and not a.attisdropped
                  and pg_get_serial_sequence(quote_ident(c.relname), a.attname) is not null
                """)) {
      while (rows.next()) {
        String sql =
            "select setval('%s', coalesce((select max(%s) from %s), 0) + 1, false)"
                .formatted(
                    rows.getString(3).replace("'", "''"),
                    Table.quoted(rows.getString(2)),
                    Table.quoted(rows.getString(1)));
        try (PreparedStatement set = connection.prepareStatement(sql)) {
          set.execute();
        }
      }
    }
  }

  private static void requireRoot(Connection connection, Manifest newest) throws SQLException {
    String root =
        JournalCopy.end(connection)
            .map(end -> HexFormat.of().formatHex(end.root()))
            .orElse("nothing");
    if (!root.equals(newest.root())) {
      throw new IllegalStateException(
          "the journal's tree has the root " + root + ", the backup names " + newest.root());
    }
  }

  /**
   * Whether what was restored may go on under its name.
   *
   * @throws BackupException if it may not and no other name was given
   */
  private boolean continues(Connection connection, Manifest newest, Succession succession)
      throws SQLException, IOException {
    Path file = succession.published();
    if (file == null) {
      requireOtherName(newest, succession.newLog());
      return succession.newLog() == null;
    }
    SignedCheckpoint published = LogSuccession.published(file, LogSuccession.keys(connection));
    Checkpoint shown = published.checkpoint();
    if (!shown.origin().equals(newest.log())) {
      throw new BackupException(
          "检查点 %s 属于日志 %s，备份属于 %s。".formatted(file, shown.origin(), newest.log()),
          "The checkpoint %s is of the log %s, the backup of %s."
              .formatted(file, shown.origin(), newest.log()));
    }
    if (shown.size() <= newest.size()
        && MessageDigest.isEqual(JournalCopy.rootAt(connection, shown.size()), shown.root())) {
      return true;
    }
    if (succession.newLog() == null) {
      throw new BackupException(
          "备份止于第 %,d 条，而日志 %s 已公布到第 %,d 条：丢失的记录不能在同名日志里重新编号。请用 --new-log 名称 另起一个日志，它会写明承接自哪个日志。没有写入任何记录。"
              .formatted(newest.size(), newest.log(), shown.size()),
          "The backup ends at %,d entries, and the log %s has published %,d: what is lost must not be numbered anew under the same name. Begin another log, which names this one, with --new-log NAME. Nothing was stored."
              .formatted(newest.size(), newest.log(), shown.size()));
    }
    requireOtherName(newest, succession.newLog());
    // Should all end here, the server sees that what it finds is behind what was shown.
    Path kept = dataFolder.resolve("ledger").resolve("checkpoint");
    Files.createDirectories(requireNonNull(kept.getParent()));
    Files.write(kept, published.encode());
    return false;
  }

  private static void requireOtherName(Manifest newest, @Nullable String newLog) {
    if (newLog != null && newLog.equals(newest.log())) {
      throw new BackupException(
          "新日志不能沿用旧名 " + newLog + "。",
          "The new log cannot have the old one's name " + newLog + ".");
    }
  }

  /** Every leaf under the new name, the old log on record; all or nothing. */
  private void succeed(Manifest newest, @Nullable Path published, String newLog)
      throws SQLException, IOException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      JournalCopy.rename(connection, newLog, MAX_BODY_BYTES);
      LogSuccession.end(
          connection,
          new LogSuccession.Ended(
              newest.log(),
              newest.size(),
              HexFormat.of().parseHex(newest.root()),
              published == null ? null : LogSuccession.published(published, List.of()),
              newLog,
              Instant.now()));
      connection.commit();
    }
    LogSuccession.setAside(dataFolder);
  }

  private static InputStream open(Kept kept, String file, char @Nullable [] passphrase)
      throws IOException {
    InputStream in =
        new BufferedInputStream(Files.newInputStream(kept.path().resolve(file)), BUFFER_BYTES);
    return kept.manifest().encrypted() ? Sealing.open(in, requireNonNull(passphrase)) : in;
  }
}
