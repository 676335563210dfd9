import { send } from '../api'

/** Personal values and legal holds. What is looked for stands in bodies, never in addresses. */
export interface PersonalRecord {
  position: number
  eventTime: string | null
  bizStep: string | null
  principal: string
  subject: string
  element: string
  name: { zh: string; en: string }
  /** Null once it is erased. */
  masked: string | null
  erased: string | null
}

export interface OpenValue {
  subject: string
  element: string
  value: string
  commitment: string
  salt: string
}

export interface HeldOnPerson {
  subject: string
  complete: boolean
  values: object[]
}

export const BASES = ['request', 'consent_withdrawn', 'purpose_achieved', 'retention_expired', 'unlawful']

export type HoldKind = 'subject' | 'unit' | 'party'

export interface Hold {
  id: string
  kind: HoldKind
  target: string
  reference: string
  reason: string
  law: string
  setBy: string
  since: string
  liftedBy: string | null
  lifted: string | null
  liftReason: string | null
  liftLaw: string | null
}

export const HOLD_KINDS: HoldKind[] = ['subject', 'unit', 'party']

const PERSONAL = '/api/v1/personal'
const HOLDS = '/api/v1/holds'
const id = encodeURIComponent

export const privacy = {
  search: async (value: string, reason: string) =>
    (await send<{ values: PersonalRecord[] }>('POST', `${PERSONAL}/search`, { value, reason })).values,
  entry: async (position: number) =>
    (await send<{ values: PersonalRecord[] }>('GET', `${PERSONAL}/entries/${position}`)).values,
  view: async (position: number, reason: string) =>
    (await send<{ values: OpenValue[] }>('POST', `${PERSONAL}/entries/${position}/view`, { reason })).values,
  export: (subject: string, reason: string) =>
    send<HeldOnPerson>('POST', `${PERSONAL}/subjects/${id(subject)}/export`, { reason }),
  erase: (subject: string, basis: string, reference: string) =>
    send<{ position: number; values: number }>('POST', `${PERSONAL}/subjects/${id(subject)}/erasure`, {
      basis,
      reference,
    }),
  holds: async (lifted: boolean) =>
    (await send<{ holds: Hold[] }>('GET', `${HOLDS}?lifted=${lifted}&limit=500`)).holds,
  hold: (hold: object) => send<Hold>('POST', HOLDS, hold),
  lift: (hold: string, reason: string, law: string) =>
    send<Hold>('POST', `${HOLDS}/${id(hold)}/lifting`, { reason, law }),
}
