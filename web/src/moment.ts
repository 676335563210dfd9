/** Times as people write them; English as the public page has it: 21 Nov 2026 14:05. */

const WRITTEN = { zh: 'zh-CN', en: 'en-GB' }

/** A moment or its day, in the zone that is named, else where the reader is. */
export function written(date: Date, locale: string, timeZone: string | undefined, withTime: boolean): string {
  const form = locale.startsWith('zh') ? WRITTEN.zh : WRITTEN.en
  const day = new Intl.DateTimeFormat(form, {
    year: 'numeric',
    month: locale.startsWith('zh') ? 'long' : 'short',
    day: 'numeric',
    timeZone,
  }).format(date)
  if (!withTime) return day
  // The cycle by its name: without, some write midnight as 24:00.
  const time = new Intl.DateTimeFormat(form, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  }).format(date)
  return `${day} ${time}`
}

/** 2026年11月21日 14:05, where the reader is, or in the zone that is named; what is no time as it is. */
export function moment(time: string, locale: string, timeZone?: string): string {
  const date = new Date(time)
  return Number.isNaN(date.getTime()) ? time : written(date, locale, timeZone, true)
}

/** 2026年11月21日 of a day as the server writes it, 2026-11-21. */
export function day(text: string, locale: string): string {
  const date = new Date(`${text}T00:00:00Z`)
  return Number.isNaN(date.getTime()) ? text : written(date, locale, 'UTC', false)
}

/** 11月21日, where the year is known anyway. */
export function shortDay(text: string, locale: string): string {
  const date = new Date(`${text}T00:00:00Z`)
  if (Number.isNaN(date.getTime())) return text
  return new Intl.DateTimeFormat(locale.startsWith('zh') ? WRITTEN.zh : WRITTEN.en, {
    month: locale.startsWith('zh') ? 'long' : 'short',
    day: 'numeric',
    timeZone: 'UTC',
  }).format(date)
}
