import { send } from '../api'

/** Organisations, the roles that people hold in them, and what of those is lent. */
export interface Organisation {
  party: string
  kind: string
  level: string | null
  division: string
  industries: string[]
  functions: string[]
}

export interface NamedOrganisation {
  organisation: Organisation
  name: string
  nameEn: string | null
}

export interface Delegation {
  id: string
  role: string
  account: string
  permissions: string[]
  from: string
  until: string
  reason: string
  endedAt: string | null
  inForce: boolean
}

export interface Role {
  id: string
  party: string
  account: string
  title: string
  permissions: string[]
  from: string
  until: string | null
  endedAt: string | null
  inForce: boolean
  lentTo: Delegation[]
}

export interface Capacities {
  current: string | null
  ended: boolean
  capacities: { id: string; party: string; title: string; permissions: string[]; borrowed: boolean }[]
}

export const KINDS = [
  'ENTERPRISE',
  'MARKET',
  'DEPARTMENT',
  'PARTNER_PLATFORM',
  'ASSOCIATION',
  'TESTING_BODY',
  'CERTIFICATION_BODY',
]
export const LEVELS = ['NATION', 'PROVINCE', 'CITY', 'COUNTY', 'TOWNSHIP']
export const FUNCTIONS = ['SUPERVISION', 'REGISTRATION', 'INSPECTION', 'STATISTICS']
export const PERMISSIONS = ['CAPTURE', 'QUERY', 'REGISTER', 'STATISTICS', 'ADMINISTER']

const BASE = '/api/v1/organisations'
const CAPACITY = '/api/v1/session/capacity'
const id = encodeURIComponent

export const organisations = {
  list: (after: string) =>
    send<{ organisations: NamedOrganisation[]; next: string | null }>(
      'GET',
      `${BASE}?limit=50&after=${id(after)}`,
    ),
  put: (organisation: object) => send<Organisation>('PUT', BASE, organisation),
  roles: async (party: string) =>
    (await send<{ roles: Role[] }>('GET', `${BASE}/roles?party=${id(party)}`)).roles,
  own: () => send<{ roles: Role[]; borrowed: Delegation[] }>('GET', `${BASE}/roles/own`),
  grant: (role: object) => send<{ id: string }>('POST', `${BASE}/roles`, role),
  endRole: (role: string) => send<void>('DELETE', `${BASE}/roles/${id(role)}`),
  lend: (role: string, delegation: object) =>
    send<{ id: string }>('POST', `${BASE}/roles/${id(role)}/delegations`, delegation),
  endDelegation: (delegation: string) => send<void>('DELETE', `${BASE}/delegations/${id(delegation)}`),
  capacities: () => send<Capacities>('GET', CAPACITY),
  actAs: (capacity: string | null) => send<void>('PUT', CAPACITY, { capacity }),
}

const DAY_MS = 86_400_000

/** Legal days are those of Shanghai: the first moment of a day, and the first after it. */
export const beginning = (day: string) => new Date(`${day}T00:00:00+08:00`).toISOString()
export const afterDay = (day: string) =>
  new Date(new Date(`${day}T00:00:00+08:00`).getTime() + DAY_MS).toISOString()
export const dayOf = (time: number) => new Date(time + 8 * 3_600_000).toISOString().slice(0, 10)
