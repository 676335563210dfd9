package org.yuanliu.platform.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.yuanliu.platform.ServerSettings;
import org.yuanliu.platform.database.TestDatabase;
import org.yuanliu.platform.journal.StoredEntries;
import org.yuanliu.platform.journal.TestJournal;

/** A database with some entries and its data folder, and an empty one beside it. */
abstract class BackupSides {
  static final char[] PASSPHRASE = "correct horse battery staple".toCharArray();

  @TempDir Path folder;

  TestDatabase source;
  TestDatabase target;

  @BeforeEach
  void open() throws IOException {
    source = TestDatabase.open();
    target = TestDatabase.open();
    Files.createDirectories(from().resolve("keys"));
    Files.writeString(from().resolve("keys/identity.key"), "a key");
    Files.writeString(from().resolve("yuanliu.yaml"), "yuanliu: {}");
    StoredEntries.store(source, 0, 120);
    JdbcClient.create(source.dataSource())
        .sql(
            """
            insert into audit (at, request_id, role, address, method, route, status, outcome)
            select now(), 'r', 'operator', '127.0.0.1', 'GET', '/', 200, 'OK'
            from generate_series(1, 7)
            """)
        .update();
  }

  @AfterEach
  void close() {
    source.close();
    target.close();
  }

  Backup.Done backup(char @Nullable [] passphrase) {
    return run(
        new Backup(source.dataSource(), settings(from()), Clock.systemUTC()), false, passphrase);
  }

  Backup.Done run(Backup backup, boolean whole, char @Nullable [] passphrase) {
    List<Long> told = new ArrayList<>();
    Backup.Done done = backup.run(backups(), whole, passphrase, listener(told));
    assertThat(told).isSorted().hasSizeGreaterThan(1);
    assertThat(told.getLast()).isEqualTo(done.bytes());
    return done;
  }

  Restore.Done restore(char @Nullable [] passphrase) {
    return new Restore(target.dataSource(), settings(to()))
        .run(backups(), passphrase, Restore.Succession.NONE, listener(new ArrayList<>()));
  }

  static BackupProgress listener(List<Long> told) {
    return new BackupProgress() {
      @Override
      public void begin(long bytes) {
        assertThat(bytes).isNotNegative();
      }

      @Override
      public void done(long bytes) {
        told.add(bytes);
      }
    };
  }

  static void assertRefused(ThrowingCallable what, String words) {
    assertThatExceptionOfType(BackupException.class)
        .isThrownBy(what)
        .withMessageContaining(words)
        .satisfies(e -> assertThat(e.getMessage()).matches("(?s).*[\\p{IsHan}].*\n.*"));
  }

  void change(String pattern, String with) throws IOException {
    Path manifest = find(Manifest.NAME);
    String before = Files.readString(manifest);
    String after = before.replaceFirst(pattern, Matcher.quoteReplacement(with));
    assertThat(after).isNotEqualTo(before);
    Files.writeString(manifest, after);
  }

  /** Rows as texts, in one order. */
  static List<String> rows(TestDatabase database, String table) throws SQLException {
    return rows(database.dataSource(), table);
  }

  static List<String> rows(DataSource database, String table) {
    return JdbcClient.create(database)
        .sql("select t::text from (select * from %s) t order by 1".formatted(table))
        .query(String.class)
        .list();
  }

  List<Path> files() throws IOException {
    try (Stream<Path> tree = Files.walk(backups())) {
      return tree.filter(Files::isRegularFile).toList();
    }
  }

  Path find(String name) throws IOException {
    return files().stream()
        .filter(file -> file.getFileName().toString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  ServerSettings settings(Path data) {
    return new ServerSettings(data, TestJournal.LOG, ZoneId.of("Asia/Shanghai"));
  }

  Path from() {
    return folder.resolve("from");
  }

  Path to() {
    return folder.resolve("to");
  }

  Path backups() {
    return folder.resolve("backups");
  }
}
