package org.yuanliu.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MerkleTreeTest {
  /** The leaves and roots that the implementations of Certificate Transparency test with. */
  private static final List<String> INPUTS =
      List.of(
          "",
          "00",
          "10",
          "2021",
          "3031",
          "40414243",
          "5051525354555657",
          "606162636465666768696a6b6c6d6e6f");

  private static final List<String> ROOTS =
      List.of(
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
          "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
          "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
          "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
          "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
          "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

  private static final Suite SHA256 = Suite.SHA256_ED25519;

  private static List<byte[]> knownLeaves() {
    Hasher hasher = SHA256.newHasher();
    return INPUTS.stream().map(input -> hasher.leaf(hex(input))).toList();
  }

  @Test
  void knownRoots() {
    List<byte[]> leaves = knownLeaves();
    for (int size = 0; size <= leaves.size(); size++) {
      assertThat(MerkleTree.root(SHA256, leaves.subList(0, size)))
          .as("root of %d", size)
          .isEqualTo(hex(ROOTS.get(size)));
    }
  }

  @Test
  void knownProofs() {
    List<byte[]> leaves = knownLeaves();
    assertThat(hexes(MerkleTree.inclusionProof(SHA256, 5, leaves)))
        .containsExactly(
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7");
    assertThat(hexes(MerkleTree.consistencyProof(SHA256, 6, leaves)))
        .containsExactly(
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7");
  }

  /** RFC 6962 §2.1.3 draws the tree of seven leaves and says which nodes each proof has. */
  @Test
  void theProofsOfTheRfcsExample() {
    List<byte[]> d = leaves(SHA256, 7, 1);
    Hasher hasher = SHA256.newHasher();
    byte[] g = hasher.node(d.get(0), d.get(1));
    byte[] h = hasher.node(d.get(2), d.get(3));
    byte[] i = hasher.node(d.get(4), d.get(5));
    byte[] k = hasher.node(g, h);
    byte[] l = hasher.node(i, d.get(6));
    assertThat(hexes(MerkleTree.inclusionProof(SHA256, 0, d)))
        .isEqualTo(hexes(List.of(d.get(1), h, l)));
    assertThat(hexes(MerkleTree.inclusionProof(SHA256, 6, d))).isEqualTo(hexes(List.of(i, k)));
    assertThat(hexes(MerkleTree.consistencyProof(SHA256, 3, d)))
        .isEqualTo(hexes(List.of(d.get(2), d.get(3), g, l)));
    assertThat(hexes(MerkleTree.consistencyProof(SHA256, 4, d))).isEqualTo(hexes(List.of(l)));
    assertThat(hexes(MerkleTree.consistencyProof(SHA256, 6, d)))
        .isEqualTo(hexes(List.of(i, d.get(6), k)));
  }

  @ParameterizedTest
  @EnumSource
  void everyInclusionProofHoldsAndNoOther(Suite suite) {
    for (int size = 1; size <= 33; size++) {
      List<byte[]> leaves = leaves(suite, size, size);
      byte[] root = MerkleTree.root(suite, leaves);
      for (int index = 0; index < size; index++) {
        List<byte[]> proof = MerkleTree.inclusionProof(suite, index, leaves);
        byte[] leaf = leaves.get(index);
        assertThat(MerkleTree.verifyInclusion(suite, index, size, leaf, proof, root)).isTrue();
        assertThat(MerkleTree.verifyInclusion(suite, index + 1, size, leaf, proof, root)).isFalse();
        assertThat(MerkleTree.verifyInclusion(suite, index - 1, size, leaf, proof, root)).isFalse();
        assertThat(MerkleTree.verifyInclusion(other(suite), index, size, leaf, proof, root))
            .as("the other suite's verifier at size %d", size)
            .isEqualTo(size == 1);
        assertThat(MerkleTree.verifyInclusion(suite, index, size, leaf, longer(proof), root))
            .isFalse();
        if (!proof.isEmpty()) {
          assertThat(MerkleTree.verifyInclusion(suite, index, size, leaf, shorter(proof), root))
              .isFalse();
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyConsistencyProofHoldsAndNoOther(Suite suite) {
    for (int newSize = 0; newSize <= 33; newSize++) {
      List<byte[]> leaves = leaves(suite, newSize, newSize);
      byte[] newRoot = MerkleTree.root(suite, leaves);
      for (int oldSize = 0; oldSize <= newSize; oldSize++) {
        byte[] oldRoot = MerkleTree.root(suite, leaves.subList(0, oldSize));
        List<byte[]> proof = MerkleTree.consistencyProof(suite, oldSize, leaves);
        assertThat(consistent(suite, oldSize, newSize, oldRoot, newRoot, proof)).isTrue();
        assertThat(consistent(suite, oldSize, newSize, oldRoot, newRoot, longer(proof))).isFalse();
        assertThat(consistent(suite, oldSize, newSize, flipped(oldRoot, 7), newRoot, proof))
            .isFalse();
        if (oldSize > 0) {
          assertThat(consistent(suite, oldSize, newSize, oldRoot, flipped(newRoot, 200), proof))
              .isFalse();
        }
        if (!proof.isEmpty()) {
          assertThat(consistent(suite, oldSize, newSize, oldRoot, newRoot, shorter(proof)))
              .isFalse();
        }
      }
      assertThat(consistent(suite, newSize + 1, newSize, newRoot, newRoot, List.of())).isFalse();
    }
  }

  @Property(tries = 60)
  void aFlippedBitFailsInclusion(
      @ForAll Suite suite,
      @ForAll @IntRange(min = 2, max = 300) int size,
      @ForAll @IntRange(max = 299) int anyIndex,
      @ForAll @IntRange(max = 255) int bit,
      @ForAll long seed) {
    int index = anyIndex % size;
    List<byte[]> leaves = leaves(suite, size, seed);
    byte[] root = MerkleTree.root(suite, leaves);
    byte[] leaf = leaves.get(index);
    List<byte[]> proof = MerkleTree.inclusionProof(suite, index, leaves);
    assertThat(MerkleTree.verifyInclusion(suite, index, size, leaf, proof, root)).isTrue();
    assertThat(MerkleTree.verifyInclusion(suite, index, size, flipped(leaf, bit), proof, root))
        .isFalse();
    assertThat(MerkleTree.verifyInclusion(suite, index, size, leaf, proof, flipped(root, bit)))
        .isFalse();
    for (int i = 0; i < proof.size(); i++) {
      List<byte[]> changed = new ArrayList<>(proof);
      changed.set(i, flipped(proof.get(i), bit));
      assertThat(MerkleTree.verifyInclusion(suite, index, size, leaf, changed, root)).isFalse();
    }
  }

  @Property(tries = 60)
  void aFlippedBitFailsConsistency(
      @ForAll Suite suite,
      @ForAll @IntRange(min = 2, max = 300) int newSize,
      @ForAll @IntRange(max = 299) int anyOldSize,
      @ForAll @IntRange(max = 255) int bit,
      @ForAll long seed) {
    int oldSize = 1 + anyOldSize % (newSize - 1);
    List<byte[]> leaves = leaves(suite, newSize, seed);
    byte[] newRoot = MerkleTree.root(suite, leaves);
    byte[] oldRoot = MerkleTree.root(suite, leaves.subList(0, oldSize));
    List<byte[]> proof = MerkleTree.consistencyProof(suite, oldSize, leaves);
    assertThat(consistent(suite, oldSize, newSize, oldRoot, newRoot, proof)).isTrue();
    for (int i = 0; i < proof.size(); i++) {
      List<byte[]> changed = new ArrayList<>(proof);
      changed.set(i, flipped(proof.get(i), bit));
      assertThat(consistent(suite, oldSize, newSize, oldRoot, newRoot, changed)).isFalse();
    }
  }

  @Test
  void aVerifierAnswersFalseToNonsense() {
    List<byte[]> leaves = leaves(SHA256, 4, 1);
    byte[] root = MerkleTree.root(SHA256, leaves);
    byte[] leaf = leaves.getFirst();
    List<byte[]> proof = MerkleTree.inclusionProof(SHA256, 0, leaves);
    List<byte[]> shortHash = List.of(new byte[31], proof.get(1));
    assertThat(MerkleTree.verifyInclusion(SHA256, 0, 4, leaf, shortHash, root)).isFalse();
    assertThat(MerkleTree.verifyInclusion(SHA256, 0, 4, new byte[33], proof, root)).isFalse();
    assertThat(MerkleTree.verifyInclusion(SHA256, -1, 4, leaf, proof, root)).isFalse();
    assertThat(MerkleTree.verifyInclusion(SHA256, 0, 0, leaf, List.of(), root)).isFalse();
    assertThat(MerkleTree.verifyInclusion(SHA256, 0, 4, leaf, proof, new byte[0])).isFalse();
    List<byte[]> endless = Collections.nCopies(65, leaf);
    assertThat(MerkleTree.verifyInclusion(SHA256, 0, Long.MAX_VALUE, leaf, endless, root))
        .isFalse();
    assertThat(consistent(SHA256, 3, 4, root, root, List.of())).isFalse();
    assertThat(consistent(SHA256, -1, 4, root, root, List.of())).isFalse();
    assertThat(consistent(SHA256, 1, Long.MAX_VALUE, root, root, endless)).isFalse();
  }

  @Test
  void aProofIsAskedForWhatIsThere() {
    List<byte[]> leaves = leaves(SHA256, 3, 1);
    assertThatThrownBy(() -> MerkleTree.inclusionProof(SHA256, 3, leaves))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> MerkleTree.inclusionProof(SHA256, -1, leaves))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> MerkleTree.consistencyProof(SHA256, 4, leaves))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> MerkleTree.root(SHA256, List.of(new byte[31])))
        .hasMessage("leaf hash has 31 bytes instead of 32");
  }

  static List<byte[]> leaves(Suite suite, int count, long seed) {
    Random random = new Random(seed);
    Hasher hasher = suite.newHasher();
    List<byte[]> leaves = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      byte[] data = new byte[Leaf.DATA_BYTES];
      random.nextBytes(data);
      leaves.add(hasher.leaf(data));
    }
    return leaves;
  }

  static byte[] flipped(byte[] hash, int bit) {
    byte[] changed = hash.clone();
    changed[bit / 8] ^= (byte) (1 << bit % 8);
    return changed;
  }

  private static boolean consistent(
      Suite suite, long oldSize, long newSize, byte[] oldRoot, byte[] newRoot, List<byte[]> proof) {
    return MerkleTree.verifyConsistency(suite, oldSize, newSize, oldRoot, newRoot, proof);
  }

  private static Suite other(Suite suite) {
    return suite == SHA256 ? Suite.SM3_SM2 : SHA256;
  }

  private static List<byte[]> longer(List<byte[]> proof) {
    List<byte[]> longer = new ArrayList<>(proof);
    longer.add(new byte[Suite.HASH_BYTES]);
    return longer;
  }

  private static List<byte[]> shorter(List<byte[]> proof) {
    return proof.subList(0, proof.size() - 1);
  }

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  private static List<String> hexes(List<byte[]> hashes) {
    return hashes.stream().map(HexFormat.of()::formatHex).toList();
  }
}
