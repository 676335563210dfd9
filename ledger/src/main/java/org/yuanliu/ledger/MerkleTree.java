package org.yuanliu.ledger;

import static java.util.Objects.requireNonNull;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The Merkle tree of RFC 6962 §2.1 over given leaf hashes: root, proofs, and their verification.
 *
 * <p>Root and proofs are made as the definition reads, from all leaves; that is meant for checks
 * and small trees. Verification is iterative (RFC 9162 §2.1.3.2 and §2.1.4.2) and needs only the
 * proof. The verifying methods take what strangers send: they answer false, and throw for nothing
 * but null.
 */
public final class MerkleTree {
  private MerkleTree() {}

  /** The root over the leaf hashes, MTH of §2.1; the hash of nothing if there are none. */
  public static byte[] root(Suite suite, List<byte[]> leafHashes) {
    requireHashes(leafHashes);
    return root(suite.newHasher(), leafHashes);
  }

  /**
   * The audit path of a leaf, PATH of §2.1.1, lowest node first.
   *
   * @throws IndexOutOfBoundsException if there is no such leaf
   */
  public static List<byte[]> inclusionProof(Suite suite, int index, List<byte[]> leafHashes) {
    requireHashes(leafHashes);
    Objects.checkIndex(index, leafHashes.size());
    List<byte[]> proof = new ArrayList<>();
    path(suite.newHasher(), index, leafHashes, proof);
    return proof;
  }

  /**
   * Whether the proof shows that the tree of this size and root has this leaf at this index.
   *
   * @param index the leaf's index, from 0
   */
  public static boolean verifyInclusion(
      Suite suite, long index, long size, byte[] leafHash, List<byte[]> proof, byte[] root) {
    requireNonNull(leafHash, "leafHash is null");
    requireNonNull(root, "root is null");
    if (index < 0 || index >= size || !areHashes(proof) || leafHash.length != Suite.HASH_BYTES) {
      return false;
    }
    Hasher hasher = suite.newHasher();
    long node = index;
    long last = size - 1;
    byte[] hash = leafHash;
    for (byte[] sibling : proof) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        hash = hasher.node(sibling, hash);
        while ((node & 1) == 0 && node != 0) {
          node >>>= 1;
          last >>>= 1;
        }
      } else {
        hash = hasher.node(hash, sibling);
      }
      node >>>= 1;
      last >>>= 1;
    }
    return last == 0 && MessageDigest.isEqual(hash, root);
  }

  /**
   * The proof that the tree of all leaves continues that of the first {@code oldSize}, PROOF of
   * §2.1.2. It is empty if one of the trees is empty or both are the same.
   *
   * @throws IndexOutOfBoundsException if there are not as many leaves as {@code oldSize}
   */
  public static List<byte[]> consistencyProof(Suite suite, int oldSize, List<byte[]> leafHashes) {
    requireHashes(leafHashes);
    Objects.checkFromToIndex(0, oldSize, leafHashes.size());
    List<byte[]> proof = new ArrayList<>();
    if (oldSize > 0 && oldSize < leafHashes.size()) {
      subproof(suite.newHasher(), oldSize, leafHashes, true, proof);
    }
    return proof;
  }

  /**
   * Whether the proof shows that the new tree continues the old one, nothing changed or removed.
   * Any tree continues the empty one.
   */
  public static boolean verifyConsistency(
      Suite suite, long oldSize, long newSize, byte[] oldRoot, byte[] newRoot, List<byte[]> proof) {
    requireNonNull(oldRoot, "oldRoot is null");
    requireNonNull(newRoot, "newRoot is null");
    if (oldSize < 0 || oldSize > newSize || !areHashes(proof)) {
      return false;
    }
    Hasher hasher = suite.newHasher();
    if (oldSize == newSize) {
      return proof.isEmpty()
          && MessageDigest.isEqual(oldRoot, newRoot)
          && (oldSize > 0 || MessageDigest.isEqual(oldRoot, hasher.hash()));
    }
    if (oldSize == 0) {
      return proof.isEmpty() && MessageDigest.isEqual(oldRoot, hasher.hash());
    }
    // A full old tree is itself the first node; the proof then leaves it out.
    boolean full = Long.bitCount(oldSize) == 1;
    if (!full && proof.isEmpty()) {
      return false;
    }
    long node = oldSize - 1;
    long last = newSize - 1;
    while ((node & 1) == 1) {
      node >>>= 1;
      last >>>= 1;
    }
    byte[] first = full ? oldRoot : proof.getFirst();
    byte[] oldHash = first;
    byte[] newHash = first;
    for (byte[] sibling : full ? proof : proof.subList(1, proof.size())) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        oldHash = hasher.node(sibling, oldHash);
        newHash = hasher.node(sibling, newHash);
        while ((node & 1) == 0 && node != 0) {
          node >>>= 1;
          last >>>= 1;
        }
      } else {
        newHash = hasher.node(newHash, sibling);
      }
      node >>>= 1;
      last >>>= 1;
    }
    return last == 0
        && MessageDigest.isEqual(oldHash, oldRoot)
        && MessageDigest.isEqual(newHash, newRoot);
  }

  private static byte[] root(Hasher hasher, List<byte[]> leaves) {
    return switch (leaves.size()) {
      case 0 -> hasher.hash();
      case 1 -> leaves.getFirst().clone();
      default -> {
        int split = split(leaves.size());
        byte[] left = root(hasher, leaves.subList(0, split));
        byte[] right = root(hasher, leaves.subList(split, leaves.size()));
        yield hasher.node(left, right);
      }
    };
  }

  private static void path(Hasher hasher, int index, List<byte[]> leaves, List<byte[]> proof) {
    if (leaves.size() == 1) {
      return;
    }
    int split = split(leaves.size());
    List<byte[]> left = leaves.subList(0, split);
    List<byte[]> right = leaves.subList(split, leaves.size());
    if (index < split) {
      path(hasher, index, left, proof);
      proof.add(root(hasher, right));
    } else {
      path(hasher, index - split, right, proof);
      proof.add(root(hasher, left));
    }
  }

  private static void subproof(
      Hasher hasher, int oldSize, List<byte[]> leaves, boolean whole, List<byte[]> proof) {
    if (oldSize == leaves.size()) {
      if (!whole) {
        proof.add(root(hasher, leaves));
      }
      return;
    }
    int split = split(leaves.size());
    List<byte[]> left = leaves.subList(0, split);
    List<byte[]> right = leaves.subList(split, leaves.size());
    if (oldSize <= split) {
      subproof(hasher, oldSize, left, whole, proof);
      proof.add(root(hasher, right));
    } else {
      subproof(hasher, oldSize - split, right, false, proof);
      proof.add(root(hasher, left));
    }
  }

  /** The largest power of two smaller than {@code size}, which is 2 or more. */
  private static int split(int size) {
    return Integer.highestOneBit(size - 1);
  }

  private static void requireHashes(List<byte[]> leafHashes) {
    requireNonNull(leafHashes, "leafHashes is null");
    for (byte[] hash : leafHashes) {
      Hashes.requireHash(hash, "leaf hash");
    }
  }

  private static boolean areHashes(List<byte[]> proof) {
    requireNonNull(proof, "proof is null");
    return proof.size() <= Long.SIZE
        && proof.stream().allMatch(hash -> hash.length == Suite.HASH_BYTES);
  }
}
