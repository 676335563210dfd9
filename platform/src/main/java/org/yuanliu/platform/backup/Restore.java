package org.yuanliu.platform.backup;

import static java.util.Objects.requireNonNull;

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
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.yuanliu.ledger.note.Checkpoint;
import org.yuanliu.ledger.note.SignedCheckpoint;
import org.yuanliu.platform.ServerSettings;
import org.yuanliu.platform.backup.BackupFolder.Kept;
import org.yuanliu.platform.backup.Manifest.FilePart;
import org.yuanliu.platform.backup.Manifest.TablePart;
import org.yuanliu.platform.database.UnfinishedRestore;
import org.yuanliu.platform.journal.EntryLayout;
import org.yuanliu.platform.journal.EntryRanges.Range;
import org.yuanliu.platform.journal.JournalCopy;
import org.yuanliu.platform.transparency.LogSuccession;

/**
 * Puts a backup into an empty database and an empty data folder: first every file is checked, then
 * the journal's tables are filled, several at a time; a last transaction brings all other rows,
 * compares the tree and makes the whole one. Until then the database is marked ({@link
 * UnfinishedRestore}): nothing but a restore opens it, and that begins anew. What fails is taken
 * back. The views are built by the server's next start.
 */
@Component
public final class Restore {
  /** Entries of a range: fewer are filled by one thread as fast. */
  static final long LEAST_RANGE = 100_000;

  /** Of one body, decoded: four times what a server takes by default. */
  private static final int MAX_BODY_BYTES = 1 << 26;

  private final DataSource dataSource;
  private final Path dataFolder;
  private final long leastRange;

  @Autowired
  Restore(DataSource dataSource, ServerSettings server) {
    this(dataSource, server, LEAST_RANGE);
  }

