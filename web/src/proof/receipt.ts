/** Receipts, whole and sealed, as the server writes them (docs/trust.md, "Receipt"). */

import { concat, decimal, fromBase64, fromHex, NotWellFormed, number, utf8 } from './bytes'
import { parseCheckpoint, parseNote, type Checkpoint, type Note } from './note'
import { suiteOf, type Suite } from './suite'

export const RECEIPT = 'https://yuanliu.org/ns/receipt/v1'
export const SEALED_RECEIPT = 'https://yuanliu.org/ns/sealed-receipt/v1'

const MAX_PROOF = 63
const MAX_VALUES = 256

export interface LeafRecord {
  log: string
  position: bigint
  recordTime: string
  reporter: string
  principal: string
  captureId: string
  eventId: string
  eventHash: string
  hashVersion: string
  bodyDigest: Uint8Array
}

export type Content =
  { kind: 'body'; text: string } | { kind: 'erased'; at: string; reason: string } | { kind: 'withheld' }

export type PersonalValue =
  | { kind: 'shown'; commitment: Uint8Array; salt: Uint8Array; value: string }
  | { kind: 'erased'; commitment: Uint8Array; at: string }

interface Proved {
  suite: Suite
  proof: Uint8Array[]
  note: Note
  checkpoint: Checkpoint
}

export interface Receipt extends Proved {
  kind: 'receipt'
  record: LeafRecord
  salt: Uint8Array
  content: Content
  values: PersonalValue[]
}

export interface SealedReceipt extends Proved {
  kind: 'sealed'
  log: string
  position: bigint
  leafHash: Uint8Array
}

type Json = Record<string, unknown>

/**
 * The receipt of a text. Nothing of it is verified.
 *
 * @throws NotWellFormed if it is none
 */
export function parseReceipt(text: string): Receipt | SealedReceipt {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new NotWellFormed('not JSON')
  }
  const format = typeof json === 'object' && json !== null ? (json as Json).format : undefined
  if (format === RECEIPT) return parseWhole(json)
  if (format === SEALED_RECEIPT) return parseSealed(json)
  throw new NotWellFormed('not a receipt')
}

function parseWhole(json: unknown): Receipt {
  const members = object(json, 'format suite record leaf content values proof checkpoint')
  const leaf = object(members.leaf, 'version salt')
  if (leaf.version !== 1) throw new NotWellFormed('a leaf of an unknown version')
  const values = array(members.values)
  if (values.length > MAX_VALUES) throw new NotWellFormed('too many values')
  return {
    kind: 'receipt',
    ...proved(members),
    record: parseRecord(members.record),
    salt: hash(leaf.salt),
    content: parseContent(members.content),
    values: values.map(parseValue),
  }
}

function parseSealed(json: unknown): SealedReceipt {
  const members = object(json, 'format suite log position leafHash proof checkpoint')
  return {
    kind: 'sealed',
    ...proved(members),
    log: string(members.log),
    position: decimal(string(members.position)),
    leafHash: hash(members.leafHash),
  }
}

function proved(members: Json): Proved {
  const suite = suiteOf(string(members.suite))
  if (!suite) throw new NotWellFormed('an unknown suite')
  const proof = array(members.proof).map(hash)
  if (proof.length > MAX_PROOF) throw new NotWellFormed('a proof that is too long')
  const note = parseNote(string(members.checkpoint))
  return { suite, proof, note, checkpoint: parseCheckpoint(note.text) }
}

function parseRecord(json: unknown): LeafRecord {
  const members = object(
    json,
    'log position recordTime reporter principal captureId eventId eventHash hashVersion bodyDigest',
  )
  return {
    log: string(members.log),
    position: decimal(string(members.position)),
    recordTime: time(members.recordTime),
    reporter: string(members.reporter),
    principal: string(members.principal),
    captureId: string(members.captureId),
    eventId: string(members.eventId),
    eventHash: string(members.eventHash),
    hashVersion: string(members.hashVersion),
    bodyDigest: hash(members.bodyDigest),
  }
}

function parseContent(json: unknown): Content {
  const members = any(json)
  if ('body' in members) return { kind: 'body', text: string(object(json, 'body').body) }
  if ('erased' in members) {
    const erased = object(json, 'erased reason')
    return { kind: 'erased', at: time(erased.erased), reason: string(erased.reason) }
  }
  if (object(json, 'withheld').withheld !== true) throw new NotWellFormed('no content')
  return { kind: 'withheld' }
}

function parseValue(json: unknown): PersonalValue {
  if ('erased' in any(json)) {
    const erased = object(json, 'commitment erased')
    return { kind: 'erased', commitment: hash(erased.commitment), at: time(erased.erased) }
  }
  const shown = object(json, 'commitment salt value')
  return {
    kind: 'shown',
    commitment: hash(shown.commitment),
    salt: hash(shown.salt),
    value: string(shown.value),
  }
}

/** The bytes that the leaf commits to (LeafRecord, docs/trust.md "Leaf"). */
export function encodeRecord(record: LeafRecord): Uint8Array {
  return concat(
    Uint8Array.of(1),
    part(utf8(record.log)),
    number(record.position, 8),
    number(micros(record.recordTime), 8),
    part(utf8(record.reporter)),
    part(utf8(record.principal)),
    part(utf8(record.captureId)),
    part(utf8(record.eventId)),
    part(fromHex(record.eventHash)),
    part(utf8(record.hashVersion)),
    part(record.bodyDigest),
  )
}

function part(bytes: Uint8Array): Uint8Array {
  if (bytes.length > 0xffff) throw new NotWellFormed('a part that is too long')
  return concat(number(bytes.length, 2), bytes)
}

const MICROS_PER_MILLI = 1000n

function micros(text: string): bigint {
  const milliseconds = Date.parse(text.slice(0, -4) + 'Z')
  return BigInt(milliseconds) * MICROS_PER_MILLI + BigInt(text.slice(-4, -1))
}

/** 2026-11-21T08:00:00.000000Z, from 1970 on, and a day that there is. */
function time(value: unknown): string {
  const text = string(value)
  const milliseconds = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/.test(text)
    ? Date.parse(text.slice(0, -4) + 'Z')
    : NaN
  if (!(milliseconds >= 0) || new Date(milliseconds).toISOString() !== text.slice(0, -4) + 'Z')
    throw new NotWellFormed('not a time')
  return text
}

function any(json: unknown): Json {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new NotWellFormed('no object')
  return json as Json
}

/** An object with exactly these members. */
function object(json: unknown, names: string): Json {
  const members = any(json)
  if (Object.keys(members).sort().join(' ') !== names.split(' ').sort().join(' '))
    throw new NotWellFormed('an object has exactly the members ' + names)
  return members
}

function array(json: unknown): unknown[] {
  if (!Array.isArray(json)) throw new NotWellFormed('no array')
  return json
}

function string(json: unknown): string {
  if (typeof json !== 'string') throw new NotWellFormed('no text')
  return json
}

function hash(json: unknown): Uint8Array {
  const bytes = fromBase64(string(json))
  if (bytes.length !== 32) throw new NotWellFormed('not 32 bytes')
  return bytes
}
