package org.yuanliu.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TileIdTest {
  /** The example of tlog-tiles, "Partial Tiles". */
  @Test
  void theTilesOfSeventyThousandLeaves() {
    assertThat(TileId.fullTiles(0, 70_000)).isEqualTo(273);
    assertThat(TileId.fullTiles(1, 70_000)).isEqualTo(1);
    assertThat(TileId.fullTiles(2, 70_000)).isZero();
    assertThat(TileId.partials(70_000))
        .containsExactly(new TileId(0, 273, 112), new TileId(1, 1, 17), new TileId(2, 0, 1));
    assertThat(TileId.partials(256)).containsExactly(new TileId(1, 0, 1));
    assertThat(TileId.partials(0)).isEmpty();
    assertThat(TileId.partials(Long.MAX_VALUE)).hasSize(8);
  }

  /** The example of tlog-tiles, "Merkle Tree". */
  @Test
  void pathsAsTheSpecificationWritesThem() {
    assertThat(TileId.full(0, 1_234_067).path()).isEqualTo("0/x001/x234/067");
    assertThat(new TileId(1, 234, 17).path()).isEqualTo("1/234.p/17");
    assertThat(new TileId(0, 1_000, 1).path()).isEqualTo("0/x001/000.p/1");
    assertThat(TileId.full(63, 0).path()).isEqualTo("63/000");
    assertThat(TileId.parse("0/x001/x234/067")).isEqualTo(TileId.full(0, 1_234_067));
  }

  @Property(tries = 300)
  void aPathLeadsBack(
      @ForAll @IntRange(max = 63) int level,
      @ForAll @LongRange(max = Long.MAX_VALUE) long index,
      @ForAll @IntRange(min = 1, max = 256) int width) {
    TileId tile = new TileId(level, index, width);
    assertThat(TileId.parse(tile.path())).isEqualTo(tile);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "0/",
        "0/1",
        "0/01",
        "00/001",
        "64/000",
        "-1/000",
        "0/x000/001",
        "0/001/002",
        "0/x001",
        "0/x001/x002",
        "0/0001",
        "0/000.p/0",
        "0/000.p/00",
        "0/000.p/256",
        "0/000.p/01",
        "0/000.p",
        "0/000.p/",
        "0/000/",
        "/0/000",
        "0/000 ",
        "0/\u0660\u0660\u0660",
        "0/x999/x999/x999/x999/x999/x999/x999/999",
        "0/x009/x223/x372/x036/x854/x775/808",
        "entries/000"
      })
  void anyOtherPathIsRefused(String path) {
    assertThatThrownBy(() -> TileId.parse(path)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theTileThatHoldsAHashIsAsWideAsTheTreeLetsItBe() {
    assertThat(TileId.holding(0, 69_999, 70_000)).isEqualTo(new TileId(0, 273, 112));
    assertThat(TileId.holding(0, 0, 70_000)).isEqualTo(TileId.full(0, 0));
    assertThat(TileId.holding(1, 272, 70_000)).isEqualTo(new TileId(1, 1, 17));
    assertThatThrownBy(() -> TileId.holding(1, 273, 70_000))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> TileId.holding(9, 0, Long.MAX_VALUE))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void aTreeHasTheTilesThatItHas() {
    assertThat(new TileId(0, 273, 112).isIn(70_000)).isTrue();
    assertThat(new TileId(0, 273, 1).isIn(70_000)).isTrue();
    assertThat(new TileId(0, 273, 113).isIn(70_000)).isFalse();
    assertThat(TileId.full(0, 272).isIn(70_000)).isTrue();
    assertThat(TileId.full(63, 0).isIn(Long.MAX_VALUE)).isFalse();
    assertThat(TileId.full(0, Long.MAX_VALUE).isIn(Long.MAX_VALUE)).isFalse();
  }

  @Test
  void whatIsNoTileIsRefused() {
    for (List<Long> bad :
        List.of(
            List.of(-1L, 0L, 1L),
            List.of(64L, 0L, 1L),
            List.of(0L, -1L, 1L),
            List.of(0L, 0L, 0L),
            List.of(0L, 0L, 257L))) {
      assertThatThrownBy(() -> new TileId(bad.get(0).intValue(), bad.get(1), bad.get(2).intValue()))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
