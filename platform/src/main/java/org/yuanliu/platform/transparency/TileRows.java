package org.yuanliu.platform.transparency;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.yuanliu.ledger.TileId;

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

  /** Where a tile is stored. */
  record Place(int level, long index) {
    @Override
    public String toString() {
      return TileId.full(level, index).path();
    }
  }

  /** A stored tile that a tree of this size does not have in full. */
  Optional<Place> firstBeyond(int journal, long size) {
    return jdbc.sql(
            """
            select level, index from ledger_tile
            where journal = :journal and level between 1 and 7
              and (index + 1) > (cast(:size as bigint) >> (8 * (level + 1)))
            order by level, index limit 1\
            """)
        .param("journal", journal)
        .param("size", size)
        .query((row, number) -> new Place(row.getInt(1), row.getLong(2)))
        .optional();
  }
}
