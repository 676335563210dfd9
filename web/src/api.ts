/** The server's HTTP API as the desk uses it. Every refusal is a problem (RFC 9457). */
import type { LinkForm, OwnLinks } from './forms/form'

export interface Problem {
  type: string
  title: string
  status: number
  detail?: string
  /** Of an ambiguous code (300): each pointer is a canonical URI to ask for instead, the detail its name. */
  errors?: { type: string; pointer?: string; detail: string }[]
}

export class ProblemError extends Error {
  constructor(
    readonly status: number,
    readonly problem: Problem,
  ) {
    super(problem.detail ?? problem.title)
  }
}

export interface Session {
  name: string
  party: string
  viewer: 'consumer' | 'enterprise' | 'regulator' | 'operator'
  divisionPrefix: string
  industries: string[]
  permissions: string[]
  /** What has to be done before anything else may be: CHANGE_PASSWORD, ENROL_SECOND_FACTOR. */
  owed: string[]
  secondFactor: boolean
  csrf: { header: string; token: string } | null
}

/** An EPCIS event as JSON-LD; only what the desk reads is named. */
export interface EpcisEvent {
  type: string
  eventTime: string
  eventTimeZoneOffset: string
  eventID?: string
  action?: string
  bizStep?: string
  bizLocation?: { id: string }
  readPoint?: { id: string }
  epcList?: string[]
  parentID?: string
  childEPCs?: string[]
  inputEPCList?: string[]
  outputEPCList?: string[]
  quantityList?: QuantityElement[]
  childQuantityList?: QuantityElement[]
  inputQuantityList?: QuantityElement[]
  outputQuantityList?: QuantityElement[]
  bizTransactionList?: { type?: string; bizTransaction: string }[]
  [extension: string]: unknown
}

export interface QuantityElement {
  epcClass: string
  quantity?: number
  uom?: string
}

export interface TraceUnit {
  uri: string
  lot: boolean
  depth: number
  certainty: 'CERTAIN' | 'POSSIBLE'
  unknownUpstream: boolean
}

export interface TraceEvent {
  /** Journal and position, as in 1-42; flows name it in their via. */
  entry: string
  event: EpcisEvent
  reporter: string
  principal: string
  recordTime: string
  standing: string
  certainty: 'CERTAIN' | 'POSSIBLE'
  shared: boolean
  flags: string[]
}

export interface TraceFlow {
  from: string
  to: string
  via: string[]
  how: string
  certainty: 'CERTAIN' | 'POSSIBLE'
  sameBatch: boolean
  quantity?: number | null
  uom?: string | null
}

export interface Trace {
  roots: string[]
  units: TraceUnit[]
  events: TraceEvent[]
  flows: TraceFlow[]
  parties: { uri: string; events: string[] }[]
  truncated: boolean
  next?: string | null
}

export interface Party {
  id: string
  names: { name: string; nameEn?: string | null }[]
}

export interface Place {
  id: string
  name: string
  nameEn?: string | null
}

/** One thing that a text may be; uri is null for what has none. */
export interface Candidate {
  scheme: string
  zh: string
  en: string
  level: string
  uri: string | null
  text: string
}

export interface Resolved {
  ambiguous: boolean
  candidates: Candidate[]
  reasons: { code: string; scheme: string | null; zh: string; en: string }[]
}

/** A range of numbers that one may draw codes from. */
export interface CodeRange {
  id: string
  scheme: string
  stem: string
  remaining: number
}

/** What a form's entry came to. */
export interface Entered {
  captureID: string
  events: { eventID: string; position: number; recordTime: string; duplicate: boolean }[]
}

/** What the catalogue makes mandatory for one's firm, and from when. */
export interface CatalogueNotice {
  industry: string
  product: string
  names: { zh: string; en: string }
  mandatoryFrom: string
  inForce: boolean
  reason: string
  links: { id: string; zh: string; en: string }[]
}

export interface Provider {
  id: string
  name: string
}

export type AlertState = 'open' | 'cleared'

/** What a check of a pack found. */
export interface Alert {
  id: string
  state: AlertState
  industry: string
  check: string
  severity: 'refuse' | 'alert' | 'warn'
  message: { zh: string; en: string }
  /** Law and clause; empty where the pack decided. */
  source: string
  eventTime: string
  /** Who answers for the record. */
  principal: string
  units: string[]
  /** What it was counted by: a unit, a document, a party; empty for the event as a whole. */
  key: string
  raisedAt: string
  clearedAt: string | null
}

export interface AlertPage {
  alerts: Alert[]
  next: string | null
  /** How many entries the checks have not judged yet. */
  behind: number
}

export interface PackSummary {
  pack: string
  names: { zh: string; en: string }
}

let csrf: Session['csrf'] = null

