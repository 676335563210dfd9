/** What a receipt proves to whom trusts some keys: the same findings as `./yuanliu verify`. */

import { concat, equal, toHex, utf8, fromBase64 } from './bytes'
import { leafHash, verifyInclusion } from './merkle'
import { BadSignature, verifyNote, type Key, type Verified } from './note'
import { encodeRecord, type Receipt, type SealedReceipt } from './receipt'
import type { Suite } from './suite'

export type Kind = 'proved' | 'not-proved' | 'refuted'

export type Code =
  | 'CONTENT'
  | 'CONTENT_ERASED'
  | 'CONTENT_WITHHELD'
  | 'VALUES'
  | 'VALUES_ERASED'
  | 'VALUES_WITHHELD'
  | 'INCLUSION'
  | 'LOG_SIGNATURE'
  | 'WITNESS'
  | 'WITNESS_UNKNOWN'
  | 'NO_WITNESS'
  | 'SEALED'
  | 'RECORD_TIME'
  | 'TRUTH'
  | 'LATER'

export interface Finding {
  code: Code
  kind: Kind
  /** What the sentence names. */
  facts: string[]
}

export interface Verification {
  holds: boolean
  findings: Finding[]
  /** The witnesses that confirmed it, with the time. */
  witnesses: { name: string; time: Date }[]
}

const LEAF_VERSION = Uint8Array.of(1)
const COMMITMENT = 'yl:commitment'

export async function verifyReceipt(receipt: Receipt | SealedReceipt, keys: Key[]): Promise<Verification> {
  const findings: Finding[] = []
  const say = (code: Code, kind: Kind, ...facts: (string | number | bigint)[]) =>
    findings.push({ code, kind, facts: facts.map(String) })
  const { suite, checkpoint, note } = receipt

  let log: string, position: bigint, leaf: Uint8Array
  if (receipt.kind === 'receipt') {
    await checkContent(receipt, say)
    ;({ log, position } = receipt.record)
    const seal = await suite.hash(concat(receipt.salt, encodeRecord(receipt.record)))
    leaf = await leafHash(suite, concat(LEAF_VERSION, seal))
  } else {
    ;({ log, position, leafHash: leaf } = receipt)
  }

  const included =
    log === checkpoint.origin &&
    (await verifyInclusion(suite, position, checkpoint.size, leaf, receipt.proof, checkpoint.root))
  if (included) say('INCLUSION', 'proved', log, position, checkpoint.size)
  else say('INCLUSION', 'refuted')

  // A key counts for the log of its name only.
  const logKeys = keys.filter((key) => !key.cosigns && key.name === checkpoint.origin && key.suite === suite)
  const byLog = await signatures(note, logKeys)
  if (byLog !== 'bad' && byLog.length > 0)
    say('LOG_SIGNATURE', 'proved', byLog[0]!.key.name, byLog[0]!.key.id)
  else say('LOG_SIGNATURE', 'refuted')

  const witnesses = keys.filter((key) => key.cosigns)
  const byWitnesses = await signatures(note, witnesses)
  const confirmed = byWitnesses === 'bad' ? [] : byWitnesses
  if (byWitnesses === 'bad') say('WITNESS', 'refuted')
  else if (confirmed.length === 0) say('NO_WITNESS', 'not-proved')
  for (const { key, time } of confirmed) say('WITNESS', 'proved', key.name, time!.toISOString())
  for (const { name, keyId } of note.signatures)
    if (![...logKeys, ...witnesses].some((key) => key.name === name && key.id === keyId))
      say('WITNESS_UNKNOWN', 'not-proved', name)

  if (receipt.kind === 'receipt') {
    say('RECORD_TIME', 'not-proved', receipt.record.recordTime)
    say('TRUTH', 'not-proved', receipt.record.reporter, receipt.record.principal)
  } else {
    say('SEALED', 'not-proved', receipt.position)
  }
  say('LATER', 'not-proved')

  const proved = (code: Code) => findings.some((it) => it.code === code && it.kind === 'proved')
  return {
    holds: findings.every((it) => it.kind !== 'refuted') && proved('INCLUSION') && proved('LOG_SIGNATURE'),
    findings,
    witnesses: confirmed.map(({ key, time }) => ({ name: key.name, time: time! })),
  }
}

async function signatures(note: Receipt['note'], keys: Key[]): Promise<Verified[] | 'bad'> {
  try {
    return await verifyNote(note, keys)
  } catch (error) {
    if (error instanceof BadSignature) return 'bad'
    throw error
  }
}

type Say = (code: Code, kind: Kind, ...facts: (string | number | bigint)[]) => void

async function checkContent(receipt: Receipt, say: Say): Promise<void> {
  const { content, suite } = receipt
  let commitments = new Set<string>()
  switch (content.kind) {
    case 'body':
      if (equal(await suite.hash(utf8(content.text)), receipt.record.bodyDigest)) say('CONTENT', 'proved')
      else say('CONTENT', 'refuted')
      commitments = commitmentsIn(content.text)
      break
    case 'erased':
      say('CONTENT_ERASED', 'not-proved', content.at, content.reason)
      break
    case 'withheld':
      say('CONTENT_WITHHELD', 'not-proved')
      break
  }
  await checkValues(receipt, suite, commitments, say)
}

/** Every value belongs to a commitment of the body, and none to the same one twice. */
async function checkValues(receipt: Receipt, suite: Suite, open: Set<string>, say: Say): Promise<void> {
  let shown = 0
  let erased = 0
  for (const value of receipt.values) {
    const known = open.delete(toHex(value.commitment))
    const fits =
      value.kind === 'erased' ||
      equal(await suite.hash(concat(value.salt, utf8(value.value))), value.commitment)
    if (!known || !fits) {
      say('VALUES', 'refuted')
      return
    }
    if (value.kind === 'shown') shown++
    else erased++
  }
  if (shown > 0) say('VALUES', 'proved', shown)
  if (erased > 0) say('VALUES_ERASED', 'not-proved', erased)
  if (open.size > 0) say('VALUES_WITHHELD', 'not-proved', open.size)
}

/** How a document is cited whose number is a person's. */
const SEALED_NUMBER = /^urn:yuanliu:document:.*:sealed\.([0-9a-f]{64})$/s

/** The commitments in a body, {"yl:commitment": "…"} or at the end of a document's URI, as hexadecimal. */
function commitmentsIn(body: string): Set<string> {
  const found = new Set<string>()
  let json: unknown
  try {
    json = JSON.parse(body)
  } catch {
    return found
  }
  const open = [json]
  while (open.length > 0) {
    const node = open.pop()
    const number = typeof node === 'string' ? SEALED_NUMBER.exec(node)?.[1] : undefined
    if (number !== undefined) found.add(number)
    if (typeof node !== 'object' || node === null) continue
    const members = Object.values(node)
    const commitment = (node as Record<string, unknown>)[COMMITMENT]
    if (members.length === 1 && typeof commitment === 'string' && !Array.isArray(node)) {
      try {
        const bytes = fromBase64(commitment)
        if (bytes.length === 32) found.add(toHex(bytes))
      } catch {
        // a member of this name that is no commitment
      }
    } else {
      open.push(...members)
    }
  }
  return found
}
