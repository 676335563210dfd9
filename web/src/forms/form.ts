/** A link's form as the server describes it, and what can be said of an entry before it is sent. */

export interface Words {
  zh: string
  en: string
}

export interface Named extends Words {
  id: string
}

export type ElementType =
  | 'text'
  | 'integer'
  | 'decimal'
  | 'boolean'
  | 'date'
  | 'time'
  | 'code'
  | 'unit'
  | 'party'
  | 'place'
  | 'document'
  | 'readings'

export interface FormElement {
  id: string
  names: Words
  help?: Words
  type: ElementType
  list: boolean
  required: boolean
  personal: boolean
  secret: boolean
  unit?: string
  unitNames?: Words
  codes?: Named[]
  schemes?: Named[]
  document?: Named
  /** The element that tells how much of the unit, or "each": every unit comes with its own. */
  quantity?: string
  min?: number
  max?: number
  default?: string
  source?: string
  /** Where it stands in the event: yl:product, ilmd.yl:origin, sourceList[owning_party]. */
  path?: string
}

export interface LinkForm {
  industry: string
  version: number
  product: string
  productNames: Words
  link: string
  names: Words
  stage: string
  /** The day from which the catalogue of key products asks for it; absent where it does not. */
  mandatoryFrom?: string
  steps: string[]
  elements: FormElement[]
  procedure: Words[]
  checks: { id: string; level: string; moment: string; message: Words; source: string }[]
  source?: string
}

export interface LinkSummary {
  industry: string
  industryNames: Words
  product: string
  productNames: Words
  link: string
  names: Words
  stage: string
  /** Whether it happens at a kind of place that is one's own, rather than at any. */
  here: boolean
}

export interface OwnPlace extends Named {
  kind?: string
}

export interface OwnLinks {
  party: string
  /** Whether the registry knows by what to choose; if not, every link is listed. */
  known: boolean
  places: OwnPlace[]
  links: LinkSummary[]
}

/** A unit with its own quantity, as typed. */
export interface Portion {
  code: string
  quantity: string
}

/** A measurement, as typed. */
export interface Reading {
  time: string
  value: string
}

/** What stands in a field. Texts as typed; lists where the element takes several. */
export type Value = string | string[] | Portion[] | Reading[]

export type Values = Record<string, Value>

/** What is wrong with a field: a key among the words, and what to put into it. */
export interface Fault {
  key: string
  given?: Record<string, string | number>
}

/** As the server has it: a thousand characters where an element says nothing. */
const MAX_TEXT = 1000
const MAX_LIST = 2000

export function isMany(element: FormElement): boolean {
  return element.list
}

export function isPortions(element: FormElement): boolean {
  return element.type === 'unit' && element.quantity === 'each'
}

/** An element whose value is a code that the server can look at. */
export function isCoded(element: FormElement): boolean {
  return element.type === 'unit' || element.type === 'party' || element.type === 'place'
}

export function emptyValue(element: FormElement): Value {
  if (element.type === 'readings' || isMany(element) || isPortions(element)) return []
  return element.default ?? ''
}

export function emptyValues(form: LinkForm): Values {
  return Object.fromEntries(form.elements.map((element) => [element.id, emptyValue(element)]))
}

export function isEmpty(value: Value | undefined): boolean {
  return value === undefined || value.length === 0 || (typeof value === 'string' && value.trim() === '')
}

/** What can be told without asking anybody; null where nothing is wrong. */
export function check(element: FormElement, value: Value | undefined): Fault | null {
  if (value === undefined || isEmpty(value)) return element.required ? { key: 'missing' } : null
  if (typeof value === 'string') return checkText(element, value.trim())
  if (value.length > MAX_LIST) return { key: 'tooMany', given: { max: MAX_LIST } }
  for (const item of value) {
    const fault =
      typeof item === 'string'
        ? checkText(element, item.trim())
        : 'code' in item
          ? checkPortion(item)
          : checkReading(item)
    if (fault) return fault
  }
  return null
}

function checkPortion(portion: Portion): Fault | null {
  if (portion.code.trim() === '') return { key: 'missing' }
  if (portion.quantity.trim() === '') return null
  const quantity = number(portion.quantity)
  if (quantity === null) return { key: 'notANumber' }
  return quantity < 0 ? { key: 'tooSmall', given: { min: 0 } } : null
}

function checkReading(reading: Reading): Fault | null {
  if (!isTime(reading.time)) return { key: 'notATime' }
  return number(reading.value) === null ? { key: 'notANumber' } : null
}

