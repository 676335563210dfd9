import type { LinkForm, Values } from './form'

/** What was typed and not yet sent, on this device: a lost network or a closed page loses nothing. */
const DRAFT = 'yuanliu.draft.'

/** Links used last, on this device, so that tomorrow's are the first. */
const USED = 'yuanliu.links.'
const USED_KEPT = 6

export interface Draft {
  values: Values
  /** Whether it was sent without an answer: then it has to be sent again as it is. */
  sent: boolean
}

function keyOf(account: string, form: LinkForm): string {
  return `${DRAFT}${account}.${form.industry}.${form.link}.${form.product}`
}

/** Whatever is personal stays out: a phone is lent and lost. */
export function keep(account: string, form: LinkForm, draft: Draft): void {
  const personal = new Set(form.elements.filter((element) => element.personal).map((element) => element.id))
  const values = Object.fromEntries(Object.entries(draft.values).filter(([id]) => !personal.has(id)))
  store(keyOf(account, form), JSON.stringify({ ...draft, values }))
}

export function kept(account: string, form: LinkForm): Draft | null {
  try {
    const draft = JSON.parse(localStorage.getItem(keyOf(account, form)) ?? 'null') as Draft | null
    if (!draft) return null
    const known = new Set(form.elements.map((element) => element.id))
    draft.values = Object.fromEntries(Object.entries(draft.values).filter(([id]) => known.has(id)))
    return draft
  } catch {
    return null
  }
}

export function drop(account: string, form: LinkForm): void {
  localStorage.removeItem(keyOf(account, form))
}

export interface Used {
  industry: string
  link: string
  product: string
}

export function used(account: string): Used[] {
  try {
    const list = JSON.parse(localStorage.getItem(USED + account) ?? '[]') as Used[]
    return Array.isArray(list) ? list : []
  } catch {
    return []
  }
}

export function use(account: string, link: Used): void {
  const others = used(account).filter((each) => each.industry !== link.industry || each.link !== link.link)
  store(USED + account, JSON.stringify([link, ...others].slice(0, USED_KEPT)))
}

function store(key: string, text: string) {
  try {
    localStorage.setItem(key, text)
  } catch {
    // A full store costs a draft, never an entry.
  }
}
