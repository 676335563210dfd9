/**
 * The public page's own check: fetches the sealed receipts of the records that the page tells of,
 * verifies them in this browser, and says what it did. The page is whole without it.
 */

import { parseKey, type Key } from './note'
import { parseReceipt } from './receipt'
import { verifyReceipt, type Verification } from './verify'
import { day, moment, sentence, type Language } from './words'

/** A page tells of a dozen stops; one record of each is checked. */
const MAX_CHECKED = 16

type Fetch = (path: string) => Promise<string>

const fetchText: Fetch = async (path) => {
  const answer = await fetch(path, { headers: { accept: 'application/json, text/plain' } })
  if (!answer.ok) throw new Error(`${path} answers ${answer.status}`)
  return answer.text()
}

export interface Checked {
  position: string
  verification: Verification
}

export interface Outcome {
  checked: Checked[]
  /** The log's keys are none of those that this browser saw before. */
  keysChanged: boolean
  keyIds: string[]
}

async function keysAt(path: string, get: Fetch): Promise<Key[]> {
  const lines = (await get(path)).split('\n').filter((line) => line !== '')
  return Promise.all(lines.map(parseKey))
}

/** Remembers the keys that a log showed first; a rotation keeps the old one in the list. */
function pinned(log: string, keys: Key[], storage: Storage | undefined): boolean {
  const name = `yuanliu.log-keys.${log}`
  const now = keys.map((key) => key.id)
  try {
    const before = storage?.getItem(name)?.split(' ')
    if (before && !now.some((id) => before.includes(id))) return false
    storage?.setItem(name, [...new Set([...(before ?? []), ...now])].join(' '))
  } catch {
    // A browser that keeps nothing: every visit is the first.
  }
  return true
}

/**
 * Verifies the records at these positions.
 *
 * @throws Error if the log does not answer
 */
export async function check(
  log: string,
  positions: string[],
  get: Fetch = fetchText,
  storage: Storage | undefined = globalThis.localStorage,
): Promise<Outcome> {
  const base = `/ledger/${log}`
  const logKeys = await keysAt(`${base}/key`, get)
  const witnesses = await keysAt(`${base}/witnesses`, get).catch(() => [])
  const checked: Checked[] = []
  for (const position of positions.slice(0, MAX_CHECKED)) {
    const receipt = parseReceipt(await get(`${base}/proof/${position}`))
    const verification = await verifyReceipt(receipt, [...logKeys, ...witnesses])
    // A good proof of another record is no proof of this one.
    const own = receipt.kind === 'sealed' && receipt.log === log && String(receipt.position) === position
    if (!own) {
      verification.holds = false
      verification.findings.unshift({ code: 'INCLUSION', kind: 'refuted', facts: [] })
    }
    checked.push({ position, verification })
  }
  return {
    checked,
    keysChanged: !pinned(log, logKeys, storage),
    keyIds: logKeys.map((key) => key.id),
  }
}

const WORDS = {
  zh: {
    held: (n: number) => `您的浏览器刚刚自己核对了这里的 ${n} 条记录：都在日志里，没有改过。`,
    since: (date: string, who: string) => `这些记录与 ${date} 时的一样，由 ${who} 见证。`,
    alone: '还没有别的单位见证，目前只有平台自己的签名。',
    refuted: (positions: string) => `第 ${positions} 位的记录核对不上，请不要采信，并告知 12315。`,
    keys: '签名用的密钥和您上次看到的不一样，请向平台核实。',
    away: '现在取不到凭证，没有核对。稍后再试。',
    record: (position: string) => `第 ${position} 位的记录`,
    all: '对上面每一条记录都成立：',
    key: (ids: string) => `日志密钥编号：${ids}。可与平台在别处公布的对照。`,
    checkedAt: (time: string) => `核对时间：${time}`,
  },
  en: {
    held: (n: number) =>
      `Your browser itself has just checked the ${n} records shown here: all are in the log, unchanged.`,
    since: (date: string, who: string) => `These records are the same as on ${date}, witnessed by ${who}.`,
    alone: 'Nobody else has witnessed them yet: only the platform itself has signed.',
    refuted: (positions: string) =>
      `The record at ${positions} does not check out. Do not rely on it; tell 12315.`,
    keys: 'The keys of this log are not those that you saw before. Ask the operator.',
    away: 'The proof cannot be had now; nothing was checked. Try again later.',
    record: (position: string) => `Record ${position}`,
    all: 'For each of the records above:',
    key: (ids: string) => `Key of the log: ${ids}. Compare it with what the operator publishes.`,
    checkedAt: (time: string) => `Checked at ${time}`,
  },
}

