import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { check, lines, run } from './page'

const LOG = 'trace.example/xian'

function fixture(name: string): string {
  return readFileSync(`src/proof/fixtures/${name}`, 'utf8')
}

/** A log that answers from the ledger's fixtures. */
function answers(suite: string, changed: Record<string, string> = {}): (path: string) => Promise<string> {
  const [key, witness] = fixture(`${suite}.pub`).split('\n')
  const all: Record<string, string> = {
    [`/ledger/${LOG}/key`]: key + '\n',
    [`/ledger/${LOG}/witnesses`]: witness + '\n',
    [`/ledger/${LOG}/proof/517`]: fixture(`${suite}-sealed.json`),
    ...changed,
  }
  return async (path) => {
    const text = all[path]
    if (text === undefined) throw new Error(`no ${path}`)
    return text
  }
}

class Memory implements Pick<Storage, 'getItem' | 'setItem'> {
  readonly kept = new Map<string, string>()
  getItem(name: string) {
    return this.kept.get(name) ?? null
  }
  setItem(name: string, value: string) {
    this.kept.set(name, value)
  }
}

function storage(): Storage {
  return new Memory() as unknown as Storage
}

describe.each(['sha256-ed25519', 'sm3-sm2'])('the check of a page, %s', (suite) => {
  it('says since when the records are the same, and by whom', async () => {
    const outcome = await check(LOG, ['517'], answers(suite), storage())
    expect(lines(outcome, 'zh').map((line) => line.text)).toEqual([
      '您的浏览器刚刚自己核对了这里的 1 条记录：都在日志里，没有改过。',
      '这些记录与 2026年11月21日 时的一样，由 trace.example/shaanxi 见证。',
    ])
    expect(lines(outcome, 'en')[1]!.text).toBe(
      'These records are the same as on 21 Nov 2026, witnessed by trace.example/shaanxi.',
    )
  })

  it('says that nobody else confirmed it where nobody did', async () => {
    const outcome = await check(LOG, ['517'], answers(suite, { [`/ledger/${LOG}/witnesses`]: '' }), storage())
    expect(lines(outcome, 'zh').map((line) => line.tone)).toEqual(['held', 'info'])
  })

  it.each([
    ['a changed leaf', (text: string) => text.replace(/("leafHash" : ")./, '$1/')],
    ['another tree', (text: string) => text.replace('\\n1000\\n', '\\n1001\\n')],
    ['the proof of another record', (text: string) => text.replace('"517"', '"516"')],
  ])('says that %s does not check out', async (_, change) => {
    const path = `/ledger/${LOG}/proof/517`
    const outcome = await check(
      LOG,
      ['517'],
      answers(suite, { [path]: change(fixture(`${suite}-sealed.json`)) }),
      storage(),
    )
    expect(lines(outcome, 'zh')).toEqual([
      { tone: 'problem', text: '第 517 位的记录核对不上，请不要采信，并告知 12315。' },
    ])
  })

  it('takes no good proof of one record for another', async () => {
    const path = `/ledger/${LOG}/proof/518`
    const outcome = await check(
      LOG,
      ['518'],
      answers(suite, { [path]: fixture(`${suite}-sealed.json`) }),
      storage(),
    )
    expect(outcome.checked[0]!.verification.holds).toBe(false)
  })

  it('notices keys that are not those of the last visit', async () => {
    const kept = storage()
    expect((await check(LOG, ['517'], answers(suite), kept)).keysChanged).toBe(false)
    expect((await check(LOG, ['517'], answers(suite), kept)).keysChanged).toBe(false)
    const other = suite === 'sm3-sm2' ? 'sha256-ed25519' : 'sm3-sm2'
    const outcome = await check(LOG, ['517'], answers(other), kept)
    expect(outcome.keysChanged).toBe(true)
    expect(lines(outcome, 'en')[0]!.tone).toBe('problem')
  })
})

describe('the page', () => {
  beforeEach(() => {
    document.documentElement.lang = 'zh-CN'
    document.body.innerHTML = `
      <section id="proof" data-log="${LOG}" data-positions="517">
        <ul>
          <li data-proof-line="held" hidden><span></span></li>
          <li data-proof-line="problem" hidden><span></span></li>
          <li data-proof-line="info" hidden><span></span></li>
        </ul>
        <details><div data-proof-details></div></details>
      </section>`
    localStorage.clear()
  })
  afterEach(() => {
    vi.unstubAllGlobals()
  })

  function stub(get: (path: string) => Promise<string>) {
    vi.stubGlobal('fetch', async (path: string) => {
      try {
        return new Response(await get(path))
      } catch {
        return new Response('', { status: 404 })
      }
    })
  }

  function shownLines(): string[] {
    return [...document.querySelectorAll('li:not([hidden]) > span')].map((span) => span.textContent ?? '')
  }

  it('shows what it did, and the proof when opened', async () => {
    stub(answers('sm3-sm2'))
    const section = document.getElementById('proof')!
    await run(section)
    expect(section.dataset.outcome).toBe('held')
    expect(shownLines()[1]).toContain('2026年11月21日')
    const opened = document.querySelector('[data-proof-details]')!.textContent!
    expect(opened).toContain('第 517 位的记录在日志里')
    expect(opened).toContain('封存')
    expect(opened).toContain('e476a5fd')
  })

  it('says it once, though the script is started twice', async () => {
    stub(answers('sm3-sm2'))
    const section = document.getElementById('proof')!
    await Promise.all([run(section), run(section)])
    expect(shownLines()).toHaveLength(2)
  })

  it('says once what is the same for every record', async () => {
    const other = `/ledger/${LOG}/proof/518`
    stub(answers('sm3-sm2', { [other]: fixture('sm3-sm2-sealed.json') }))
    const section = document.getElementById('proof')!
    section.dataset.positions = '517 518'
    await run(section)
    const told = [...document.querySelectorAll('[data-proof-details] li')].map((li) => li.textContent)
    expect(told.filter((text) => text?.includes('日志的签名有效'))).toHaveLength(1)
    // The second answer is the proof of the first record, which is said of that one alone.
    expect(section.dataset.outcome).toBe('refuted')
    expect(told.filter((text) => text?.startsWith('✗'))).toHaveLength(1)
  })

  it('says that it could not check where the log does not answer', async () => {
    stub(async () => {
      throw new Error('away')
    })
    const section = document.getElementById('proof')!
    await run(section)
    expect(section.dataset.outcome).toBe('away')
    expect(shownLines()).toEqual(['现在取不到凭证，没有核对。稍后再试。'])
  })
})
