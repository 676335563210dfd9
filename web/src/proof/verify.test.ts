import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { NotWellFormed } from './bytes'
import { parseKey, type Key } from './note'
import { parseReceipt } from './receipt'
import { verifyReceipt, type Kind, type Verification } from './verify'
import { sentence } from './words'

/** Written by the ledger's own tests (WebFixturesTest). */
function fixture(name: string): string {
  return readFileSync(`src/proof/fixtures/${name}`, 'utf8')
}

async function keys(suite: string): Promise<Key[]> {
  return Promise.all(fixture(`${suite}.pub`).trim().split('\n').map(parseKey))
}

async function verify(text: string, suite: string): Promise<Verification> {
  return verifyReceipt(parseReceipt(text), await keys(suite))
}

function codes(verification: Verification, kind: Kind): string[] {
  return verification.findings.filter((finding) => finding.kind === kind).map((finding) => finding.code)
}

for (const suite of ['sha256-ed25519', 'sm3-sm2']) {
  for (const crypto of ['with WebCrypto', 'without, as over plain http']) {
    describe(`${suite} ${crypto}`, () => {
      beforeEach(() => {
        if (crypto !== 'with WebCrypto') vi.stubGlobal('crypto', {})
      })
      afterEach(() => {
        vi.unstubAllGlobals()
      })

      it('has the WebCrypto that it says', () => {
        expect(globalThis.crypto.subtle !== undefined).toBe(crypto === 'with WebCrypto')
      })

      it('proves what the ledger says', async () => {
        const verification = await verify(fixture(`${suite}.json`), suite)
        expect(codes(verification, 'proved')).toEqual([
          'CONTENT',
          'VALUES',
          'INCLUSION',
          'LOG_SIGNATURE',
          'WITNESS',
        ])
        expect(codes(verification, 'not-proved')).toEqual(['VALUES_ERASED', 'RECORD_TIME', 'TRUTH', 'LATER'])
        expect(verification.holds).toBe(true)
        expect(verification.witnesses).toEqual([
          { name: 'trace.example/shaanxi', time: new Date('2026-11-21T08:00:05Z') },
        ])
      })

      it('says "erased" of an erased body, and proves the record', async () => {
        const verification = await verify(fixture(`${suite}-erased.json`), suite)
        expect(verification.holds).toBe(true)
        expect(codes(verification, 'not-proved')[0]).toBe('CONTENT_ERASED')
      })

      it('finds the commitment to a document’s number in its URI', async () => {
        const hash = 'ab'.repeat(32)
        const receipt = JSON.parse(fixture(`${suite}.json`)) as {
          content: { body: string }
          values: object[]
        }
        receipt.content.body = receipt.content.body.replace(
          /^\{/,
          `{"cited":["urn:yuanliu:document:prescription:sealed.${hash}"],`,
        )
        const withheld = await verify(JSON.stringify(receipt), suite)
        expect(codes(withheld, 'not-proved')).toContain('VALUES_WITHHELD')
        for (const [hex, kind] of [
          [hash, 'not-proved'],
          ['cd'.repeat(32), 'refuted'],
        ] as const) {
          const commitment = Buffer.from(hex, 'hex').toString('base64')
          const values = [...receipt.values, { commitment, erased: '2028-11-21T00:00:00.000000Z' }]
          const found = await verify(JSON.stringify({ ...receipt, values }), suite)
          expect(codes(found, kind)).toContain(kind === 'refuted' ? 'VALUES' : 'VALUES_ERASED')
          expect(codes(found, 'refuted').includes('VALUES')).toBe(kind === 'refuted')
        }
      })

      it('proves a seal', async () => {
        const verification = await verify(fixture(`${suite}-sealed.json`), suite)
        expect(verification.holds).toBe(true)
        expect(codes(verification, 'proved')).toEqual(['INCLUSION', 'LOG_SIGNATURE', 'WITNESS'])
        expect(codes(verification, 'not-proved')).toEqual(['SEALED', 'LATER'])
      })

      it.each([
        ['"position" : "517"', '"position" : "518"', 'INCLUSION'],
        ['08:00:00.123456Z', '07:00:00.123456Z', 'INCLUSION'],
        ['91610100MA6TTTTT0X', '91610100MA6TTTTT1X', 'INCLUSION'],
        ['operator:6101020001234', 'operator:6101020001235', 'INCLUSION'],
        ['"eventId" : "urn:uuid:0197-1"', '"eventId" : "urn:uuid:0197-2"', 'INCLUSION'],
        ['CBV2.0', 'CBV2.1', 'INCLUSION'],
        ['"log" : "trace.example/xian"', '"log" : "trace.example/xiam"', 'INCLUSION'],
        ['猪肉', '牛肉', 'CONTENT'],
        ['王某', '李某', 'VALUES'],
        ['xian\\n1000\\n', 'xian\\n1001\\n', 'LOG_SIGNATURE'],
        ['xian\\n1000\\n', 'xiam\\n1000\\n', 'LOG_SIGNATURE'],
      ])('refutes %s changed to %s', async (from, to, code) => {
        const text = fixture(`${suite}.json`)
        expect(text).toContain(from)
        const verification = await verify(text.replaceAll(from, to), suite)
        expect(verification.holds).toBe(false)
        expect(codes(verification, 'refuted')).toContain(code)
      })

      it('refutes a receipt that is said to be of the other suite', async () => {
        const other = suite === 'sm3-sm2' ? 'sha256-ed25519' : 'sm3-sm2'
        const verification = await verify(fixture(`${suite}.json`).replace(suite, other), suite)
        expect(codes(verification, 'refuted')).toEqual(['CONTENT', 'VALUES', 'INCLUSION', 'LOG_SIGNATURE'])
      })

      it('refutes any changed byte of salt, digest, proof and signatures', async () => {
        const text = fixture(`${suite}.json`)
        const json = JSON.parse(text)
        const places = [json.leaf.salt, json.record.bodyDigest, ...json.proof]
        for (const old of places) {
          const changed = (old[0] === 'A' ? 'B' : 'A') + old.slice(1)
          const verification = await verify(text.replaceAll(old, changed), suite)
          expect(verification.holds, old).toBe(false)
        }
        for (const match of text.matchAll(/— \S+ ([A-Za-z0-9+/]+=*)/g)) {
          const old = match[1]!
          const at = old.length >> 1
          const changed = old.slice(0, at) + (old[at] === 'A' ? 'B' : 'A') + old.slice(at + 1)
          expect((await verify(text.replace(old, changed), suite)).holds, old).toBe(false)
        }
      })

      it('trusts no other keys', async () => {
        const receipt = parseReceipt(fixture(`${suite}.json`))
        const own = await keys(suite)
        const other = await keys(suite === 'sm3-sm2' ? 'sha256-ed25519' : 'sm3-sm2')
        for (const given of [[], [own[1]!], other, [{ ...own[0]!, name: 'trace.example/other' }]]) {
          expect((await verifyReceipt(receipt, given)).holds).toBe(false)
        }
        const logOnly = await verifyReceipt(receipt, [own[0]!])
        expect(logOnly.holds).toBe(true)
        expect(logOnly.witnesses).toEqual([])
        expect(codes(logOnly, 'not-proved')).toContain('NO_WITNESS')
      })
    })
  }
}

describe('what is no receipt', () => {
  const good = fixture('sha256-ed25519.json')

  it.each([
    '',
    '{}',
    '[]',
    'null',
    '1',
    good + '{}',
    good.replace('/receipt/v1', '/receipt/v2'),
    good.replace('sha256-ed25519', 'md5'),
    good.replace('"version" : 1', '"version" : 2'),
    good.replace('{', '{"more":1,'),
    good.replace('"517"', '"0517"'),
    good.replace('"517"', '517'),
    good.replace('"517"', '"-1"'),
    good.replace('"517"', '"9223372036854775808"'),
    good.replace('00.123456Z', '00.123Z'),
    good.replace('2026-11-21T08:00:00.123456Z', '2026-02-30T08:00:00.123456Z'),
    good.replace('"proof" : [', '"proof" : ["AAAA",'),
    good.replace('"values" : [', '"values" : [1,'),
    good.replace('\\n1000\\n', '\\n01000\\n'),
    good.replace('\\n1000\\n', '\\n1000\\t\\n'),
  ])('%#', (text) => {
    expect(() => parseReceipt(text)).toThrow(NotWellFormed)
  })

  it('is no key either', async () => {
    const key = fixture('sm3-sm2.pub').split('\n')[0]!
    await expect(parseKey(key)).resolves.toMatchObject({ name: 'trace.example/xian', cosigns: false })
    for (const bad of [
      '',
      'a',
      'a+b',
      key + '=',
      key.replace('xian', 'xiam'),
      key.toUpperCase(),
      'a b+' + key,
    ])
      await expect(parseKey(bad)).rejects.toThrow()
  })
})

describe('the sentences', () => {
  it('name what was found, in both languages', async () => {
    const { findings } = await verify(fixture('sha256-ed25519.json'), 'sha256-ed25519')
    const witness = findings.find((finding) => finding.code === 'WITNESS')!
    expect(sentence(witness, 'zh')).toBe(
      '见证方 trace.example/shaanxi 在 2026年11月21日 16:00 签名确认，从那时起这条记录没有变过。',
    )
    expect(sentence(witness, 'en')).toContain('21 Nov 2026 16:00')
    for (const finding of findings)
      for (const language of ['zh', 'en'] as const) expect(sentence(finding, language)).not.toMatch(/[{}]/)
  })
})
