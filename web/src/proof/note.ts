/** Signed notes, keys and checkpoints (C2SP signed-note, tlog-checkpoint, tlog-cosignature). */

import { concat, decimal, equal, fromBase64, NotWellFormed, toBase64, toHex, utf8 } from './bytes'
import { suiteOf, type Suite } from './suite'

export interface Signature {
  name: string
  /** The four bytes of the key's id, hexadecimal. */
  keyId: string
  bytes: Uint8Array
}

export interface Note {
  text: string
  signatures: Signature[]
}

export interface Checkpoint {
  origin: string
  size: bigint
  root: Uint8Array
}

export interface Key {
  name: string
  id: string
  suite: Suite
  /** Whether its signatures carry a time: a witness's. */
  cosigns: boolean
  bytes: Uint8Array
}

const MAX_SIGNATURES = 64
const MAX_NOTE_CHARS = 512 * 1024
const DASH = '\u2014 '
const ID_BYTES = 4
const TIME_BYTES = 8
/** The last moment that a Date can tell. */
const MAX_SECONDS = 8_640_000_000_000n

/** Not empty, no white space, no plus, no control character. */
function isName(name: string): boolean {
  return name !== '' && !/[\s+\u0000-\u001f\u0085\u180e]/u.test(name)
}

export function parseNote(all: string): Note {
  if (all.length > MAX_NOTE_CHARS) throw new NotWellFormed('a note that is too long')
  if (/[\u0000-\u0009\u000b-\u001f]/.test(all)) throw new NotWellFormed('a control character')
  const blank = all.lastIndexOf('\n\n')
  if (blank < 0 || !all.endsWith('\n')) throw new NotWellFormed('not a note')
  const lines = all.slice(blank + 2, -1).split('\n')
  if (all.length < blank + 3 || lines.length > MAX_SIGNATURES) throw new NotWellFormed('not a note')
  return { text: all.slice(0, blank + 1), signatures: lines.map(parseSignature) }
}

function parseSignature(line: string): Signature {
  const space = line.lastIndexOf(' ')
  if (!line.startsWith(DASH) || space < DASH.length) throw new NotWellFormed('not a signature line')
  const name = line.slice(DASH.length, space)
  const bytes = fromBase64(line.slice(space + 1))
  if (!isName(name) || bytes.length <= ID_BYTES) throw new NotWellFormed('not a signature line')
  return { name, keyId: toHex(bytes.subarray(0, ID_BYTES)), bytes: bytes.subarray(ID_BYTES) }
}

export function parseCheckpoint(text: string): Checkpoint {
  const lines = text.endsWith('\n') ? text.slice(0, -1).split('\n') : []
  if (lines.length < 3 || lines.some((line) => line === '')) throw new NotWellFormed('not a checkpoint')
  const root = fromBase64(lines[2]!)
  if (root.length !== 32) throw new NotWellFormed('a root of another length')
  return { origin: lines[0]!, size: decimal(lines[1]!), root }
}

/** What stands before the public key: C2SP's bytes, and our names under 0xff (docs/trust.md). */
const TYPES: { prefix: Uint8Array; suite: string; cosigns: boolean; length: number }[] = [
  { prefix: Uint8Array.of(1), suite: 'sha256-ed25519', cosigns: false, length: 32 },
  { prefix: Uint8Array.of(4), suite: 'sha256-ed25519', cosigns: true, length: 32 },
  { prefix: named('yuanliu.org/note/sm2-sm3'), suite: 'sm3-sm2', cosigns: false, length: 65 },
  { prefix: named('yuanliu.org/note/sm2-sm3-cosignature'), suite: 'sm3-sm2', cosigns: true, length: 65 },
]

function named(name: string): Uint8Array {
  return concat(Uint8Array.of(0xff), utf8(name + '\n'))
}

/** A key in its text form, name+id+base64. */
export async function parseKey(vkey: string): Promise<Key> {
  const [name, id, ...rest] = vkey.split('+')
  if (name === undefined || id === undefined || rest.length === 0 || !isName(name))
    throw new NotWellFormed('a key is name+id+base64')
  const typed = fromBase64(rest.join('+'))
  const digest = await suiteOf('sha256-ed25519')!.hash(concat(utf8(name + '\n'), typed))
  if (id !== toHex(digest.subarray(0, ID_BYTES)))
    throw new NotWellFormed("the key's id is not that of its name and bytes")
  for (const type of TYPES) {
    const bytes = typed.subarray(type.prefix.length)
    if (bytes.length === type.length && equal(typed.subarray(0, type.prefix.length), type.prefix))
      return { name, id, suite: suiteOf(type.suite)!, cosigns: type.cosigns, bytes }
  }
  throw new NotWellFormed('a key of an unknown type')
}

export interface Verified {
  key: Key
  /** When, for cosignatures. */
  time?: Date
}

/** A signature by a known key that does not hold. */
export class BadSignature extends Error {}

/**
 * The signatures by known keys, all of which hold; those of unknown keys are passed over.
 *
 * @throws BadSignature if one by a known key does not hold
 */
export async function verifyNote(note: Note, keys: Key[]): Promise<Verified[]> {
  const verified: Verified[] = []
  for (const signature of note.signatures) {
    for (const key of keys) {
      if (signature.name === key.name && signature.keyId === key.id) {
        verified.push(await verifySignature(note, signature, key))
      }
    }
  }
  return verified
}

async function verifySignature(note: Note, signature: Signature, key: Key): Promise<Verified> {
  let message = note.text
  let bytes = signature.bytes
  let time: Date | undefined
  if (key.cosigns) {
    const seconds = bytes.subarray(0, TIME_BYTES).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
    bytes = bytes.subarray(TIME_BYTES)
    if (seconds > MAX_SECONDS) throw new BadSignature(key.name)
    message = `cosignature/v1\ntime ${seconds}\n${note.text}`
    time = new Date(Number(seconds) * 1000)
  }
  if (!(await key.suite.verify(key.bytes, utf8(message), bytes))) throw new BadSignature(key.name)
  return time ? { key, time } : { key }
}

/** A hash or key as people compare it. */
export function shown(bytes: Uint8Array): string {
  return toBase64(bytes)
}
