import type { EpcisEvent } from './api'
import { moment } from './moment'

/** The last word of a business step or type, however it was written: shipping, yl:BizStep-selling, a URI, a URN. */
export function stepWord(step: string | undefined): string {
  if (!step) return 'recorded'
  return step.replace(/^.*(?:BizStep-|bizstep:)/i, '').replace(/^.*[:/#]/, '')
}

/** A code's last part as a person knows it: digits of ours, or the element string of a Digital Link. */
export function plainCode(uri: string): string {
  const own = /^urn:yuanliu:[a-z]+:(.+)$/.exec(uri)
  if (own?.[1]) return own[1]
  const link = /^https?:\/\/id\.gs1\.org\/(.+)$/.exec(uri)
  if (link?.[1]) {
    const parts = link[1].split('/')
    let text = ''
    for (let i = 0; i + 1 < parts.length; i += 2)
      text += `(${parts[i]})${decodeURIComponent(parts[i + 1] ?? '')}`
    return text
  }
  return uri
}

/** Digits in groups of four, for reading aloud; anything else as it is. */
export function grouped(uri: string): string {
  const plain = plainCode(uri)
  return /^\d{9,}$/.test(plain) ? plain.replace(/(\d{4})(?=\d)/g, '$1 ') : plain
}

/** Every unit an event names, once, in the order of the standard. */
export function unitsOf(event: EpcisEvent): string[] {
  const units = [
    ...(event.outputEPCList ?? []),
    ...(event.outputQuantityList ?? []).map((q) => q.epcClass),
    ...(event.epcList ?? []),
    ...(event.quantityList ?? []).map((q) => q.epcClass),
    ...(event.parentID ? [event.parentID] : []),
    ...(event.childEPCs ?? []),
    ...(event.childQuantityList ?? []).map((q) => q.epcClass),
    ...(event.inputEPCList ?? []),
    ...(event.inputQuantityList ?? []).map((q) => q.epcClass),
  ]
  return [...new Set(units)]
}

/** 2026年11月21日 14:05 in the offset that the event was sent with. */
export function eventMoment(event: EpcisEvent, locale: string): string {
  const offset = /^([+-])(\d{2}):(\d{2})$/.exec(event.eventTimeZoneOffset ?? '')
  const minutes = offset ? (offset[1] === '-' ? -1 : 1) * (Number(offset[2]) * 60 + Number(offset[3])) : 480
  const local = new Date(new Date(event.eventTime).getTime() + minutes * 60_000)
  return Number.isNaN(local.getTime()) ? event.eventTime : moment(local.toISOString(), locale, 'UTC')
}

/** One after the other, as the language has it. */
export function listed(words: string[], locale: string): string {
  return words.join(locale.startsWith('zh') ? '、' : ', ')
}
