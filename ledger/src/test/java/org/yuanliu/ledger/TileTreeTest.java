package org.yuanliu.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.yuanliu.ledger.MerkleTreeTest.flipped;
import static org.yuanliu.ledger.MerkleTreeTest.leaves;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TileTreeTest {
  private static final Suite SHA256 = Suite.SHA256_ED25519;

  @Test
  void seventyThousandLeavesMakeTheTilesThatTheSpecificationCounts() {
    MemoryTiles tiles = new MemoryTiles();
    TileBuilder builder = new TileBuilder(SHA256, tiles);
    List<byte[]> leaves = leaves(SHA256, 70_000, 5);
    leaves.forEach(builder::append);
    assertThat(tiles.byPath()).hasSize(274).containsKeys("0/000", "0/272", "1/000");
    builder.partials(tiles);
    assertThat(tiles.byPath()).hasSize(277).containsKeys("0/273.p/112", "1/001.p/17", "2/000.p/1");
    assertThat(builder.root()).isEqualTo(MerkleTree.root(SHA256, leaves));
    TileTree tree = new TileTree(SHA256, 70_000, tiles);
    assertThat(tree.root()).isEqualTo(builder.root());
    for (int index : new int[] {0, 255, 256, 65_535, 65_536, 69_999}) {
      assertThat(tree.inclusionProof(index))
          .usingElementComparator(Arrays::compare)
          .isEqualTo(MerkleTree.inclusionProof(SHA256, index, leaves));
    }
    for (int old : new int[] {1, 256, 1_000, 65_536, 69_888, 69_999}) {
      assertThat(tree.consistencyProof(old))
          .usingElementComparator(Arrays::compare)
          .isEqualTo(MerkleTree.consistencyProof(SHA256, old, leaves));
    }
  }

  /** By the definition of tlog-tiles: MTH(D[(n·256 + i)·256^l : (n·256 + i + 1)·256^l]). */
  @ParameterizedTest
  @EnumSource
  void aTileHoldsTheHashesOfItsDefinition(Suite suite) {
    List<byte[]> leaves = leaves(suite, 1_300, 3);
    MemoryTiles tiles = MemoryTiles.of(suite, leaves);
    byte[] level1 = tiles.tile(new TileId(1, 0, 5));
    for (int i = 0; i < 5; i++) {
      assertThat(Arrays.copyOfRange(level1, 32 * i, 32 * i + 32))
          .isEqualTo(MerkleTree.root(suite, leaves.subList(256 * i, 256 * i + 256)));
    }
    byte[] last = tiles.tile(new TileId(0, 5, 20));
    assertThat(Arrays.copyOfRange(last, 19 * 32, 640)).isEqualTo(leaves.get(1_299));
  }

  @Property(tries = 40)
  void tilesSayWhatTheReferenceSays(
      @ForAll Suite suite,
      @ForAll @IntRange(min = 1, max = 1_500) int size,
      @ForAll @IntRange(max = 1_499) int any,
      @ForAll long seed) {
    List<byte[]> leaves = leaves(suite, size, seed);
    MemoryTiles tiles = MemoryTiles.of(suite, leaves);
    int index = any % size;
    int old = any % (size + 1);
    TileTree tree = new TileTree(suite, size, tiles);
    byte[] root = MerkleTree.root(suite, leaves);
    assertThat(tree.root()).isEqualTo(root);
    assertThat(tree.leaf(index)).isEqualTo(leaves.get(index));
    assertThat(tree.inclusionProof(index))
        .usingElementComparator(Arrays::compare)
        .isEqualTo(MerkleTree.inclusionProof(suite, index, leaves));
    assertThat(tree.consistencyProof(old))
        .usingElementComparator(Arrays::compare)
        .isEqualTo(MerkleTree.consistencyProof(suite, old, leaves));
    Frontier.Builder frontier = Frontier.empty(suite).builder();
    leaves.forEach(frontier::append);
    assertThat(tree.frontier(suite)).isEqualTo(frontier.build());
  }

  /** The tiles of a larger tree hold every earlier one: a full tile begins with the partial. */
  @Property(tries = 40)
  void anEarlierTreeIsReadFromTheTilesOfALaterOne(
      @ForAll Suite suite,
      @ForAll @IntRange(min = 257, max = 1_500) int size,
      @ForAll @IntRange(max = 1_499) int any) {
    List<byte[]> leaves = leaves(suite, size, any);
    int old = 1 + any % size;
    MemoryTiles tiles = new MemoryTiles();
    TileBuilder builder = new TileBuilder(suite, tiles);
    leaves.subList(0, old).forEach(builder::append);
    builder.partials(tiles);
    leaves.subList(old, size).forEach(builder::append);
    builder.partials(tiles);
    assertThat(new TileTree(suite, old, tiles).root())
        .isEqualTo(MerkleTree.root(suite, leaves.subList(0, old)));
  }

  @Property(tries = 40)
  void aBuilderResumesFromItsTilesOrACopy(
      @ForAll Suite suite,
      @ForAll @IntRange(max = 1_500) int size,
      @ForAll @IntRange(max = 1_500) int any) {
    List<byte[]> leaves = leaves(suite, size, any);
    int stop = any % (size + 1);
    MemoryTiles tiles = new MemoryTiles();
    TileBuilder first = new TileBuilder(suite, tiles);
    leaves.subList(0, stop).forEach(first::append);
    first.partials(tiles);
    TileBuilder resumed = TileBuilder.resume(suite, stop, tiles, tiles);
    TileBuilder copied = first.copy();
    assertThat(resumed.root()).isEqualTo(first.root());
    leaves.subList(stop, size).forEach(first::append);
    leaves.subList(stop, size).forEach(resumed::append);
    copied.appendAll(joined(leaves.subList(stop, size)));
    byte[] root = MerkleTree.root(suite, leaves);
    for (TileBuilder builder : List.of(first, resumed, copied)) {
      assertThat(builder.size()).isEqualTo(size);
      assertThat(builder.root()).isEqualTo(root);
      Frontier.Builder frontier = Frontier.empty(suite).builder();
      leaves.forEach(frontier::append);
      assertThat(builder.frontier()).isEqualTo(frontier.build());
      MemoryTiles partials = new MemoryTiles();
      builder.partials(partials);
      assertThat(partials.byPath().keySet())
          .isEqualTo(
              MemoryTiles.of(suite, leaves).byPath().keySet().stream()
                  .filter(path -> path.contains(".p/"))
                  .collect(java.util.stream.Collectors.toSet()));
    }
  }

  @Property(tries = 60)
  void aFlippedBitOfATileMakesAProofThatIsRefused(
      @ForAll Suite suite,
      @ForAll @IntRange(min = 2, max = 900) int size,
      @ForAll @IntRange(max = 899) int any,
      @ForAll @IntRange(max = 255) int bit) {
    List<byte[]> leaves = leaves(suite, size, any);
    byte[] root = MerkleTree.root(suite, leaves);
    MemoryTiles tiles = MemoryTiles.of(suite, leaves);
    int index = any % size;
    int changed = (index ^ 1) < size ? index ^ 1 : index;
    TileId id = TileId.holding(0, changed, size);
    byte[] tile = tiles.byPath().get(id.path());
    int offset = 32 * (changed % 256);
    System.arraycopy(
        flipped(Arrays.copyOfRange(tile, offset, offset + 32), bit), 0, tile, offset, 32);
    TileTree tree = new TileTree(suite, size, tiles);
    assertThat(
            MerkleTree.verifyInclusion(
                suite, index, size, tree.leaf(index), tree.inclusionProof(index), root))
        .isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void aLeafMayBeAppendedByItsDataToo(Suite suite) {
    byte[] data = new byte[Leaf.DATA_BYTES];
    TileBuilder byData = new TileBuilder(suite, (id, tile) -> {}).appendData(data).appendData(data);
    byte[] hash = Leaf.hash(suite, data);
    TileBuilder byHash = new TileBuilder(suite, (id, tile) -> {}).append(hash).append(hash);
    assertThat(byData.root()).isEqualTo(byHash.root());
    assertThatThrownBy(() -> byData.appendData(new byte[32]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theEmptyTree() {
    MemoryTiles tiles = new MemoryTiles();
    TileBuilder builder = new TileBuilder(SHA256, tiles);
    builder.partials(tiles);
    assertThat(tiles.byPath()).isEmpty();
    assertThat(builder.root()).isEqualTo(MerkleTree.root(SHA256, List.of()));
    TileTree tree = new TileTree(SHA256, 0, tiles);
    assertThat(tree.root()).isEqualTo(builder.root());
    assertThat(tree.consistencyProof(0)).isEmpty();
    assertThatThrownBy(() -> tree.inclusionProof(0)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void aMissingOrShortTileIsNamed() {
    List<byte[]> leaves = leaves(SHA256, 300, 1);
    MemoryTiles tiles = MemoryTiles.of(SHA256, leaves);
    TileSource shorter = id -> Arrays.copyOf(tiles.tile(id), id.bytes() - 1);
    assertThatThrownBy(() -> new TileTree(SHA256, 300, shorter).root())
        .isInstanceOf(TileException.class)
        .hasMessageContaining("bytes instead of");
    assertThatThrownBy(() -> TileBuilder.resume(SHA256, 300, shorter, tiles))
        .isInstanceOf(TileException.class);
    tiles.byPath().remove("0/000");
    assertThatThrownBy(() -> new TileTree(SHA256, 300, tiles).inclusionProof(3))
        .isInstanceOf(TileException.class)
        .hasMessageContaining("tile 0/000: not there");
    assertThatThrownBy(() -> new TileBuilder(SHA256, tiles).appendAll(new byte[33]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static byte[] joined(List<byte[]> leaves) {
    byte[] all = new byte[32 * leaves.size()];
    for (int i = 0; i < leaves.size(); i++) {
      System.arraycopy(leaves.get(i), 0, all, 32 * i, 32);
    }
    return all;
  }
}
