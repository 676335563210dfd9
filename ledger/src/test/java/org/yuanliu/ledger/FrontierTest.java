package org.yuanliu.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.yuanliu.ledger.MerkleTreeTest.leaves;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FrontierTest {
  private static final Suite SHA256 = Suite.SHA256_ED25519;

  @ParameterizedTest
  @EnumSource
  void hasTheReferenceRootAtEverySize(Suite suite) {
    List<byte[]> leaves = leaves(suite, 130, 7);
    Frontier frontier = Frontier.empty(suite);
    for (int size = 0; size < leaves.size(); size++) {
      assertThat(frontier.size()).isEqualTo(size);
      assertThat(frontier.root())
          .as("root of %d", size)
          .isEqualTo(MerkleTree.root(suite, leaves.subList(0, size)));
      frontier = frontier.append(leaves.get(size));
    }
  }

  @Property(tries = 40)
  void stoppedAnywhereItGoesOnAlike(
      @ForAll Suite suite,
      @ForAll @IntRange(max = 3_000) int size,
      @ForAll @IntRange(max = 3_000) int anyStop,
      @ForAll long seed) {
    List<byte[]> leaves = leaves(suite, size, seed);
    int stop = anyStop % (size + 1);
    Frontier.Builder first = Frontier.empty(suite).builder();
    leaves.subList(0, stop).forEach(first::append);
    Frontier.Builder second = Frontier.decode(suite, first.build().encode()).builder();
    leaves.subList(stop, size).forEach(second::append);
    assertThat(second.size()).isEqualTo(size);
    assertThat(second.root()).isEqualTo(MerkleTree.root(suite, leaves));
    assertThat(second.build()).isEqualTo(Frontier.decode(suite, second.build().encode()));
  }

  @Test
  void aGroupThatIsDroppedLeavesNoTrace() {
    List<byte[]> leaves = leaves(SHA256, 12, 1);
    Frontier.Builder builder = Frontier.empty(SHA256).builder();
    leaves.subList(0, 11).forEach(builder::append);
    Frontier committed = builder.build();
    byte[] before = committed.encode();
    committed.builder().append(leaves.get(0)).append(leaves.get(1)).root();
    builder.append(leaves.get(5));
    assertThat(committed.encode()).isEqualTo(before);
    assertThat(committed.append(leaves.get(11)).root()).isEqualTo(MerkleTree.root(SHA256, leaves));
  }

  @Test
  void whatWasHandedInOrOutCanBeChangedWithoutHarm() {
    byte[] leaf = leaves(SHA256, 1, 1).getFirst();
    byte[] expected = leaf.clone();
    Frontier frontier = Frontier.empty(SHA256).append(leaf);
    Arrays.fill(leaf, (byte) 0);
    Arrays.fill(frontier.root(), (byte) 0);
    assertThat(frontier.root()).isEqualTo(expected);
  }

  @Test
  void encodesByteByByteAsDescribed() {
    List<byte[]> leaves = leaves(SHA256, 3, 1);
    Frontier frontier = Frontier.empty(SHA256);
    assertThat(frontier.encode()).isEqualTo(new byte[] {1, 1, 0, 0, 0, 0, 0, 0, 0, 0});
    for (byte[] leaf : leaves) {
      frontier = frontier.append(leaf);
    }
    byte[] pair = SHA256.newHasher().node(leaves.get(0), leaves.get(1));
    assertThat(frontier.encode())
        .isEqualTo(
            ByteBuffer.allocate(74)
                .put(new byte[] {1, 1, 0, 0, 0, 0, 0, 0, 0, 3})
                .put(pair)
                .put(leaves.get(2))
                .array());
  }

  @Test
  void refusesWhatIsNoFrontierOfThisSuite() {
    byte[] encoded = Frontier.empty(SHA256).append(leaves(SHA256, 1, 1).getFirst()).encode();
    assertRefused(Suite.SM3_SM2, encoded, "a frontier of suite 1 in a log of SM3_SM2");
    assertRefused(SHA256, new byte[9], "a frontier of 9 bytes");
    assertRefused(
        SHA256,
        Arrays.copyOf(encoded, encoded.length - 1),
        "a frontier of 1 leaves has 1 hashes, not 31 bytes");
    assertRefused(
        SHA256,
        Arrays.copyOf(encoded, encoded.length + 1),
        "a frontier of 1 leaves has 1 hashes, not 33 bytes");
    byte[] format = encoded.clone();
    format[0] = 2;
    assertRefused(SHA256, format, "a frontier of the unknown format 2");
    byte[] negative = encoded.clone();
    negative[2] = -1;
    assertThatThrownBy(() -> Frontier.decode(SHA256, negative))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("a frontier of negative size");
  }

  @Test
  void holdsAsManyLeavesAsCanBeCountedAndNotOneMore() {
    ByteBuffer almostFull = ByteBuffer.allocate(10 + 62 * 32);
    almostFull.put(new byte[] {1, 1}).putLong(Long.MAX_VALUE - 1);
    Frontier.Builder builder = Frontier.decode(SHA256, almostFull.array()).builder();
    builder.append(new byte[32]);
    assertThat(builder.size()).isEqualTo(Long.MAX_VALUE);
    assertThat(builder.build().encode()).hasSize(10 + 63 * 32);
    assertThat(builder.root()).hasSize(32);
    assertThatThrownBy(() -> builder.append(new byte[32]))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the log is full");
    assertThat(builder.size()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void takesLeafHashesOnly() {
    for (int length : new int[] {0, 31, 33}) {
      assertThatThrownBy(() -> Frontier.empty(SHA256).append(new byte[length]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("leafHash has " + length + " bytes instead of 32");
    }
  }

  private static void assertRefused(Suite suite, byte[] encoded, String message) {
    assertThatThrownBy(() -> Frontier.decode(suite, encoded))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