/** For the parts of the desk that have addresses of their own. */
export async function send<T>(method: string, path: string, body?: unknown): Promise<T> {
  const headers: Record<string, string> = {
    Accept: 'application/json, application/problem+json',
    'Accept-Language': document.documentElement.lang || 'zh-CN',
  }
  if (body !== undefined) headers['Content-Type'] = 'application/json'
  if (method !== 'GET' && csrf) headers[csrf.header] = csrf.token
  const response = await fetch(path, {
    method,
    headers,
    credentials: 'same-origin',
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  if (response.status === 204) return undefined as T
  const text = await response.text()
  let parsed: unknown
  try {
    parsed = text === '' ? undefined : JSON.parse(text)
  } catch {
    parsed = undefined
  }
  if (!response.ok) {
    const problem = parsed as Problem | undefined
    throw new ProblemError(
      response.status,
      problem?.title
        ? problem
        : { type: 'about:blank', title: `HTTP ${response.status}`, status: response.status },
    )
  }
  return parsed as T
}

const segment = encodeURIComponent

async function session(method: string, body?: unknown): Promise<Session> {
  const answer = await send<Session>(method, '/api/v1/session', body)
  csrf = answer.csrf
  return answer
}

export const api = {
  whoAmI: () => session('GET'),
  signIn: (name: string, password: string, code?: string) => session('POST', { name, password, code }),
  /** The second factor alone, after a provider has vouched for the rest. */
  secondFactor: (code: string) => session('POST', { code }),
  /** Providers that one may sign in with. */
  providers: async () => (await send<{ providers: Provider[] }>('GET', '/api/v1/session/oidc')).providers,
  /** Where the browser has to go so that a provider's session ends too, if one vouched for this one. */
  async signOut(): Promise<string | null> {
    const answer = await send<{ next: string } | undefined>('DELETE', '/api/v1/session')
    csrf = null
    return answer?.next ?? null
  },
  async latestEvents(perPage: number): Promise<EpcisEvent[]> {
    const answer = await send<{ epcisBody: { queryResults: { resultsBody: { eventList: EpcisEvent[] } } } }>(
      'GET',
      `/epcis/events?perPage=${perPage}&orderBy=recordTime&orderDirection=DESC`,
    )
    return answer.epcisBody.queryResults.resultsBody.eventList
  },
  alerts(state: AlertState, industry: string, next: string | null): Promise<AlertPage> {
    const query = new URLSearchParams({ state })
    if (industry) query.set('industry', industry)
    if (next) query.set('next', next)
    return send('GET', `/api/v1/alerts?${query}`)
  },
  /** One of each industry, whichever versions there are. */
  async packs(): Promise<PackSummary[]> {
    const { packs } = await send<{ packs: PackSummary[] }>('GET', '/api/v1/packs')
    return [...new Map(packs.map((pack) => [pack.pack, pack])).values()]
  },
  /** Plain words for business steps, by URI. */
  async steps(): Promise<Record<string, { zh: string; en: string }>> {
    return (await send<{ steps: Record<string, { zh: string; en: string }> }>('GET', '/api/v1/steps')).steps
  },
  trace(code: string, direction: string, next?: string | null): Promise<Trace> {
    const query = new URLSearchParams({ code, direction })
    if (next) query.set('next', next)
    return send<Trace>('GET', `/api/v1/trace?${query}`)
  },
  /** The newest records of one step, own and counterparties'. */
  async latestOf(step: string, perPage: number): Promise<EpcisEvent[]> {
    const query = new URLSearchParams({
      EQ_bizStep: step,
      perPage: String(perPage),
      orderBy: 'eventTime',
      orderDirection: 'DESC',
    })
    const answer = await send<{ epcisBody: { queryResults: { resultsBody: { eventList: EpcisEvent[] } } } }>(
      'GET',
      `/epcis/events?${query}`,
    )
    return answer.epcisBody.queryResults.resultsBody.eventList
  },
  notices: async (): Promise<CatalogueNotice[]> =>
    (await send<{ notices: CatalogueNotice[] }>('GET', '/api/v1/catalogue/notices')).notices,
  ownLinks: (): Promise<OwnLinks> => send('GET', '/api/v1/links?mine=true'),
  linkForm: (industry: string, link: string, product: string): Promise<LinkForm> =>
    send('GET', `/api/v1/links/${segment(industry)}/${segment(link)}?${new URLSearchParams({ product })}`),
  enter: (
    industry: string,
    link: string,
    product: string,
    record: Record<string, unknown>,
  ): Promise<Entered> =>
    send(
      'POST',
      `/api/v1/links/${segment(industry)}/${segment(link)}?${new URLSearchParams({ product })}`,
      record,
    ),
  /** In the body, where no address and no log keeps it: it may be a person's number. */
  resolve: (text: string): Promise<Resolved> => send('POST', '/api/v1/codes/resolve', { text }),
  async ranges(): Promise<CodeRange[]> {
    return (await send<{ ranges: CodeRange[] }>('GET', '/api/v1/codes/ranges')).ranges
  },
  async draw(range: string): Promise<string> {
    const drawn = await send<{ codes: { text: string }[] }>(
      'POST',
      `/api/v1/codes/ranges/${segment(range)}/draw`,
      {
        count: 1,
      },
    )
    return drawn.codes[0]?.text ?? ''
  },
  party: (code: string): Promise<Party> => send('GET', `/api/v1/parties?${new URLSearchParams({ code })}`),
  place: (id: string): Promise<Place> => send('GET', `/api/v1/places?${new URLSearchParams({ id })}`),
}