  /**
   * @param leastRange entries of a range that is cut off so that another thread can fill it
   */
  Restore(DataSource dataSource, ServerSettings server, long leastRange) {
    this.dataSource = requireNonNull(dataSource, "dataSource is null");
    this.dataFolder = server.dataDir();
    this.leastRange = leastRange;
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
      requireEmpty();
      progress.begin(chain.stream().mapToLong(Restore::work).sum());
      Meter meter = new Meter(progress::done);
      SideBySide.run(
          SideBySide.OF_RESTORE,
          chain.stream().flatMap(kept -> BackupFolder.checks(kept, meter::add).stream()).toList());
      begin(newest);
      boolean continues;
      try {
        for (FilePart part : newest.files()) {
          file(chain.getLast(), part, passphrase);
        }
        continues = store(chain, passphrase, succession, meter);
      } catch (IOException | SQLException | RuntimeException e) {
        takeBack(e);
        throw e;
      }
      if (Schema.isNewer(known, newest.schema())) {
        Schema.migrate(dataSource, known);
      }
      if (continues) {
        return new Done(newest.log(), newest.size(), chain.size(), null);
      }
      String newLog = requireNonNull(succession.newLog(), "newLog is null");
      try {
        succeed(newest, succession.published(), newLog);
      } catch (IOException | SQLException | IllegalStateException e) {
        throw new BackupException(
            "记录已写入，但新日志没有开始：%s。数据库在此之前不会启动，请再运行一次 restore。".formatted(e.getMessage()),
            "The records are stored, but the new log was not begun: %s. No server starts on this database before; run restore again."
                .formatted(e.getMessage()),
            e);
      }
      return new Done(newLog, newest.size(), chain.size(), newest.log());
    } catch (IOException | SQLException | IllegalStateException e) {
      throw new BackupException(
          "恢复没有完成，没有留下任何记录：" + e.getMessage(),
          "The restore was not finished and nothing was stored: " + e.getMessage(),
          e);
    }
  }

  /** In bytes: each file is read twice, and then there are the indexes. */
  private static long work(Kept kept) {
    long ofJournal =
        kept.manifest().tables().stream()
            .filter(part -> part.kind() == TableKind.JOURNAL)
            .mapToLong(TablePart::bytes)
            .sum();
    return 2 * bytes(kept) + TableFill.ofIndexes(ofJournal);
  }

  /** Brings the schema to what the backup's was and marks it; empties what was cut off before. */
  private void begin(Manifest newest) throws SQLException {
    Schema.migrate(dataSource, newest.schema());
    try (Connection connection = dataSource.getConnection()) {
      if (UnfinishedRestore.isMarked(connection)) {
        reset(connection);
      } else {
        UnfinishedRestore.mark(connection);
      }
    }
  }

  /** The journal's tables as they were before; the mark stays. */
  private static void reset(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      EntryLayout.reset(connection);
      for (Table table : Table.all(connection)) {
        if (table.kind() == TableKind.JOURNAL && !table.name().equals(EntryLayout.TABLE)) {
          statement.execute("truncate " + Table.quoted(table.name()));
        }
      }
      connection.commit();
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  /** Nothing is left of what failed. Where even that fails, the mark says so. */
  private void takeBack(Exception failure) {
    try (Connection connection = dataSource.getConnection()) {
      reset(connection);
      UnfinishedRestore.clear(connection);
    } catch (SQLException e) {
      failure.addSuppressed(e);
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
      if (there
          && !UnfinishedRestore.isMarked(connection)
          && JournalCopy.end(connection).filter(end -> end.size() > 0).isPresent()) {
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
    try (InputStream in = PartReader.open(kept, part.file(), passphrase, read -> {});
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

  /**
   * Fills the tables and makes them one.
   *
   * @return whether the log goes on under its name; else the mark is left for who renames it
   */
  private boolean store(
      List<Kept> chain, char @Nullable [] passphrase, Succession succession, Meter meter)
      throws IOException, SQLException {
    Manifest newest = chain.getLast().manifest();
    RestorePlan plan = new RestorePlan(chain);
    List<Table> tables;
    List<Range> ranges;
    try (Connection connection = dataSource.getConnection()) {
      tables = Table.all(connection);
      requireTables(chain, tables);
      ranges =
          EntryLayout.ranges(connection).isEmpty()
              ? List.of()
              : apart(connection, plan.firsts(leastRange, SideBySide.OF_RESTORE));
    }
    List<TableFill> fills =
        plan.fills(
            tables.stream().filter(table -> table.kind() == TableKind.JOURNAL).toList(), ranges);
    try (Connection last = dataSource.getConnection()) {
      last.setAutoCommit(false);
      List<Callable<Boolean>> tasks = new ArrayList<>();
      tasks.add(
          () -> {
            ordinary(last, tables, plan, passphrase, meter);
            return true;
          });
      for (TableFill fill : fills) {
        tasks.add(
            () -> {
              fill.run(dataSource, passphrase, meter::add);
              return true;
            });
      }
      SideBySide.run(SideBySide.OF_RESTORE, tasks);
      EntryLayout.together(last, ranges);
      sequences(last);
      JournalCopy.adopt(last);
      requireRoot(last, newest);
      boolean continues = continues(last, newest, succession);
      if (continues) {
        UnfinishedRestore.clear(last);
      }
      last.commit();
      return continues;
    }
  }

  private static List<Range> apart(Connection connection, List<Long> firsts) throws SQLException {
    connection.setAutoCommit(false);
    try {
      List<Range> ranges = EntryLayout.apart(connection, firsts);
      connection.commit();
      return ranges;
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  private static void requireTables(List<Kept> chain, List<Table> tables) {
    Set<String> names = tables.stream().map(Table::name).collect(Collectors.toSet());
    for (Kept kept : chain) {
      for (TablePart part : kept.manifest().tables()) {
        if (!names.contains(part.name())) {
          throw new IllegalStateException(
              "the backup has a table that the schema lacks: " + part.name());
        }
      }
    }
  }

  /** All that is no table of the journal, those first that others need. */
  private static void ordinary(
      Connection connection,
      List<Table> ordered,
      RestorePlan plan,
      char @Nullable [] passphrase,
      Meter meter)
      throws IOException, SQLException {
    try (Statement statement = connection.createStatement()) {
      for (Table table : ordered.reversed()) {
        // What migrations put in is in the backup too.
        if (table.kind() == TableKind.OWN) {
          statement.execute("delete from " + Table.quoted(table.name()));
        }
      }
    }
    for (Table table : ordered) {
      for (TableFill.Source source : plan.ordinary(table.name())) {
        TableFill.copy(connection, table.name(), source, "", passphrase, meter::add);
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
      UnfinishedRestore.clear(connection);
      connection.commit();
    }
    LogSuccession.setAside(dataFolder);
  }
}
