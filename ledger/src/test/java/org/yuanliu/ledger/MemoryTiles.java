package org.yuanliu.ledger;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Tiles in a map: a full tile answers for the narrower ones at its place. */
public final class MemoryTiles implements TileSource, TileSink {
  private final Map<String, byte[]> tiles = new HashMap<>();

  @Override
  public void tile(TileId id, byte[] hashes) {
    if (hashes.length != id.bytes()) {
      throw new IllegalArgumentException(id + " of " + hashes.length + " bytes");
    }
    tiles.put(id.path(), hashes);
  }

  @Override
  public byte[] tile(TileId id) {
    byte[] exact = tiles.get(id.path());
    if (exact != null) {
      return exact;
    }
    byte[] full = tiles.get(TileId.full(id.level(), id.index()).path());
    if (full == null) {
      throw new TileException(id, "not there");
    }
    return Arrays.copyOf(full, id.bytes());
  }

  public Map<String, byte[]> byPath() {
    return tiles;
  }

  /** The tiles of a tree of these leaves, partial ones included. */
  public static MemoryTiles of(Suite suite, Iterable<byte[]> leaves) {
    MemoryTiles tiles = new MemoryTiles();
    TileBuilder builder = new TileBuilder(suite, tiles);
    leaves.forEach(builder::append);
    builder.partials(tiles);
    return tiles;
  }
}
