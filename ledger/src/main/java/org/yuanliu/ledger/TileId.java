package org.yuanliu.ledger;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A tile of the tree (C2SP tlog-tiles): {@code width} consecutive hashes of the tree, each over
 * 256^{@code level} leaves, the first one at {@code 256 · index}.
 *
 * @param level 0 for tiles of leaf hashes, up to {@value #MAX_LEVEL}
 * @param index from 0, counted within the level
 * @param width number of hashes, 1 to {@value #FULL_WIDTH}; a tile with fewer than {@value
 *     #FULL_WIDTH} is partial and stands at the right edge
 */
public record TileId(int level, long index, int width) {
  /** Hashes in a full tile, fixed by tlog-tiles: eight levels of the tree. */
  public static final int FULL_WIDTH = 256;

  /** log2 of {@link #FULL_WIDTH}. */
  public static final int HEIGHT = 8;

  /** tlog-tiles lets levels go to 63; a tree of 2^63−1 leaves has 8. */
  public static final int MAX_LEVEL = 63;

  /** A tree of 2^63−1 leaves has no higher tile. */
  private static final int HIGHEST_LEVEL = (Long.SIZE - 2) / HEIGHT;

  /** Longest index in digits: 7 elements of 3, as 2^63−1 has 19 digits. */
  private static final Pattern PATH =
      Pattern.compile("(0|[1-9][0-9]?)/((?:x[0-9]{3}/){0,6}[0-9]{3})(?:\\.p/([1-9][0-9]{0,2}))?");

  private static final int GROUP = 1_000;

  public TileId {
    if (level < 0 || level > MAX_LEVEL) {
      throw new IllegalArgumentException("level is not between 0 and 63: " + level);
    }
    if (index < 0) {
      throw new IllegalArgumentException("index is negative: " + index);
    }
    if (width < 1 || width > FULL_WIDTH) {
      throw new IllegalArgumentException("width is not between 1 and 256: " + width);
    }
  }

  /** The full tile at this place. */
  public static TileId full(int level, long index) {
    return new TileId(level, index, FULL_WIDTH);
  }

  public boolean isFull() {
    return width == FULL_WIDTH;
  }

  /** Length of the tile in bytes, {@value Suite#HASH_BYTES} a hash. */
  public int bytes() {
    return width * Suite.HASH_BYTES;
  }

  /** The address of the tile below {@code tile/}: {@code 0/x001/234.p/112} for instance. */
  public String path() {
    return level + "/" + indexPath(index) + (isFull() ? "" : ".p/" + width);
  }

  /**
   * The tile with this address, as {@link #path} writes it and in no other way.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static TileId parse(String path) {
    requireNonNull(path, "path is null");
    Matcher matcher = PATH.matcher(path);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not the path of a tile: " + path);
    }
    long index = 0;
    try {
      for (String element : matcher.group(2).split("/", -1)) {
        int group = Integer.parseInt(element.startsWith("x") ? element.substring(1) : element);
        index = Math.addExact(Math.multiplyExact(index, (long) GROUP), group);
      }
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("not the path of a tile: " + path, e);
    }
    String width = matcher.group(3);
    TileId tile =
        new TileId(
            Integer.parseInt(matcher.group(1)),
            index,
            width == null ? FULL_WIDTH : Integer.parseInt(width));
    // Rules out leading zero elements (x000/001), levels over 63 and the width 256 after ".p/".
    if (!tile.path().equals(path)) {
      throw new IllegalArgumentException("not the path of a tile: " + path);
    }
    return tile;
  }

  /**
   * The tile that holds this hash in a tree of this size: full, or partial at the right edge.
   *
   * @param entry the hash's place in its level, counted in hashes over 256^{@code level} leaves
   * @throws IndexOutOfBoundsException if the tree has no such hash
   */
  public static TileId holding(int level, long entry, long size) {
    long entries = entries(level, size);
    if (entry < 0 || entry >= entries) {
      throw new IndexOutOfBoundsException(
          "hash " + entry + " of level " + level + " in a tree of " + size);
    }
    long index = entry >>> HEIGHT;
    return new TileId(level, index, (int) Math.min(FULL_WIDTH, entries - (index << HEIGHT)));
  }

  /** Number of hashes at a level of a tree of this size: full subtrees of 256^{@code level}. */
  public static long entries(int level, long size) {
    if (size < 0) {
      throw new IllegalArgumentException("size is negative: " + size);
    }
    return level > HIGHEST_LEVEL ? 0 : size >>> (level * HEIGHT);
  }

  /** Number of full tiles at a level of a tree of this size. */
  public static long fullTiles(int level, long size) {
    return entries(level, size) >>> HEIGHT;
  }

  /** The partial tiles of a tree of this size, lowest level first; at most one a level. */
  public static List<TileId> partials(long size) {
    List<TileId> partials = new ArrayList<>();
    for (int level = 0; entries(level, size) > 0; level++) {
      int width = (int) (entries(level, size) & (FULL_WIDTH - 1));
      if (width > 0) {
        partials.add(new TileId(level, fullTiles(level, size), width));
      }
    }
    return partials;
  }

  /** Whether a tree of this size has this tile, or a wider one at its place. */
  public boolean isIn(long size) {
    long first = index << HEIGHT;
    return index <= Long.MAX_VALUE >>> HEIGHT && first + width <= entries(level, size);
  }

  private static String indexPath(long index) {
    String path = digits(index % GROUP);
    for (long rest = index / GROUP; rest > 0; rest /= GROUP) {
      path = "x" + digits(rest % GROUP) + "/" + path;
    }
    return path;
  }

  private static String digits(long group) {
    return Long.toString(GROUP + group).substring(1);
  }
}
