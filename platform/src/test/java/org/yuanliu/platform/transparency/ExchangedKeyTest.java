package org.yuanliu.platform.transparency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.yuanliu.ledger.Suite;
import org.yuanliu.ledger.note.Note;
import org.yuanliu.ledger.note.PrivateKeys;
import org.yuanliu.ledger.note.SignatureType;
import org.yuanliu.ledger.note.SignedCheckpoint;
import org.yuanliu.ledger.note.Signer;
import org.yuanliu.ledger.note.Signing;
import org.yuanliu.ledger.note.VerifierKey;
import org.yuanliu.platform.journal.JournalUnavailableException;
import org.yuanliu.platform.journal.TestJournal;
import org.yuanliu.platform.journal.TreeCheck.Broken;
import org.yuanliu.platform.journal.TreeCheck.Sound;

/** Who has the database puts a key of his own into it. */
class ExchangedKeyTest {
  private static final SecureRandom RANDOM = new SecureRandom();

  private static Signer another() {
    return PrivateKeys.signer(
        TestJournal.LOG, SignatureType.ED25519, PrivateKeys.generate(Suite.SHA256_ED25519, RANDOM));
  }

  /** Everything published is signed anew by another key, over whatever the leaves now make. */
  private static void signAnew(AttackedLog log, Signer signer) {
    for (long size : log.jdbc.sql("select size from ledger_checkpoint").query(Long.class).list()) {
      log.jdbc
          .sql("update ledger_checkpoint set note = :note where size = :size")
          .param(
              "note",
              SignedCheckpoint.sign(log.checkpointOf(size), List.of(signer), Instant.now())
                  .toString())
          .param("size", size)
          .update();
    }
  }

  @Test
  void aHistoryRewrittenAndSignedByAKeyPutThereIsNamed() {
    try (AttackedLog log = new AttackedLog();
        Signer thief = another()) {
      log.store(10);
      log.store(10);
      log.jdbc
          .sql("update entry set record_time = record_time - interval '1 day' where position = 14")
          .update();
      log.rewrite();
      signAnew(log, thief);
      log.jdbc
          .sql("update ledger_key set vkey = :key")
          .param("key", thief.key().toString())
          .update();
      assertThat(log.fsck())
          .isInstanceOfSatisfying(
              Broken.class,
              broken -> {
                assertThat(broken.position()).isEqualTo(10);
                assertThat(broken.what()).contains("checkpoint of 10").contains("not signed");
              });

      // With the published checkpoints gone too, the one beside the database is left.
      log.jdbc.sql("delete from ledger_checkpoint").update();
      assertThat(log.fsck())
          .isInstanceOfSatisfying(
              Broken.class,
              broken -> assertThat(broken.what()).contains("the checkpoint in").contains("to 19"));

      // The server does not go on with such a history, whoever's key is in the database.
      log.stop();
      log.open();
      assertThat(log.signer.isForked()).isTrue();
      assertThatThrownBy(() -> log.store(1)).isInstanceOf(JournalUnavailableException.class);
      log.stop();
      log.jdbc.sql("delete from ledger_key").update();
      log.open();
      assertThat(log.signer.isForked()).isTrue();
      assertThatThrownBy(() -> log.store(1)).isInstanceOf(JournalUnavailableException.class);
    }
  }

  @Test
  void aKeyPutBesideTheLogsIsNoneOfTheLog() throws Exception {
    try (AttackedLog log = new AttackedLog();
        Signer thief = another()) {
      log.store(10);
      VerifierKey first = log.keys.published(KeyPurpose.LOG).getFirst().key();
      log.keys.rotate(KeyPurpose.LOG);
      log.store(10);
      assertThat(log.fsck()).isInstanceOf(Sound.class);

      // One that says of itself that the first one named it, and signs that itself.
      String text = KeyFiles.succession(first, thief.key());
      Note alone = new Note(text, List.of(Signing.sign(thief, text, Instant.now())));
      log.jdbc
          .sql(
              """
              insert into ledger_key (purpose, vkey, since, retired, holder, succession)
              values (1, :key, now(), now(), 'file', :succession)\
              """)
          .param("key", thief.key().toString())
          .param("succession", alone.toString())
          .update();
      assertThat(log.fsck())
          .isInstanceOfSatisfying(
              Broken.class,
              broken -> {
                assertThat(broken.position()).isEqualTo(20);
                assertThat(broken.what()).contains("no key beside it vouches for");
                assertThat(broken.found()).isEqualTo(thief.key().toString());
              });

      // A start does not write it down among the log's.
      log.stop();
      log.open();
      log.store(1);
      KeyFiles files = new KeyFiles(log.server);
      assertThat(files.all(KeyPurpose.LOG)).hasSize(2).doesNotContain(thief.key());
      assertThat(log.fsck()).isInstanceOf(Broken.class);
      log.jdbc
          .sql("delete from ledger_key where vkey = :key")
          .param("key", thief.key().toString())
          .update();
      assertThat(log.fsck()).isInstanceOf(Sound.class);

      // A folder that knows the first key alone believes the second, which the first one named.
      Path second =
          files.file(KeyPurpose.LOG, log.keys.published(KeyPurpose.LOG).getFirst().key(), "pub");
      Files.delete(second);
      assertThat(log.fsck()).isInstanceOf(Sound.class);
      // And one that knows neither has nothing to hold them against.
      Files.delete(files.file(KeyPurpose.LOG, first, "pub"));
      assertThat(log.fsck()).isInstanceOf(Sound.class);
    }
  }
}
