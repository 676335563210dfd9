package org.yuanliu.platform.backup;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.time.Clock;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yuanliu.platform.database.UnfinishedRestore;
import org.yuanliu.platform.journal.StoredEntries;
import org.yuanliu.platform.journal.TestJournal;
import org.yuanliu.platform.journal.TreeCheck;

/** Bad days: what is no backup, and what a restore must not do. */
final class BackupRefusalsTest extends BackupSides {
  @Test
  void anEncryptedBackupShowsNothingAndOpensWithItsPassphraseAlone() throws Exception {
    backup(PASSPHRASE);
    for (Path file : files()) {
      if (!file.getFileName().toString().equals(Manifest.NAME)) {
        assertThat(new String(Files.readAllBytes(file), ISO_8859_1))
            .as(file.toString())
            .doesNotContain("urn:uuid:entry", "a key", "PGCOPY");
      }
    }
    assertRefused(() -> restore(null), "--passphrase-file");
    assertRefused(() -> restore("another passphrase".toCharArray()), "nothing was stored");
    assertThat(rows(target, "entry")).isEmpty();

    restore(PASSPHRASE);

    assertThat(rows(target, "entry")).isEqualTo(rows(source, "entry"));
    assertThat(Files.readString(to().resolve("keys/identity.key"))).isEqualTo("a key");
  }

  @Test
  void aFileThatIsCutOrChangedIsNamedAndNothingIsRestored() throws Exception {
    backup(null);
    Path file = find("entry.copy");
    byte[] good = Files.readAllBytes(file);

    Files.write(file, Arrays.copyOf(good, good.length / 2));
    assertRefused(() -> restore(null), "entry.copy is missing or not");

    byte[] changed = good.clone();
    changed[good.length / 2] ^= 1;
    Files.write(file, changed);
    assertRefused(() -> restore(null), "entry.copy is not what was written");

    Files.delete(file);
    assertRefused(() -> restore(null), "entry.copy is missing");

    Path manifest = find(Manifest.NAME);
    Files.writeString(manifest, Files.readString(manifest).substring(0, 100));
    assertRefused(() -> restore(null), "manifest.json cannot be read");
    assertThat(rows(target, "entry")).isEmpty();
    assertThat(to().resolve("keys")).doesNotExist();
  }

  @Test
  void aPartWithoutItsPredecessorIsRefused() throws Exception {
    Backup.Done first = backup(null);
    StoredEntries.store(source, 120, 130);
    backup(null);
    try (Stream<Path> tree = Files.walk(first.path())) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
    assertRefused(() -> restore(null), "goes on from is not here");
  }

  @Test
  void whatWasCutOffWhileItWasWrittenIsNoBackup() throws Exception {
    Path partial = backups().resolve("000001-0-120.partial");
    Files.createDirectories(partial);
    Files.writeString(partial.resolve("entry.copy"), "half");
    assertRefused(() -> restore(null), "There is no backup");

    assertThat(backup(null).path()).isEqualTo(backups().resolve("000001-0-120"));
    assertThat(partial).doesNotExist();
  }

  @Test
  void restoresOverwriteNothing() throws Exception {
    backup(null);
    Files.createDirectories(to().resolve("keys"));
    Files.writeString(to().resolve("keys/identity.key"), "another key");
    assertRefused(() -> restore(null), "a restore overwrites nothing");
    assertThat(Files.readString(to().resolve("keys/identity.key"))).isEqualTo("another key");
    Files.delete(to().resolve("keys/identity.key"));

    restore(null);
    assertRefused(() -> restore(null), "holds records");
  }

  @Test
  void aDatabaseThatWasSetBackDoesNotGoOnFromItsBackup() throws Exception {
    backup(null);
    StoredEntries.store(target, 0, 60);
    assertRefused(
        () ->
            run(new Backup(target.dataSource(), settings(from()), Clock.systemUTC()), false, null),
        "cannot go on from there");
    assertThat(
            run(new Backup(target.dataSource(), settings(from()), Clock.systemUTC()), true, null)
                .size())
        .isEqualTo(60);
  }

  @Test
  void aBackupOfANewerSchemaIsRefused() throws Exception {
    backup(null);
    Path manifest = find(Manifest.NAME);
    Files.writeString(
        manifest,
        Files.readString(manifest).replaceAll("\"schema\" : \"[^\"]+\"", "\"schema\" : \"9999\""));
    assertRefused(() -> restore(null), "of a newer version (schema 9999");
  }

