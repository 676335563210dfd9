package org.yuanliu.platform.transparency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuanliu.ledger.Suite;
import org.yuanliu.ledger.TileId;
import org.yuanliu.ledger.note.SignedCheckpoint;
import org.yuanliu.ledger.tool.LedgerTools;
import org.yuanliu.platform.journal.JournalUnavailableException;
import org.yuanliu.platform.journal.TreeCheck.Broken;
import org.yuanliu.platform.journal.TreeCheck.Sound;

/** What an attacker with the database can do, and which tool says so. */
class AttackTest {
  /** What is done to the database, and what fsck must say of it. */
  private record Attack(long position, String what) {}

  @Test
  void everyChangeOfARowIsNamedWithItsPosition() {
    Map<String, Attack> attacks = new LinkedHashMap<>();
    Attack changed = new Attack(7, "not what its leaf says");
    attacks.put("update entry set event_id = event_id || 'x' where position = 7", changed);
    attacks.put(
        "update entry set record_time = record_time - interval '1 day' where position = 7",
        changed);
    attacks.put("update entry set salt = sha256(salt) where position = 7", changed);
    attacks.put(
        "update entry set body = (select body from entry where position = 9) where position = 7",
        changed);
    attacks.put("delete from entry where position = 7", new Attack(7, "entry is missing"));
    attacks.put(
        """
        with a as (delete from entry where position in (7, 8) returning *)
        insert into entry select * from (
          select journal, 15 - position as position, kind, standing, suite, leaf_version,
            record_time, capture, reporter, principal, named, division, industry, identity,
            event_key, event_time, event_type, biz_step, biz_location, event_id, event_hash,
            hash_version, salt, body from a) s
        on conflict do nothing\
        """,
        new Attack(7, ""));
    attacks.put(
        """
        insert into entry select journal, 30, kind, standing, suite, leaf_version,
          record_time, capture, reporter, principal, named, division, industry, identity,
          event_key, event_time, event_type, biz_step, biz_location, event_id, event_hash,
          hash_version, salt, body from entry where position = 7\
        """,
        new Attack(30, "the leaf is missing"));
    attacks.put(
        """
        insert into entry select journal, -1, kind, standing, suite, leaf_version,
          record_time, capture, reporter, principal, named, division, industry, identity,
          event_key, event_time, event_type, biz_step, biz_location, event_id, event_hash,
          hash_version, salt, body from entry where position = 7\
        """,
        new Attack(-1, "the leaf is missing"));
    attacks.put(
        "update entry set record_time = 'infinity' where position = 7",
        new Attack(7, "the entry cannot be read"));
    attacks.put(
        "insert into leaf select journal, -5, substr(hashes, 1, 32) from leaf where first = 20",
        new Attack(-5, "the leaf stands twice"));
    attacks.put(
        "insert into leaf select journal, 1000, substr(hashes, 1, 32) from leaf where first = 20",
        new Attack(1_000, "a leaf without an entry"));
    attacks.put(
        "insert into leaf select journal, 7, substr(hashes, 1, 32) from leaf where first = 20",
        new Attack(7, "the leaf stands twice"));
    attacks.put(
        "update leaf set hashes = set_byte(hashes, 7 * 32, get_byte(hashes, 7 * 32) # 1)"
            + " where first = 0",
        changed);
    attacks.put("delete from leaf where first = 20", new Attack(20, "the leaf is missing"));
    attacks.put("update identity set position = 8 where position = 7", new Attack(7, "identity"));
    attacks.put("delete from identity where position = 7", new Attack(7, "identity does not lead"));
    attacks.put(
        "update identity set key = gen_random_uuid() where position = 7",
        new Attack(7, "identity does not lead"));
    // Who takes an identity beforehand keeps its event out.
    attacks.put(
        "insert into identity select gen_random_uuid(), 1, 7, content from identity limit 1",
        new Attack(7, "an identity leads to an entry that has another one"));
    attacks.put(
        "insert into identity select gen_random_uuid(), 1, 1000000, content from identity limit 1",
        new Attack(1_000_000, "an identity leads to"));
    attacks.put(
        "insert into identity select gen_random_uuid(), 2, 7, content from identity limit 1",
        new Attack(7, "an identity leads to"));
    attacks.put(
        "update entry set event_key = gen_random_uuid() where position = 7",
        new Attack(7, "the key of the entry's id"));
    for (String column :
        List.of(
            "event_time = event_time - interval '1 day'",
            "event_type = 'AggregationEvent'",
            "biz_step = 'https://ref.gs1.org/cbv/BizStep-destroying'",
            "biz_location = 'urn:other'")) {
      attacks.put(
          "update entry set " + column + " where position = 7",
          new Attack(7, "the journal view differs (entry)"));
    }
    attacks.put("delete from unit_event where position = 7", new Attack(7, "unit view differs"));
    attacks.put(
        "update unit_event set event_time = event_time - interval '1 day' where position = 7",
        new Attack(7, "unit view differs"));
    attacks.put(
        "insert into unit_event select unit, event_time, 7, 1, role, kind, parent, quantity, uom"
            + " from unit_event where position = 9",
        new Attack(7, "unit view differs"));
    attacks.put(
        "update trace_event set principal = gen_random_uuid() where position = 7",
        new Attack(7, "unit view differs"));
    attacks.put("delete from query_event where position = 7", new Attack(7, "query view differs"));
    attacks.put(
        "update query_event set principal = gen_random_uuid() where position = 7",
        new Attack(7, "query view differs"));
    attacks.put(
        "update query_event set terms = terms[2:] where position = 7",
        new Attack(7, "query view differs (query_event)"));
    attacks.put(
        "insert into query_event select journal, 99, event_time, terms, reporter, principal, named,"
            + " division, industry from query_event where position = 9",
        new Attack(99, "query view differs"));
    String slices = "query view differs (query_slice)";
    String postings = "query view differs (query_posting)";
    attacks.put("delete from query_slice where first = 8", new Attack(8, slices));
    attacks.put(
        "update query_slice set times = set_byte(times, 0, get_byte(times, 0) # 2) where first = 8",
        new Attack(8, slices));
    attacks.put(
        "update query_slice set max_time = max_time - interval '1 day' where first = 8",
        new Attack(8, slices));
    for (String end : List.of("earliest", "latest")) {
      attacks.put(
          "update query_slice set %1$s = set_byte(%1$s, 5, 255) where first = 8".formatted(end),
          new Attack(8, slices));
    }
    attacks.put("update query_slice set events = 7 where first = 8", new Attack(8, slices));
    attacks.put("delete from query_posting where slice = 8", new Attack(8, postings));
    attacks.put(
        """
        delete from query_posting where slice = 8
          and term = (select max(term) from query_posting where slice = 8)\
        """,
        new Attack(8, postings));
    // The event at 9 is hidden from all long answers.
    attacks.put(
        "update query_posting set bits = set_byte(bits, 1, get_byte(bits, 1) & 253) where slice ="
            + " 8",
        new Attack(9, postings));
    attacks.put(
        "update query_posting set min_time = min_time + interval '1 day' where slice = 8",
        new Attack(8, postings));
    attacks.put(
        "update query_posting set bits = set_byte(bits, 0, 9) where slice = 8",
        new Attack(8, postings));
    attacks.put("update query_posting set slice = 9 where slice = 8", new Attack(8, postings));
    attacks.put(
        "insert into query_posting select 4, 16, 1, min_time, max_time, bits from query_posting"
            + " where slice = 8 limit 1",
        new Attack(16, postings));
    attacks.put(
        "insert into query_posting select 4, 24, 1, min_time, max_time, bits from query_posting"
            + " where slice = 8 limit 1",
        new Attack(24, postings));
    attacks.put("update entry set kind = 2 where position = 7", new Attack(7, "unit view"));
    attacks.put(
        "insert into unit_event select unit, event_time, 99, 1, role, kind, parent, quantity, uom"
            + " from unit_event where position = 9",
        new Attack(99, "unit view differs"));
    attacks.put(
        "update ledger_checkpoint set note = replace(note, E'\\n20\\n', E'\\n19\\n')"
            + " where size = 20",
        new Attack(20, "another log or size"));
    attacks.put(
        "update ledger_checkpoint set note = (select note from ledger_checkpoint where size = 30)"
            + " where size = 20",
        new Attack(20, "another log or size"));
    attacks.put(
        "update ledger_checkpoint set note = split_part(note, E'\\n\\n', 1) || E'\\n\\n' ||"
            + " split_part((select note from ledger_checkpoint where size = 30), E'\\n\\n', 2)"
            + " where size = 20",
        new Attack(20, "not signed by the log"));
    attacks.put(
        "insert into ledger_anchor select 1, '2026-11-21', replace(note, E'\\n20\\n', E'\\n19\\n'),"
            + " now() from ledger_checkpoint where size = 20",
        new Attack(19, "the anchor of 2026-11-21 of 19 entries is not signed by the log"));
    attacks.put(
        "insert into ledger_anchor values (1, '2026-11-21', 'no note', now())",
        new Attack(1, "is not signed by the log"));
    attacks.put(
        "insert into ledger_tile values (1, 1, 0, sha256('x'))",
        new Attack(30, "tile beyond the tree"));
    attacks.put("update journal set root = sha256(root)", new Attack(30, "root is not that"));

    try (AttackedLog log = new AttackedLog()) {
      log.store(20);
      log.store(10);
      assertThat(log.fsck())
          .isInstanceOfSatisfying(Sound.class, s -> assertThat(s.head().size()).isEqualTo(30));
      log.save();
      for (Map.Entry<String, Attack> attack : attacks.entrySet()) {
        assertThat(log.jdbc.sql(attack.getKey()).update()).as(attack.getKey()).isPositive();
        assertThat(log.fsck())
            .as(attack.getKey())
            .isInstanceOfSatisfying(
                Broken.class,
                broken -> {
                  assertThat(broken.position()).isEqualTo(attack.getValue().position());
                  assertThat(broken.what()).contains(attack.getValue().what());
                });
        log.restore();
      }
      assertThat(log.fsck()).isInstanceOf(Sound.class);
    }
  }

