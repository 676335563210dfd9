package org.yuanliu.platform.transparency;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.yuanliu.ledger.Suite;
import org.yuanliu.ledger.TileTree;
import org.yuanliu.ledger.TreeHead;
import org.yuanliu.platform.journal.ManyEntries;
import org.yuanliu.platform.journal.TreeCheck.Broken;
import org.yuanliu.platform.journal.TreeCheck.Sound;

/** {@code fsck} where the tree has full tiles above the leaves, and how fast it is. */
class FsckScaleTest {
  /** What leaves commit to; a check reads two keys more. */
  private static final String ROWS =
      """
      select position, kind, suite, leaf_version, record_time, capture, reporter, principal,
        event_id, event_hash, hash_version, salt, body
      from entry where journal = 1 order by position\
      """;

  private static final String PLACEHOLDER = "urn:uuid:00000000-0000-0000-0000-000000000000";

  private static TreeHead fill(AttackedLog log, long count) throws SQLException {
    return ManyEntries.fill(
        log.database.dataSource(), log.suite(), count, AttackedLog.event(PLACEHOLDER));
  }

  /** 70,000 leaves: 273 full tiles at level 0, one full one at level 1. */
  @Test
  void aChangedFullTileIsNamed() throws Exception {
    Suite suite = Suite.SHA256_ED25519;
    try (AttackedLog log = AttackedLog.notOpened(suite)) {
      TreeHead head = fill(log, 70_000);
      log.open();
      assertThat(new TileTree(suite, head.size(), log.tiles).root()).isEqualTo(head.root());
      assertThat(log.jdbc.sql("select count(*) from ledger_tile").query(Long.class).single())
          .isEqualTo(1);
      log.storeAs("urn:uuid:11111111-0000-0000-0000-000000000000");
      assertThat(log.fsck(false)).isInstanceOf(Sound.class);

      log.jdbc
          .sql(
              """
              update ledger_tile
              set hashes = set_byte(hashes, 7 * 32 + 3, get_byte(hashes, 7 * 32 + 3) # 1)\
              """)
          .update();
      assertThat(log.fsck(false))
          .isInstanceOfSatisfying(
              Broken.class,
              broken -> {
                assertThat(broken.position()).isEqualTo(7 * 256);
                assertThat(broken.what()).contains("1/000").contains("hash 7");
                assertThat(broken.expected()).isNotEqualTo(broken.found());
              });
      log.jdbc.sql("update ledger_tile set hashes = substr(hashes, 1, 32)").update();
      assertThat(log.fsck(false))
          .isInstanceOfSatisfying(
              Broken.class, broken -> assertThat(broken.position()).isEqualTo(256));
    }
  }

  /**
   * The rate beside that of reading the same rows and doing nothing with them, in turns: row by row
   * with the driver, and in bulk. {@code -Dfsck.entries=10000000} for the figure of
   * docs/performance.md; {@code -Dfsck.index=true} with the views.
   */
  @Test
  @Tag("long")
  void aCheckIsNotMuchSlowerThanReadingTheRows() throws Exception {
    long count = Long.getLong("fsck.entries", 300_000);
    int rounds = Integer.getInteger("fsck.rounds", 3);
    boolean index = Boolean.getBoolean("fsck.index");
    try (AttackedLog log =
        AttackedLog.notOpened(Suite.ofId(System.getProperty("fsck.suite", "sha256-ed25519")))) {
      long begun = System.nanoTime();
      fill(log, count);
      log.open();
      if (index) {
        log.journal.rebuilder().rebuild();
      }
      System.out.printf("%d entries made in %.0f s%n", count, (System.nanoTime() - begun) / 1e9);
      List<Double> ratios = new ArrayList<>();
      for (int round = 0; round < rounds; round++) {
        double reading = seconds(() -> read(log, count));
        double copying = seconds(() -> copy(log, count));
        double checking = seconds(() -> assertThat(log.fsck(index)).isInstanceOf(Sound.class));
        ratios.add(reading / checking);
        System.out.printf(
            "round %d: reading %.0f rows/s, copying %.0f rows/s, fsck %.0f entries/s, ratio %.2f"
                + " of reading, %.2f of copying; heap %d MB%n",
            round,
            count / reading,
            count / copying,
            count / checking,
            reading / checking,
            copying / checking,
            (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20);
      }
      ratios.sort(null);
      System.out.printf("fsck median ratio %.2f (target 0.5)%n", ratios.get(ratios.size() / 2));
      if (!index) {
        assertThat(ratios.get(ratios.size() / 2)).isGreaterThan(0.2);
      }
    }
  }

  @FunctionalInterface
  private interface Work {
    void run() throws Exception;
  }

  private static double seconds(Work work) throws Exception {
    long begin = System.nanoTime();
    work.run();
    return (System.nanoTime() - begin) / 1e9;
  }

  /**
   * Every row that a check reads, in order, by a cursor, a thousand at a time; in binary, as the
   * driver has it fastest.
   */
  private static void read(AttackedLog log, long count) throws SQLException {
    long bytes = 0;
    try (Connection connection = log.database.dataSource().getConnection()) {
      PGConnection postgres = connection.unwrap(PGConnection.class);
      int threshold = postgres.getPrepareThreshold();
      postgres.setPrepareThreshold(-1);
      connection.setAutoCommit(false);
      try (PreparedStatement statement = connection.prepareStatement(ROWS)) {
        statement.setFetchSize(1_000);
        long rows = 0;
        try (ResultSet row = statement.executeQuery()) {
          int columns = row.getMetaData().getColumnCount();
          while (row.next()) {
            rows++;
            for (int column = 1; column <= columns; column++) {
              byte[] value = row.getBytes(column);
              bytes += value == null ? 0 : value.length;
            }
          }
        }
        assertThat(rows).isEqualTo(count);
      }
      connection.rollback();
      connection.setAutoCommit(true);
      postgres.setPrepareThreshold(threshold);
    }
    assertThat(bytes).isGreaterThan(200 * count);
  }

  /** What a check reads, in bulk, as it comes over the wire. */
  private static void copy(AttackedLog log, long count) throws SQLException, IOException {
    try (Connection connection = log.database.dataSource().getConnection()) {
      long rows =
          connection
              .unwrap(PGConnection.class)
              .getCopyAPI()
              .copyOut(
                  "copy (" + ROWS + ") to stdout (format binary)", OutputStream.nullOutputStream());
      assertThat(rows).isEqualTo(count);
    }
  }
}
