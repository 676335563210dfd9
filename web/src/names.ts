import { reactive } from 'vue'
import { api } from './api'

/** What a party or a place is called; in English where it has such a name. */
interface Name {
  zh: string
  en: string
}

const ASKED_AT_ONCE = 4

const known = reactive(new Map<string, Name | null>())
const asked = new Set<string>()
const waiting: (() => Promise<void>)[] = []
let running = 0

/** The name as far as it is known by now; asking makes it known. Null: unknown, or not one's to see. */
export function nameOf(uri: string, kind: 'party' | 'place', locale: string): string | null {
  const name = known.get(uri)
  if (name) return locale === 'en' ? name.en : name.zh
  if (!asked.has(uri) && uri !== '') {
    asked.add(uri)
    waiting.push(() => ask(uri, kind))
    next()
  }
  return null
}

/** Another account may see other names. */
export function forgetNames() {
  known.clear()
  asked.clear()
  waiting.length = 0
}

async function ask(uri: string, kind: 'party' | 'place') {
  try {
    if (kind === 'party') {
      const last = (await api.party(uri)).names.at(-1)
      known.set(uri, last ? { zh: last.name, en: last.nameEn ?? last.name } : null)
    } else {
      const place = await api.place(uri)
      known.set(uri, { zh: place.name, en: place.nameEn ?? place.name })
    }
  } catch {
    // A name is a convenience: the code stands in for it.
    known.set(uri, null)
  }
}

function next() {
  if (running >= ASKED_AT_ONCE) return
  const task = waiting.shift()
  if (!task) return
  running += 1
  void task().finally(() => {
    running -= 1
    next()
  })
}