  /** All behind it move on by one, with their identities and leaves, and the head with them. */
  private static void insertInTheMiddle(AttackedLog log, long position) {
    for (String sql :
        List.of(
            "update entry set position = -position - 1 where position >= :at",
            "update entry set position = -position where position < 0",
            "update identity set position = position + 1 where position >= :at",
            """
            insert into entry select journal, :at, kind, standing, suite, leaf_version, record_time,
              capture, reporter, principal, named, division, industry,
              '00000000-0000-4000-8000-000000000001',
              encode(substr(sha256((event_id || 'x')::bytea), 1, 16), 'hex')::uuid, event_time,
              event_type, biz_step, biz_location, event_id || 'x', event_hash, hash_version, salt, body
            from entry where position = :at + 1\
            """,
            """
            insert into identity select '00000000-0000-4000-8000-000000000001', journal, :at, content
            from identity where position = :at + 1\
            """,
            "update leaf set first = -first - 1 where first > :at",
            "update leaf set first = -first where first < 0",
            """
            update leaf set hashes = substr(hashes, 1, 32 * (:at - first)::integer) || sha256('x')
              || substr(hashes, 1 + 32 * (:at - first)::integer)
            where first = (select max(first) from leaf where first <= :at)\
            """,
            "update journal set size = size + 1")) {
      log.jdbc.sql(sql).param("at", position).update();
    }
  }

