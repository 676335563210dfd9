/**
 * A transparency log: what a leaf is, the Merkle tree over the leaves, its heads and its proofs.
 *
 * <p>The tree is that of RFC 6962 §2.1, over SHA-256 or over SM3 ({@link
 * org.yuanliu.ledger.Suite}). A writer keeps only the tree's right edge ({@link
 * org.yuanliu.ledger.Frontier}); whoever checks needs a proof, a head and {@link
 * org.yuanliu.ledger.MerkleTree}.
 */
@NullMarked
package org.yuanliu.ledger;

import org.jspecify.annotations.NullMarked;
