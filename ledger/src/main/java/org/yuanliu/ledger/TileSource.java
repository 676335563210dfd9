package org.yuanliu.ledger;

/** Where tiles are read from: a database, files, another log's address. */
@FunctionalInterface
public interface TileSource {
  /**
   * The hashes of a tile one after the other, {@link TileId#bytes} bytes. A source that holds a
   * wider tile at the same place gives its beginning. The caller does not change the array.
   *
   * @throws TileException if the tile is not there, or is no tile
   */
  byte[] tile(TileId id);
}
