package org.yuanliu.ledger;

/** Where new tiles go. */
@FunctionalInterface
public interface TileSink {
  /**
   * Takes a tile.
   *
   * @param hashes {@link TileId#bytes} bytes, for the taker to keep
   */
  void tile(TileId id, byte[] hashes);
}
