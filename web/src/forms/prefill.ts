import type { EpcisEvent, QuantityElement } from '../api'
import { stepWord } from '../words'
import {
  isCoded,
  isEmpty,
  isMany,
  isPortions,
  type FormElement,
  type LinkForm,
  type Value,
  type Values,
} from './form'

/**
 * What an event says of an element, by the path that the form gives for it; empty where it says nothing. So an entry
 * can be repeated from one's own event, or begun from the supplier's.
 */
export function said(element: FormElement, event: EpcisEvent): Value {
  const path = element.path ?? ''
  const list = /^(\w+)\[(.+)\]$/.exec(path)
  if (list?.[1] && list[2]) return fromList(element, event, list[1], list[2])
  const units = /^(\w+) \| (\w+)$/.exec(path)
  if (units?.[1] && units[2]) return fromUnits(element, event, units[1], units[2])
  if (path === 'bizLocation' || path === 'readPoint') {
    return (event[path] as { id: string } | undefined)?.id ?? ''
  }
  const value = path
    .split('.')
    .reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], event)
  if (value === undefined || value === null || typeof value === 'object') {
    return Array.isArray(value) && isMany(element) ? value.map(String) : ''
  }
  return element.type === 'code' ? wordOf(element, String(value)) : String(value)
}

/** The words of a list are written in events by their names or by URIs that end in them. */
function wordOf(element: FormElement, written: string): string {
  const last = written.replace(/^.*[:/#-]/, '')
  return element.codes?.find((word) => word.id === written || word.id === last)?.id ?? ''
}

function fromList(element: FormElement, event: EpcisEvent, list: string, type: string): Value {
  if (list === 'sensorElementList') return ''
  const entries = (event[list] as Record<string, string>[] | undefined) ?? []
  const member = {
    bizTransactionList: 'bizTransaction',
    sourceList: 'source',
    destinationList: 'destination',
  }[list]
  if (!member) return ''
  const found = entries
    .filter((entry) => lastWord(entry.type) === lastWord(type))
    .map((entry) => entry[member] ?? '')
    .map((uri) => (element.type === 'document' ? documentNumber(uri) : uri))
  return isMany(element) ? found : (found[0] ?? '')
}

function fromUnits(element: FormElement, event: EpcisEvent, items: string, lots: string): Value {
  const codes = [
    ...((event[items] as string[] | undefined) ?? []).map((code) => ({ code, quantity: '' })),
    ...((event[lots] as QuantityElement[] | undefined) ?? []).map((lot) => ({
      code: lot.epcClass,
      quantity: lot.quantity === undefined ? '' : String(lot.quantity),
    })),
  ]
  if (isPortions(element)) return codes
  return isMany(element) ? codes.map((each) => each.code) : (codes[0]?.code ?? '')
}

function lastWord(type: string | undefined): string {
  return (type ?? '').replace(/^.*[:/#]/, '').replace(/^BTT-/, '')
}

/** urn:yuanliu:document:{type}:{number} */
function documentNumber(uri: string): string {
  const number = /^urn:yuanliu:document:[^:]+:(.+)$/.exec(uri)?.[1]
  return number === undefined ? uri : decodeURIComponent(number)
}

/** How much of a unit the event moved: what the buyer takes in is what the seller gave out. */
function amountOf(event: EpcisEvent, uri: string): string {
  const lots = [
    ...(event.outputQuantityList ?? []),
    ...(event.quantityList ?? []),
    ...(event.childQuantityList ?? []),
  ]
  const found = lots.find((lot) => lot.epcClass === uri)
  return found?.quantity === undefined ? '' : String(found.quantity)
}

/**
 * The values of the last entry that hold again: where, from whom, what, how much. Not the time, not the codes of
 * units, which are new each time, and not the papers, which belong to one lot.
 */
export function repeated(form: LinkForm, event: EpcisEvent): Values {
  const values: Values = {}
  for (const element of form.elements) {
    if (element.type === 'document' || element.type === 'readings' || element.path === 'eventTime') continue
    if (element.type === 'unit' && element.path !== 'parentID') continue
    const value = element.path === 'quantity' ? quantityOf(form, element, event) : said(element, event)
    if (!isEmpty(value)) values[element.id] = value
  }
  return values
}

function quantityOf(form: LinkForm, element: FormElement, event: EpcisEvent): string {
  for (const unit of form.elements.filter((candidate) => candidate.quantity === element.id)) {
    const lots = / \| (\w+)$/.exec(unit.path ?? '')?.[1]
    const entries = (lots ? (event[lots] as QuantityElement[] | undefined) : undefined) ?? []
    const quantity = entries.length === 1 ? entries[0]?.quantity : undefined
    if (quantity !== undefined) return String(quantity)
  }
  return ''
}

/** Which of the entries seen is one's last of this link, and worth repeating. */
export function lastOf(form: LinkForm, events: EpcisEvent[], places: string[]): EpcisEvent | null {
  const steps = form.steps.map(stepWord)
  return (
    events.find(
      (event) =>
        steps.includes(stepWord(event.bizStep)) &&
        event['yl:industry'] === form.industry &&
        (places.length === 0 || places.includes(event.bizLocation?.id ?? event.readPoint?.id ?? '')),
    ) ?? null
  )
}

/**
 * What the supplier's record says about a code that was scanned: product, origin, who sold it, how much, by which
 * voucher. Of several records the last that made, sold or sent the unit.
 */
export function fromUpstream(
  form: LinkForm,
  scanned: FormElement,
  uri: string,
  events: EpcisEvent[],
): Values {
  const values: Values = {}
  const origin = origins(events, uri)
  for (const element of form.elements) {
    if (element === scanned || isCodedHere(element) || element.type === 'readings') continue
    for (const event of origin) {
      const value = said(element, event)
      if (!isEmpty(value)) {
        values[element.id] = value
        break
      }
    }
  }
  const quantity = scanned.quantity
  if (quantity && quantity !== 'each' && !scanned.path?.startsWith('input')) {
    const amount = origin.map((event) => amountOf(event, uri)).find((found) => found !== '')
    if (amount) values[quantity] = amount
  }
  return values
}

/** Places and units are where one is oneself; buyer and seller come from upstream, the buyer being oneself. */
function isCodedHere(element: FormElement): boolean {
  if (!isCoded(element)) return element.path === 'eventTime'
  return element.type !== 'party' || !element.path?.startsWith('sourceList')
}

/** The newest first: a unit's own making or sale before what only saw it. */
function origins(events: EpcisEvent[], uri: string): EpcisEvent[] {
  const makes = (event: EpcisEvent) =>
    (event.outputQuantityList ?? []).some((lot) => lot.epcClass === uri) ||
    (event.outputEPCList ?? []).includes(uri)
  const names = (event: EpcisEvent) =>
    (event.quantityList ?? []).some((lot) => lot.epcClass === uri) || (event.epcList ?? []).includes(uri)
  const newest = (a: EpcisEvent, b: EpcisEvent) => b.eventTime.localeCompare(a.eventTime)
  return [
    ...events.filter(makes).sort(newest),
    ...events.filter((each) => !makes(each) && names(each)).sort(newest),
  ]
}

/** Who sends, sells or makes owns until then; who receives owns from then on. */
const GIVES = ['selling', 'retail_selling', 'shipping', 'dispensing']
const TAKES = ['receiving', 'market_entry', 'accepting']

/** What is known without asking: now, the only place, oneself as seller or buyer. */
export function begun(form: LinkForm, now: string, party: string, places: string[]): Values {
  const values: Values = {}
  const steps = form.steps.map(stepWord)
  for (const element of form.elements) {
    if (element.path === 'eventTime') values[element.id] = now
    else if (element.path === 'bizLocation' && places.length === 1) values[element.id] = places[0] ?? ''
    else if (element.path === 'sourceList[owning_party]' && steps.some((step) => GIVES.includes(step)))
      values[element.id] = party
    else if (element.path === 'destinationList[owning_party]' && steps.some((step) => TAKES.includes(step)))
      values[element.id] = party
  }
  return values
}

/** What a scanner gives of our own QR codes is an address; the code is its last part. */
export function scannedCode(text: string): string {
  const trimmed = text.trim()
  const own = /^https?:\/\/[^/]+\/[tq]\/([^?#]+?)(?:\.(?:svg|png))?(?:[?#].*)?$/.exec(trimmed)
  return own?.[1] ? decodeURIComponent(own[1]) : trimmed
}
