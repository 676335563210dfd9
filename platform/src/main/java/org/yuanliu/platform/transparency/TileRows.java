package org.yuanliu.platform.transparency;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of full tiles of level 1 and up. */
@Repository
class TileRows {
  private final JdbcClient jdbc;

  TileRows(JdbcClient jdbc) {
    this.jdbc = requireNonNull(jdbc, "jdbc is null");
  }

  byte @Nullable [] find(int journal, int level, long index) {
    return jdbc.sql(
            """
            select hashes from ledger_tile
            where journal = :journal and level = :level and index = :index\
            """)
        .param("journal", journal)
        .param("level", level)
        .param("index", index)
        .query((row, number) -> row.getBytes(1))
        .optional()
        .orElse(null);
  }

  /** Stores a tile; one that is there stays. */
  void put(int journal, int level, long index, byte[] hashes) {
    jdbc.sql(
            """
            insert into ledger_tile (journal, level, index, hashes)
            values (:journal, :level, :index, :hashes) on conflict do nothing\
            """)
        .param("journal", journal)
        .param("level", level)
        .param("index", index)
        .param("hashes", hashes)
        .update();
  }
}
