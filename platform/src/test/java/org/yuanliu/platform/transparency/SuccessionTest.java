package org.yuanliu.platform.transparency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.yuanliu.ledger.note.SignedCheckpoint;
import org.yuanliu.ledger.note.VerifierKey;
import org.yuanliu.platform.backup.Backup;
import org.yuanliu.platform.backup.BackupException;
import org.yuanliu.platform.backup.BackupProgress;
import org.yuanliu.platform.backup.OfflineBackup;
import org.yuanliu.platform.backup.Restore;
import org.yuanliu.platform.database.TestDatabase;
import org.yuanliu.platform.journal.TreeCheck;
import tools.jackson.databind.JsonNode;

/** A backup that ends behind what the log has published begins another log, which names it. */
class SuccessionTest {
  private static final String SECOND = "yuanliu.local/second";
  private static final String PARTY = "urn:yuanliu:uscc:91310000MA1K00015N";
  private static final BackupProgress SILENT =
      new BackupProgress() {
        @Override
        public void begin(long bytes) {}

        @Override
        public void done(long bytes) {}
      };

  @TempDir Path folder;

  @Test
  void whatEndsBehindTheNewestCheckpointGoesOnUnderAnotherName() throws Exception {
    Path backups = folder.resolve("backups");
    Path early = folder.resolve("early");
    Path late = folder.resolve("late");
    long kept;
    List<VerifierKey> oldKeys;
    try (TestDatabase database = TestDatabase.openDurable();
        LedgerServer first = start(database, folder.resolve("first"))) {
      String key = first.key(PARTY);
      first.store(key, "urn:uuid:00000000-0000-4000-8000-000000000001");
      kept = checkpoint(first, early, 1);
      kept = first.context.getBean(Backup.class).run(backups, true, null, SILENT).size();
      first.store(key, "urn:uuid:00000000-0000-4000-8000-000000000002");
      assertThat(checkpoint(first, late, kept + 1)).isGreaterThan(kept);
      oldKeys = keys(first, LedgerServer.LOG);
    }

    // Behind, and no other name: refused, and nothing is stored.
    try (TestDatabase database = TestDatabase.openDurable();
        ConfigurableApplicationContext offline = offline(database, folder.resolve("refused"))) {
      Restore restore = offline.getBean(Restore.class);
      assertThatExceptionOfType(BackupException.class)
          .isThrownBy(() -> restore.run(backups, null, new Restore.Succession(late, null), SILENT))
          .withMessageContaining("--new-log")
          .withMessageContaining("另起一个日志");
      assertThatExceptionOfType(BackupException.class)
          .isThrownBy(
              () ->
                  restore.run(
                      backups, null, new Restore.Succession(late, LedgerServer.LOG), SILENT))
          .withMessageContaining("cannot have the old one's name");
      Path forged = Files.writeString(folder.resolve("forged"), forged(late));
      assertThatExceptionOfType(BackupException.class)
          .isThrownBy(
              () -> restore.run(backups, null, new Restore.Succession(forged, SECOND), SILENT))
          .withMessageContaining("not a checkpoint of this log");
      JdbcClient jdbc = JdbcClient.create(database.dataSource());
      assertThat(jdbc.sql("select count(*) from entry").query(Long.class).single()).isZero();
      // Not behind what was published by then: the same log goes on.
      Restore.Done same = restore.run(backups, null, new Restore.Succession(early, SECOND), SILENT);
      assertThat(same.log()).isEqualTo(LedgerServer.LOG);
      assertThat(same.predecessor()).isNull();
    }

    try (TestDatabase database = TestDatabase.openDurable()) {
      Path data = folder.resolve("second");
      try (ConfigurableApplicationContext offline = offline(database, data)) {
        Restore.Done done =
            offline
                .getBean(Restore.class)
                .run(backups, null, new Restore.Succession(late, SECOND), SILENT);
        assertThat(done.log()).isEqualTo(SECOND);
        assertThat(done.predecessor()).isEqualTo(LedgerServer.LOG);
        assertThat(done.size()).isEqualTo(kept);
      }
      try (LedgerServer second = start(database, data, "yuanliu.log=" + SECOND)) {
        String told = text(second, "/ledger/" + SECOND + "/predecessor");
        JsonNode named = LedgerServer.JSON.readTree(told);
        assertThat(named.path("predecessor").asString()).isEqualTo(LedgerServer.LOG);
        assertThat(named.path("size").asLong()).isEqualTo(kept);
        assertThat(Base64.getDecoder().decode(named.path("root").asString())).hasSize(32);
        SignedCheckpoint before =
            SignedCheckpoint.parse(named.path("published").asString().getBytes(UTF_8));
        assertThat(before.verify(oldKeys)).hasSize(1);
        assertThat(before.checkpoint().size()).isGreaterThan(kept);
        // It stands in the new tree itself, as the next entry.
        JdbcClient jdbc = JdbcClient.create(database.dataSource());
        assertThat(
                jdbc.sql("select position from entry where kind = 78").query(Long.class).single())
            .isEqualTo(kept);
        second.store(second.key(PARTY), "urn:uuid:00000000-0000-4000-8000-000000000003");
        Path newest = folder.resolve("newest");
        checkpoint(second, newest, kept + 2);
        SignedCheckpoint after = SignedCheckpoint.parse(Files.readAllBytes(newest));
        List<VerifierKey> newKeys = keys(second, SECOND);
        assertThat(after.checkpoint().origin()).isEqualTo(SECOND);
        assertThat(after.verify(newKeys)).hasSize(1);
        assertThat(newKeys).doesNotContainAnyElementsOf(oldKeys);
        assertThat(second.context.getBean(TreeCheck.class).check())
            .isInstanceOf(TreeCheck.Sound.class);
        assertThat(data.resolve("ledger/checkpoint.predecessor")).exists();
        assertThat(second.get("/ledger/" + LedgerServer.LOG + "/checkpoint", "").statusCode())
            .isEqualTo(404);
      }
      // Started again, it says it once.
      try (LedgerServer again = start(database, data, "yuanliu.log=" + SECOND)) {
        assertThat(again.log).isEqualTo(SECOND);
        assertThat(
                JdbcClient.create(database.dataSource())
                    .sql("select count(*) from entry where kind = 78")
                    .query(Long.class)
                    .single())
            .isEqualTo(1);
      }
    }
  }

