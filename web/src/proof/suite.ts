/**
 * The two suites of a log: SHA-256 with Ed25519, SM3 with SM2. Where the browser has the algorithm
 * it is used; over plain http and in older browsers the libraries are loaded instead.
 */

import { fromHex, toHex } from './bytes'

export interface Suite {
  readonly id: string
  hash(bytes: Uint8Array): Promise<Uint8Array>
  /** Whether the signature (64 bytes) over the message is by the key. False for nonsense. */
  verify(key: Uint8Array, message: Uint8Array, signature: Uint8Array): Promise<boolean>
}

const SIGNATURE_BYTES = 64

/** WebCrypto, which browsers give only to pages that came over https or from this machine. */
function subtle(): SubtleCrypto | undefined {
  return globalThis.crypto?.subtle
}

/** A copy on a buffer of its own, as WebCrypto's types ask for it. */
function owned(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes)
}

const sha256Ed25519: Suite = {
  id: 'sha256-ed25519',
  async hash(bytes) {
    const native = subtle()
    if (native) return new Uint8Array(await native.digest('SHA-256', owned(bytes)))
    const { sha256 } = await import('@noble/hashes/sha2')
    return sha256(bytes)
  },
  async verify(key, message, signature) {
    if (signature.length !== SIGNATURE_BYTES) return false
    const native = subtle()
    if (native) {
      try {
        const imported = await native.importKey('raw', owned(key), { name: 'Ed25519' }, false, ['verify'])
        return await native.verify({ name: 'Ed25519' }, imported, owned(signature), owned(message))
      } catch {
        // A browser that has WebCrypto but not Ed25519, or a key that is none: the library decides.
      }
    }
    const { ed25519 } = await import('@noble/curves/ed25519')
    try {
      // As RFC 8032 §5.1.7 without the cofactor's laxness, which is what the server's JDK does too.
      return ed25519.verify(signature, message, key, { zip215: false })
    } catch {
      return false
    }
  },
}

const USER_ID = '1234567812345678'
const POINT_BYTES = 65

const sm3Sm2: Suite = {
  id: 'sm3-sm2',
  async hash(bytes) {
    const { sm3 } = await import('sm-crypto-v2')
    return fromHex(sm3(bytes))
  },
  async verify(key, message, signature) {
    if (signature.length !== SIGNATURE_BYTES || key.length !== POINT_BYTES || key[0] !== 4) return false
    const { sm2 } = await import('sm-crypto-v2')
    try {
      return sm2.doVerifySignature(message, toHex(signature), toHex(key), {
        hash: true,
        userId: USER_ID,
        der: false,
      })
    } catch {
      return false
    }
  },
}

export function suiteOf(id: string): Suite | undefined {
  return [sha256Ed25519, sm3Sm2].find((suite) => suite.id === id)
}
