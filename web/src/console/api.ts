import { send } from '../api'

/** The addresses of administration. */

export interface Account {
  id: string
  name: string
  party: string
  kind: 'ENTERPRISE' | 'REGULATOR' | 'OPERATOR'
  divisionPrefix: string
  permissions: string[]
  disabled: boolean
  password: boolean
  secondFactor: boolean
  locked: boolean
}

export interface Key {
  id: string
  label: string
  prefix: string
  permissions: string[]
  createdAt: string
  expiresAt: string | null
  revokedAt: string | null
  lastUsedAt: string | null
}

export interface Device {
  id: string
  agent: string
  address: string
  since: string
  lastSeen: string | null
  here: boolean
}

export interface AuditEntry {
  id: number
  entry: {
    at: string
    account: string | null
    party: string | null
    role: string
    address: string
    method: string
    route: string
    object: string | null
    status: number
    outcome: string
  }
}

export interface AuditAlert {
  kind: string
  first: string
  last: string
  who: string
  what: string | null
  count: number
}

export interface Mandate {
  mandate: {
    id: string
    reporter: string
    principal: string
    bizSteps: string[]
    period: { from: string; to: string | null }
    evidence: string | null
  }
  revokedFrom: string | null
  /** The side that has not accepted it yet. */
  waitsFor: 'REPORTER' | 'PRINCIPAL' | null
}

export interface StorageReport {
  entries: number
  databaseBytes: number
  tables: { name: string; bytes: number }[]
  days: { day: string; entries: number }[]
  disk: { total: number; free: number; reserve: number } | null
  forecast: { entriesADay: number; bytesAnEntry: number; bytesADay: number; daysLeft: number | null }
}

export interface Health {
  status: string
  components?: Record<string, { status: string; details?: Record<string, unknown> }>
}

/** What works in the background: in its kind's unit, about so much in all (0: not known). */
export interface Task {
  kind: 'BACKUP' | 'RETENTION'
  state: 'RUNNING' | 'DONE' | 'FAILED' | 'CUT_OFF'
  startedAt: string
  endedAt: string | null
  done: number
  total: number
  failure: string | null
}

export interface BackgroundJobs {
  tasks: Task[]
  waiting: { name: string; waiting: number; events: number }[]
}

export interface Setting {
  name: string
  effect: string
  effectZh: string | null
  value: string
  changed: boolean
  from: string
}

export interface Policy {
  rule: string
  who: string
  relation: string
  sight: string
  personal: string
}

export interface AuditKeeping {
  days: number
  least: number
  oldest: string | null
  records: number
  removed: number
}

const ACCOUNTS = '/api/v1/accounts'
const SESSION = '/api/v1/session'
const id = encodeURIComponent

export const admin = {
  accounts: (after: string) =>
    send<{ accounts: Account[]; next: string | null }>('GET', `${ACCOUNTS}?limit=50&after=${id(after)}`),
  create: (account: object) => send<{ id: string }>('POST', ACCOUNTS, account),
  disable: (account: string) => send<void>('DELETE', `${ACCOUNTS}/${id(account)}`),
  unlock: (account: string) => send<void>('POST', `${ACCOUNTS}/${id(account)}/unlock`),
  endSessions: (account: string) => send<void>('DELETE', `${ACCOUNTS}/${id(account)}/sessions`),
  resetFactor: (account: string) => send<void>('DELETE', `${ACCOUNTS}/${id(account)}/second-factor`),
  permit: (account: string, permissions: string[], reason: string) =>
    send<void>('PUT', `${ACCOUNTS}/${id(account)}/permissions`, { permissions, reason }),
  keys: (account: string) => send<{ keys: Key[] }>('GET', `${ACCOUNTS}/${id(account)}/keys`),
  createKey: (account: string, label: string, permissions: string[]) =>
    send<{ key: string }>('POST', `${ACCOUNTS}/${id(account)}/keys`, { label, permissions }),
  rotateKey: (key: string) => send<{ key: string }>('POST', `${ACCOUNTS}/keys/${id(key)}/rotation`, {}),
  revokeKey: (key: string) => send<void>('DELETE', `${ACCOUNTS}/keys/${id(key)}`),
  audit: (object: string, before: number | null) => {
    const query = new URLSearchParams({ limit: '50' })
    if (object) query.set('object', object)
    if (before !== null) query.set('before', String(before))
    return send<{ entries: AuditEntry[]; next: number | null }>('GET', `/api/v1/audit?${query}`)
  },
  alerts: () => send<{ alerts: AuditAlert[] }>('GET', '/api/v1/audit/alerts'),
  check: () =>
    send<{ size: number; wrong: number | null; treeAgrees: boolean }>('GET', '/api/v1/audit/check'),
  mandates: () => send<{ mandates: Mandate[] }>('GET', '/api/v1/mandates?limit=100'),
  grant: (mandate: object) => send<{ id: string }>('POST', '/api/v1/mandates', mandate),
  acceptMandate: (mandate: string) => send<void>('POST', `/api/v1/mandates/${id(mandate)}/acceptance`),
  endMandate: (mandate: string) => send<void>('DELETE', `/api/v1/mandates/${id(mandate)}`),
  health: () => send<Health>('GET', '/actuator/health'),
  storage: () => send<StorageReport>('GET', '/api/v1/operations/storage'),
  jobs: () => send<BackgroundJobs>('GET', '/api/v1/operations/jobs'),
  settings: () => send<{ settings: Setting[] }>('GET', '/api/v1/operations/settings'),
  policy: () => send<{ rules: Policy[] }>('GET', '/api/v1/disclosure'),
  keeping: () => send<AuditKeeping>('GET', '/api/v1/audit/keeping'),
}

export const own = {
  changePassword: (current: string, password: string) =>
    send<void>('PUT', `${SESSION}/password`, { current, password }),
  factor: () => send<{ inForce: boolean; recoveryCodesLeft: number }>('GET', `${SESSION}/second-factor`),
  begin: (password: string) =>
    send<{ secret: string; uri: string; qr: string }>('POST', `${SESSION}/second-factor`, { password }),
  confirm: (code: string) => send<{ recoveryCodes: string[] }>('PUT', `${SESSION}/second-factor`, { code }),
  remove: (password: string) => send<void>('POST', `${SESSION}/second-factor/removal`, { password }),
  devices: () => send<{ devices: Device[] }>('GET', `${SESSION}/devices`),
  end: (device: string) => send<void>('DELETE', `${SESSION}/devices/${id(device)}`),
}

/** What went wrong, in the words of the server. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