  @Test
  void anEntryInsertedInTheMiddleIsNamed() {
    try (AttackedLog log = new AttackedLog()) {
      log.store(10);
      log.store(10);
      log.store(10);
      insertInTheMiddle(log, 14);
      assertThat(log.fsck())
          .isInstanceOfSatisfying(
              Broken.class,
              broken -> {
                assertThat(broken.position()).isEqualTo(14);
                assertThat(broken.what()).contains("not what its leaf says");
              });

      // Even if all leaves are made to fit: the tree of twenty entries was published.
      log.rewrite();
      assertThat(log.fsck())
          .isInstanceOfSatisfying(
              Broken.class,
              broken -> {
                assertThat(broken.position()).isEqualTo(10);
                assertThat(broken.what()).contains("from position 10 to 19");
              });
    }
  }

  /** Sets are written in another order by every process: that alone is no difference. */
  @Test
  void theOrderOfASetIsNoDifference() {
    try (AttackedLog log = new AttackedLog()) {
      log.storeNaming(Set.of(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID()));
      for (String order : List.of("asc", "desc")) {
        for (String table : List.of("trace_event", "query_event")) {
          assertThat(
                  log.jdbc
                      .sql(
                          "update %s set named = array(select unnest(named) order by 1 %s)"
                              .formatted(table, order))
                      .update())
              .isEqualTo(1);
        }
        assertThat(log.fsck()).as(order).isInstanceOf(Sound.class);
      }
      log.jdbc.sql("update query_event set named = named[1:2]").update();
      assertThat(log.fsck())
          .isInstanceOfSatisfying(
              Broken.class, broken -> assertThat(broken.what()).contains("query view differs"));
    }
  }