/** The lines that the page shows, with their tone. */
export function lines(
  outcome: Outcome,
  language: Language,
): { tone: 'held' | 'problem' | 'info'; text: string }[] {
  const words = WORDS[language]
  const failed = outcome.checked.filter(({ verification }) => !verification.holds)
  if (failed.length > 0)
    return [{ tone: 'problem', text: words.refuted(failed.map(({ position }) => position).join(', ')) }]
  const result: ReturnType<typeof lines> = [{ tone: 'held', text: words.held(outcome.checked.length) }]
  if (outcome.keysChanged) result.unshift({ tone: 'problem', text: words.keys })
  // They are all the same since the day on which the last of them was first confirmed.
  const confirmed = outcome.checked.map(({ verification }) =>
    [...verification.witnesses].sort((a, b) => a.time.getTime() - b.time.getTime()).at(0),
  )
  if (confirmed.length > 0 && confirmed.every((witness) => witness !== undefined)) {
    const last = Math.max(...confirmed.map((witness) => witness!.time.getTime()))
    const names = [...new Set(confirmed.map((witness) => witness!.name))].join(
      language === 'zh' ? '、' : ', ',
    )
    result.push({ tone: 'held', text: words.since(day(new Date(last), language), names) })
  } else {
    result.push({ tone: 'info', text: words.alone })
  }
  return result
}

function element(name: string, text: string, className = ''): HTMLElement {
  const made = document.createElement(name)
  made.textContent = text
  if (className) made.className = className
  return made
}

function listOf(texts: string[]): HTMLElement {
  const list = document.createElement('ul')
  for (const text of texts) list.append(element('li', text))
  return list
}

/** The proof opened: what was found of each record, then once what is the same for all of them. */
function details(outcome: Outcome, language: Language): HTMLElement[] {
  const words = WORDS[language]
  const found = outcome.checked.map(({ position, verification }) => ({
    position,
    texts: verification.findings.map(
      (finding) =>
        ({ proved: '✓ ', 'not-proved': '· ', refuted: '✗ ' })[finding.kind] + sentence(finding, language),
    ),
  }))
  const [first, ...others] = found
  const shared =
    others.length === 0
      ? []
      : first!.texts.filter((text) => others.every((other) => other.texts.includes(text)))
  return [
    ...found.flatMap(({ position, texts }) => {
      const own = texts.filter((text) => !shared.includes(text))
      // One sentence names its record itself.
      const heading = own.length > 1 ? [element('p', words.record(position), 'small proof__record')] : []
      return [...heading, listOf(own)]
    }),
    ...(shared.length > 0 ? [element('p', words.all, 'small proof__record'), listOf(shared)] : []),
    element('p', words.key(outcome.keyIds.join(', ')), 'small soft'),
    element('p', words.checkedAt(moment(new Date(), language)), 'small soft'),
  ]
}

export async function run(section: HTMLElement): Promise<void> {
  const language: Language = document.documentElement.lang.startsWith('en') ? 'en' : 'zh'
  const { log, positions } = section.dataset
  // The page names this script with its digest, a chunk of it imports it without: it runs twice then.
  if (!log || !positions || section.dataset.checking) return
  section.dataset.checking = 'yes'
  const say = (tone: string, text: string) => {
    const line = section.querySelector<HTMLElement>(`[data-proof-line="${tone}"]`)
    if (!line) return
    const copy = line.cloneNode(true) as HTMLElement
    copy.hidden = false
    copy.removeAttribute('data-proof-line')
    copy.querySelector('span')!.textContent = text
    line.parentElement!.append(copy)
  }
  try {
    const outcome = await check(log, positions.split(' '))
    for (const { tone, text } of lines(outcome, language)) say(tone, text)
    section.querySelector('[data-proof-details]')?.append(...details(outcome, language))
    section.dataset.outcome = outcome.checked.every(({ verification }) => verification.holds)
      ? 'held'
      : 'refuted'
  } catch {
    say('info', WORDS[language].away)
    section.dataset.outcome = 'away'
  }
}
