import type { Page } from '@playwright/test'
import { expect } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'

/** What the demonstration wrote for scripts (demo.json). */
export interface Demo {
  apiKey: string
  accounts: {
    name: string
    password: string | null
    party: string
    partyName: string
    role: string
    apiKey: string
  }[]
  traceCodes: Record<string, string>
  broken: { code: string; kind: string; verdict: string }[]
}

export const demo: Demo = JSON.parse(readFileSync(required('YUANLIU_DEMO'), 'utf8')) as Demo
export const base = required('YUANLIU_URL').replace(/\/$/, '')

export const PHONE = { width: 390, height: 844 }
export const DESKTOP = { width: 1280, height: 900 }

export function account(name: string) {
  const found = demo.accounts.find((candidate) => candidate.name === name)
  if (!found) throw new Error(`demo.json has no account ${name}`)
  return found
}

export function code(name: string): string {
  const found = demo.traceCodes[name]
  if (!found) throw new Error(`demo.json has no trace code ${name}`)
  return found
}

/** The address of a code's public page. */
export function pageOf(anyCode: string, language?: 'en'): string {
  const path = anyCode.startsWith('https://id.gs1.org/') ? new URL(anyCode).pathname : `/t/${anyCode}`
  return `${base}${path}${language ? `?lang=${language}` : ''}`
}

export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  body: string
}

/** A plain request, without a browser; from another loopback address where one is given. */
export function get(url: string, from?: string, headers: Record<string, string> = {}): Promise<Answer> {
  return send('GET', url, headers, undefined, from)
}

/** A request with an account's key. */
export function asked(path: string, key: string, body?: unknown): Promise<Answer> {
  const headers: Record<string, string> = { Authorization: `Bearer ${key}`, Accept: 'application/json' }
  if (body !== undefined) headers['Content-Type'] = 'application/json'
  return send(
    body === undefined ? 'GET' : 'POST',
    base + path,
    headers,
    body === undefined ? undefined : JSON.stringify(body),
  )
}

function send(
  method: string,
  url: string,
  headers: Record<string, string>,
  body?: string,
  from?: string,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      url,
      { method, headers: { 'Accept-Language': 'zh-CN', ...headers }, localAddress: from },
      (incoming) => {
        const chunks: Buffer[] = []
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
        incoming.on('end', () =>
          resolve({
            status: incoming.statusCode ?? 0,
            headers: incoming.headers,
            body: Buffer.concat(chunks).toString('utf8'),
          }),
        )
      },
    )
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

export async function signIn(page: Page, name: string): Promise<void> {
  await page.goto(`${base}/desk/`)
  await page.getByLabel('账号').fill(name)
  await page.getByLabel('口令').fill(account(name).password ?? '')
  await page.getByRole('button', { name: '登录' }).click()
  await expect(page.getByRole('heading', { name: '最近的记录' })).toBeVisible()
}

/**
 * A thing that the demonstration has no example of: an event about it, reported by the platform itself. Sent again
 * it is the same event, so the tests can run twice against one server.
 */
export async function report(id: string, unit: { epc: string } | { lot: string }): Promise<void> {
  const answer = await asked('/epcis/events', demo.apiKey, {
    '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
    type: 'ObjectEvent',
    eventID: id,
    eventTime: '2026-11-20T08:00:00.000+08:00',
    eventTimeZoneOffset: '+08:00',
    action: 'OBSERVE',
    bizStep: 'inspecting',
    ...('epc' in unit
      ? { epcList: [unit.epc] }
      : { quantityList: [{ epcClass: unit.lot, quantity: 12, uom: 'KGM' }] }),
  })
  expect([200, 201], answer.body).toContain(answer.status)
}

function required(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set: the tests begin with e2e/server.ts`)
  return value
}
