package org.yuanliu.ledger;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** A tile that should be there is not, or is not what it should be. */
public final class TileException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final TileId tile;

  public TileException(TileId tile, String message) {
    this(tile, message, null);
  }

  public TileException(TileId tile, String message, @Nullable Throwable cause) {
    super("tile " + tile.path() + ": " + requireNonNull(message, "message is null"), cause);
    this.tile = tile;
  }

  public TileId tile() {
    return tile;
  }
}
