import { api, type Candidate, type Resolved } from '../api'
import type { FormElement } from './form'

/** What became of a typed code. */
export type Look =
  | { state: 'waiting' }
  | { state: 'good'; candidate: Candidate }
  | { state: 'several'; candidates: Candidate[] }
  | { state: 'bad'; reason: { zh: string; en: string } | null }
  | { state: 'unknown' }

const LEVELS: Record<string, string[]> = {
  unit: ['item', 'lot', 'logistic_unit', 'asset', 'product'],
  party: ['party'],
  place: ['place'],
}

const known = new Map<string, Promise<Resolved>>()

/** Answers are the same for as long as the page lives; what failed is asked again. */
const REMEMBERED = 500

/** Which of a text's readings the element may take. */
export async function look(element: FormElement, text: string): Promise<Look> {
  let answer = known.get(text)
  if (!answer) {
    answer = api.resolve(text)
    if (known.size >= REMEMBERED) known.clear()
    known.set(text, answer)
  }
  try {
    return judge(element, text, await answer)
  } catch {
    known.delete(text)
    // Whether it is right is then told by the server when the entry is sent.
    return { state: 'unknown' }
  }
}

export function judge(element: FormElement, text: string, resolved: Resolved): Look {
  const fitting = resolved.candidates.filter((candidate) =>
    element.schemes
      ? element.schemes.some((scheme) => scheme.id === candidate.scheme)
      : (LEVELS[element.type] ?? []).includes(candidate.level),
  )
  if (fitting.length === 1 && fitting[0]) return { state: 'good', candidate: fitting[0] }
  if (fitting.length > 1) return { state: 'several', candidates: fitting }
  if (!element.schemes && /^(urn:|https:\/\/)/.test(text)) return { state: 'unknown' }
  const ids = new Set(element.schemes?.map((scheme) => scheme.id))
  const reason =
    resolved.reasons.find((each) => each.scheme !== null && ids.has(each.scheme)) ?? resolved.reasons[0]
  return { state: 'bad', reason: reason ?? null }
}