  @Test
  void whoRecomputesLeafFrontierAndRootIsFoundByWhatWasPublished() {
    try (AttackedLog log = new AttackedLog()) {
      log.store(10);
      log.store(10);
      log.store(10);
      log.jdbc
          .sql(
              """
              update entry set record_time = record_time - interval '1 day' where position = 14\
              """)
          .update();
      log.rewrite();
      assertThat(log.fsck())
          .isInstanceOfSatisfying(
              Broken.class,
              broken -> {
                assertThat(broken.position()).isEqualTo(10);
                assertThat(broken.what()).contains("from position 10 to 19").contains("leaf");
              });

      // With the published checkpoints gone too, the one beside the database is left.
      log.jdbc.sql("delete from ledger_checkpoint").update();
      assertThat(log.fsck())
          .isInstanceOfSatisfying(
              Broken.class,
              broken -> assertThat(broken.what()).contains("the checkpoint in").contains("to 29"));

      // And the server signs nothing more of such a history, and takes nothing into it.
      log.stop();
      log.open();
      assertThat(log.signer.isForked()).isTrue();
      assertThat(log.signer.newest()).isNull();
      assertThatThrownBy(() -> log.store(1)).isInstanceOf(JournalUnavailableException.class);
    }
  }

  @Test
  void aDatabaseSetBackToYesterdayIsNoticedAndNotContinued() {
    try (AttackedLog log = new AttackedLog()) {
      log.store(10);
      log.save();
      log.store(5);
      log.stop();
      log.restore();

      assertThat(log.fsck())
          .isInstanceOfSatisfying(
              Broken.class,
              broken -> {
                assertThat(broken.position()).isEqualTo(10);
                assertThat(broken.what()).contains("set back");
                assertThat(broken.expected()).isEqualTo("15 entries");
                assertThat(broken.found()).isEqualTo("10 entries");
              });
      log.open();
      assertThat(log.signer.isForked()).isTrue();
      assertThat(log.signer.failure()).contains("set back").contains("退回");
      assertThatThrownBy(() -> log.store(1)).isInstanceOf(JournalUnavailableException.class);
    }
  }

