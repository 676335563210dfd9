/** The tree of RFC 6962 §2.1, as far as a proof needs it. */

import { concat, equal } from './bytes'
import type { Suite } from './suite'

const LEAF = Uint8Array.of(0)
const NODE = Uint8Array.of(1)

export function leafHash(suite: Suite, data: Uint8Array): Promise<Uint8Array> {
  return suite.hash(concat(LEAF, data))
}

/** Whether the proof shows that the tree of this size and root has this leaf here (RFC 9162 §2.1.3.2). */
export async function verifyInclusion(
  suite: Suite,
  index: bigint,
  size: bigint,
  leaf: Uint8Array,
  proof: Uint8Array[],
  root: Uint8Array,
): Promise<boolean> {
  if (index < 0n || index >= size) return false
  let node = index
  let last = size - 1n
  let hash = leaf
  for (const sibling of proof) {
    if (last === 0n) return false
    if ((node & 1n) === 1n || node === last) {
      hash = await suite.hash(concat(NODE, sibling, hash))
      while ((node & 1n) === 0n && node !== 0n) {
        node >>= 1n
        last >>= 1n
      }
    } else {
      hash = await suite.hash(concat(NODE, hash, sibling))
    }
    node >>= 1n
    last >>= 1n
  }
  return last === 0n && equal(hash, root)
}