function checkText(element: FormElement, text: string): Fault | null {
  switch (element.type) {
    case 'integer':
      return /^[+-]?\d+$/.test(text) ? checkRange(element, Number(text)) : { key: 'notWhole' }
    case 'decimal': {
      const value = number(text)
      return value === null ? { key: 'notANumber' } : checkRange(element, value)
    }
    case 'date':
      return isDate(text) ? null : { key: 'notADate' }
    case 'time':
      return isTime(text) ? null : { key: 'notATime' }
    case 'boolean':
      return text === 'true' || text === 'false' ? null : { key: 'notAFlag' }
    case 'code':
      return element.codes?.some((word) => word.id === text) ? null : { key: 'notInList' }
    case 'text':
    case 'document':
      return checkLength(element, text)
    case 'unit':
    case 'party':
    case 'place':
    case 'readings':
      return null
  }
}

function checkLength(element: FormElement, text: string): Fault | null {
  const length = [...text].length
  const max = element.max ?? MAX_TEXT
  if (length > max) return { key: 'tooLong', given: { max } }
  return element.min !== undefined && length < element.min
    ? { key: 'tooShort', given: { min: element.min } }
    : null
}

function checkRange(element: FormElement, value: number): Fault | null {
  if (element.min !== undefined && value < element.min)
    return { key: 'tooSmall', given: { min: element.min } }
  if (element.max !== undefined && value > element.max)
    return { key: 'tooLarge', given: { max: element.max } }
  return null
}

function number(text: string): number | null {
  return /^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(text.trim()) ? Number(text) : null
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}

function isTime(text: string): boolean {
  const match = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?$/.exec(
    text,
  )
  return match?.[1] !== undefined && isDate(match[1])
}

/** The flat record that is sent: empty fields left out, numbers as typed (no rounding on the way). */
export function record(form: LinkForm, values: Values): Record<string, unknown> {
  const result: Record<string, unknown> = {}
  for (const element of form.elements) {
    const value = values[element.id]
    if (value === undefined || isEmpty(value)) continue
    result[element.id] =
      typeof value === 'string' ? value.trim() : value.map((item) => sent(element, item)).filter(Boolean)
  }
  return result
}

function sent(element: FormElement, item: string | Portion | Reading): unknown {
  if (typeof item === 'string') return item.trim()
  if ('value' in item) return { time: item.time, value: item.value.trim() }
  const code = item.code.trim()
  if (item.quantity.trim() === '') return code
  return element.unit
    ? { code, quantity: item.quantity.trim(), uom: element.unit }
    : { code, quantity: item.quantity.trim() }
}

/** Now, at the place of the browser, as a field for local time holds it. */
export function localMoment(now: Date): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
  return `${day}T${two(now.getHours())}:${two(now.getMinutes())}:${two(now.getSeconds())}`
}

/** The codes of the units that the entry made, else of those it names: what one wants to see afterwards. */
export function madeOrNamed(form: LinkForm, values: Values): string[] {
  const units = form.elements.filter((element) => element.type === 'unit')
  const made = units.filter((element) => element.path?.startsWith('output'))
  const named = units.filter((element) => !/^(input|parent)/.test(element.path ?? ''))
  return [...new Set((made.length > 0 ? made : named).flatMap((element) => codesOf(values[element.id])))]
}

function codesOf(value: Value | undefined): string[] {
  if (value === undefined) return []
  if (typeof value === 'string') return value.trim() === '' ? [] : [value.trim()]
  return value
    .map((item) => (typeof item === 'string' ? item : 'code' in item ? item.code : ''))
    .map((code) => code.trim())
    .filter((code) => code !== '')
}

/** Links that are one in the eyes of who fills them in: the same link for several products. */
export interface LinkCard {
  industry: string
  industryNames: Words
  link: string
  names: Words
  stage: string
  here: boolean
  products: { id: string; names: Words }[]
}

export function cards(links: LinkSummary[]): LinkCard[] {
  const found = new Map<string, LinkCard>()
  for (const each of links) {
    const key = `${each.industry} ${each.link}`
    const product = { id: each.product, names: each.productNames }
    const card = found.get(key)
    if (card) card.products.push(product)
    else
      found.set(key, {
        industry: each.industry,
        industryNames: each.industryNames,
        link: each.link,
        names: each.names,
        stage: each.stage,
        here: each.here,
        products: [product],
      })
  }
  return [...found.values()]
}