  @Test
  void aMonitorSeesTheSecondHistoryTheRollbackAndTheOldCheckpoint(@TempDir Path folder)
      throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    try (AttackedLog log = new AttackedLog()) {
      String url = "http://127.0.0.1:" + http.getAddress().getPort() + "/log";
      SignedCheckpoint[] served = new SignedCheckpoint[1];
      http.createContext(
          "/log/",
          exchange -> {
            String path = exchange.getRequestURI().getPath().substring("/log/".length());
            byte[] body =
                switch (path) {
                  case "checkpoint" -> served[0].encode();
                  case "key" ->
                      (log.keys.published(KeyPurpose.LOG).getFirst().key() + "\n").getBytes(UTF_8);
                  default -> log.tiles.tile(TileId.parse(path.substring("tile/".length())));
                };
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
          });
      http.start();
      served[0] = log.store(10);
      SignedCheckpoint old = served[0];
      log.save();
      served[0] = log.store(5);
      Path first = folder.resolve("first.json");
      assertThat(monitor(url, first)).contains("status 0");

      // An old checkpoint is shown again.
      SignedCheckpoint newest = served[0];
      served[0] = old;
      assertThat(monitor(url, first))
          .doesNotContain("status 0")
          .contains("ROLLBACK")
          .contains("10");

      // The database is set back, the file beside it removed, and other events take the place.
      log.stop();
      log.restore();
      Files.delete(log.shown.file());
      log.open();
      for (int i = 0; i < 7; i++) {
        served[0] = log.storeAs("urn:uuid:" + UUID.randomUUID());
      }
      // A second monitor, who comes now, sees nothing wrong; the first one knows better.
      assertThat(monitor(url, folder.resolve("second.json"))).contains("status 0");
      assertThat(monitor(url, first)).doesNotContain("status 0").contains("FORK");
      assertThat(newest.checkpoint().size()).isEqualTo(15);
    } finally {
      http.stop(0);
    }
  }

  private static String monitor(String url, Path state) {
    var text = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(text, true, UTF_8);
    int status =
        LedgerTools.run(out, out, "monitor", "--url", url, "--state", state.toString(), "--once");
    return text.toString(UTF_8) + "\nstatus " + status;
  }

  @Test
  void rowsMayBeMissingOnlyWhereARetentionActNamesThem() {
    try (AttackedLog log = new AttackedLog()) {
      log.store(20);
      log.drop(5, 9);
      log.store(3);
      for (String table :
          List.of("entry", "identity", "unit_event", "trace_event", "query_event")) {
        log.jdbc.sql("delete from " + table + " where position >= 5 and position < 9").update();
      }
      assertThat(log.fsck())
          .isInstanceOfSatisfying(
              Sound.class,
              sound -> {
                assertThat(sound.head().size()).isEqualTo(24);
                assertThat(sound.erased()).isEqualTo(4);
              });

      // The leaves of what was dropped still are under the signed root.
      log.save();
      log.jdbc.sql("update leaf set hashes = set_byte(hashes, 6 * 32, 0) where first = 0").update();
      assertThat(log.fsck())
          .isInstanceOfSatisfying(
              Broken.class,
              broken -> assertThat(broken.what()).contains("published checkpoint of 20"));
      log.restore();

      log.jdbc.sql("delete from entry where position = 9").update();
      assertThat(log.fsck())
          .isInstanceOfSatisfying(
              Broken.class, broken -> assertThat(broken.position()).isEqualTo(9));
      log.restore();

      // Who drops the act's row too has no act.
      log.jdbc.sql("delete from entry where position = 20").update();
      assertThat(log.fsck())
          .isInstanceOfSatisfying(
              Broken.class, broken -> assertThat(broken.position()).isEqualTo(5));
    }
  }

  @Test
  void leavesThatNoLongerMakeTheSignedRootAreNotPublished() {
    try (AttackedLog log = new AttackedLog()) {
      log.store(10);
      log.jdbc
          .sql("update leaf set hashes = set_byte(hashes, 32, get_byte(hashes, 32) # 1)")
          .update();
      assertThatThrownBy(() -> log.store(1)).hasMessageContaining("not published");
      assertThat(log.publisher.published().orElseThrow().checkpoint().size()).isEqualTo(10);
    }
  }

  @Test
  void aRotatedKeyVouchesForTheNextAndOldCheckpointsStillVerify() throws Exception {
    try (AttackedLog log = new AttackedLog()) {
      SignedCheckpoint before = log.store(3);
      var old = log.keys.published(KeyPurpose.LOG).getFirst().key();
      var next = log.keys.rotate(KeyPurpose.LOG);
      SignedCheckpoint after = log.store(1);

      assertThat(next).isNotEqualTo(old);
      assertThat(before.verify(List.of(old))).hasSize(1);
      assertThat(after.verify(List.of(next))).hasSize(1);
      assertThatThrownBy(() -> after.verify(List.of(old))).hasMessageContaining("known");
      List<KeyRows.KeyRow> rows = log.keys.published(KeyPurpose.LOG);
      assertThat(rows).extracting(KeyRows.KeyRow::key).containsExactly(next, old);
      var succession =
          org.yuanliu.ledger.note.Note.parse(
              String.valueOf(rows.getFirst().succession()).getBytes(UTF_8));
      assertThat(succession.verify(List.of(old))).hasSize(1);
      assertThat(succession.text()).contains(next.toString());
      assertThat(log.fsck()).isInstanceOf(Sound.class);
      try (var files = Files.list(log.server.dataDir().resolve("ledger"))) {
        assertThat(files.filter(file -> file.toString().endsWith(".pub"))).hasSize(2);
      }
    }
  }

  @Test
  void aSealedKeyOpensUnderItsKeyOnly(@TempDir Path folder) throws IOException {
    for (Suite suite : Suite.values()) {
      Path kek = folder.resolve(suite.id());
      int digits = suite == Suite.SM3_SM2 ? 32 : 64;
      Files.writeString(kek, "5a".repeat(digits / 2) + "\n");
      byte[] secret = "a private key".getBytes(UTF_8);
      var random = new java.security.SecureRandom();
      byte[] sealed = KeySeal.ofFile(suite, kek).seal(secret, "one", random);
      assertThat(KeySeal.ofFile(suite, kek).open(sealed, "one")).isEqualTo(secret);
      assertThat(new String(sealed, UTF_8)).doesNotContain("private");
      assertThatThrownBy(() -> KeySeal.ofFile(suite, kek).open(sealed, "two"))
          .hasMessageContaining("does not open");
      byte[] flipped = Arrays.copyOf(sealed, sealed.length);
      flipped[15] ^= 1;
      assertThatThrownBy(() -> KeySeal.ofFile(suite, kek).open(flipped, "one"))
          .hasMessageContaining("does not open");
      Files.writeString(kek, "5b".repeat(digits / 2));
      assertThatThrownBy(() -> KeySeal.ofFile(suite, kek).open(sealed, "one"))
          .hasMessageContaining("does not open");
      Files.writeString(kek, "5a");
      assertThatThrownBy(() -> KeySeal.ofFile(suite, kek)).hasMessageContaining("hexadecimal");
    }
  }
}