  /** The same text with another root. */
  private static String forged(Path note) throws Exception {
    List<String> lines = Files.readAllLines(note);
    char[] root = lines.get(2).toCharArray();
    root[0] = root[0] == 'A' ? 'B' : 'A';
    List<String> changed = new java.util.ArrayList<>(lines);
    changed.set(2, new String(root));
    return String.join("\n", changed) + "\n";
  }

  private static LedgerServer start(TestDatabase database, Path data, String... more) {
    String[] settings = new String[more.length + 3];
    System.arraycopy(settings(database), 0, settings, 0, 3);
    System.arraycopy(more, 0, settings, 3, more.length);
    return LedgerServer.start(data, settings);
  }

  private static ConfigurableApplicationContext offline(TestDatabase database, Path data) {
    String[] settings = settings(database);
    return new SpringApplicationBuilder(OfflineBackup.class)
        .web(WebApplicationType.NONE)
        .run(
            "--yuanliu.data-dir=" + data,
            "--logging.structured.format.console=",
            "--logging.level.root=warn",
            "--" + settings[0],
            "--" + settings[1],
            "--" + settings[2]);
  }

  private static String[] settings(TestDatabase database) {
    return new String[] {
      "yuanliu.database.url=" + database.url(),
      "yuanliu.database.user=" + database.user(),
      "yuanliu.database.password=" + database.password()
    };
  }

  /** Waits until so many entries are published. */
  private static long checkpoint(LedgerServer server, Path into, long size) throws Exception {
    for (int i = 0; i < 100; i++) {
      HttpResponse<byte[]> answer = server.get("/ledger/" + server.log + "/checkpoint", "");
      if (answer.statusCode() == 200) {
        long there = SignedCheckpoint.parse(answer.body()).checkpoint().size();
        if (there >= size) {
          Files.write(into, answer.body());
          return there;
        }
      }
      Thread.sleep(100);
    }
    throw new AssertionError("never published");
  }

  private static List<VerifierKey> keys(LedgerServer server, String log) throws Exception {
    List<VerifierKey> keys = new java.util.ArrayList<>();
    for (String line : text(server, "/ledger/" + log + "/key").lines().toList()) {
      keys.add(VerifierKey.parse(line));
    }
    return keys;
  }

  private static String text(LedgerServer server, String path) {
    HttpResponse<byte[]> answer = server.get(path, "");
    assertThat(answer.statusCode()).as(path).isEqualTo(200);
    return new String(answer.body(), UTF_8);
  }
}