  @Test
  void aManifestWithAnotherRootIsRefusedAndNothingIsStored() throws Exception {
    backup(null);
    change("\"root\" : \"[0-9a-f]{2}", "\"root\" : \"00");
    List<String> tables = rows(target, "pg_indexes where schemaname = 'public'");
    assertRefused(() -> restore(null), "the backup names 00");
    for (String table : List.of("entry", "identity", "leaf", "journal", "audit")) {
      assertThat(rows(target, table)).as(table).isEmpty();
    }
    // As it was: a server may begin here, and so may a restore.
    assertThat(rows(target, "pg_indexes where schemaname = 'public'")).isEqualTo(tables);
    try (Connection connection = target.dataSource().getConnection()) {
      assertThat(UnfinishedRestore.isMarked(connection)).isFalse();
    }
    StoredEntries.store(target, 0, 5);
    assertThat(TestJournal.check(target.dataSource())).isInstanceOf(TreeCheck.Sound.class);
  }

  /** Who can write to the backups must not get a restore to read or write elsewhere. */
  @Test
  void namesThatLeadElsewhereAreRefused() throws Exception {
    backup(null);
    String good = Files.readString(find(Manifest.NAME));
    Path secret = Files.writeString(folder.resolve("secret"), "a secret");
    for (String path :
        List.of(
            "../outside",
            "keys/../../outside",
            "/etc/outside",
            "keys/",
            "keys/.hidden",
            "postgres/cluster/x",
            "ledger/a/b/c/d/e")) {
      change("\"path\" : \"keys/identity.key\"", "\"path\" : \"" + path + "\"");
      assertRefused(() -> restore(null), "names the file " + path);
      Files.writeString(find(Manifest.NAME), good);
    }
    for (String file : List.of("../../secret", secret.toString(), "..", "a.copy/../../secret")) {
      change("\"file\" : \"entry.copy\"", "\"file\" : \"" + file + "\"");
      assertRefused(() -> restore(null), "names the file " + file);
      Files.writeString(find(Manifest.NAME), good);
      change("\"file\" : \"file-000\"", "\"file\" : \"" + file + "\"");
      assertRefused(() -> restore(null), "names the file " + file);
      Files.writeString(find(Manifest.NAME), good);
    }
    Path linked = find("file-000");
    byte[] key = Files.readAllBytes(linked);
    Path elsewhere = Files.write(folder.resolve("elsewhere"), key);
    Files.delete(linked);
    Files.createSymbolicLink(linked, elsewhere);
    assertRefused(() -> restore(null), "file-000 is missing");
    assertThat(to()).doesNotExist();
    assertThat(folder.resolve("outside")).doesNotExist();
    assertThat(rows(target, "entry")).isEmpty();
  }

  @Test
  void aFullDiskLeavesNoBackupAndTheNextOneIsWhole() throws Exception {
    Files.createDirectories(backups());
    if (!SmallDisk.mount(backups(), "48k")) {
      abort("no right to mount a small file system here");
    }
    try {
      assertRefused(() -> backup(null), "The backup was not finished: No space left on device");
      try (Stream<Path> left = Files.list(backups())) {
        assertThat(left.map(path -> path.getFileName().toString())).containsOnly("lock");
      }
      assertRefused(() -> restore(null), "There is no backup");

      assertThat(SmallDisk.resize(backups(), "8m")).isTrue();
      backup(null);
      restore(null);
      assertThat(rows(target, "entry")).isEqualTo(rows(source, "entry"));
    } finally {
      SmallDisk.unmount(backups());
    }
  }

  @Test
  void anEmptyDatabaseHasNothingToBackUp() {
    assertRefused(
        () ->
            run(new Backup(target.dataSource(), settings(from()), Clock.systemUTC()), false, null),
        "nothing to back up");
  }

  @Test
  void twoBackupsAtOnceAreOneTooMany() throws Exception {
    Files.createDirectories(backups());
    try (var channel =
            FileChannel.open(
                backups().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var lock = channel.lock()) {
      assertThat(lock.isValid()).isTrue();
      assertRefused(() -> backup(null), "Another backup is being written");
    }
  }
}
