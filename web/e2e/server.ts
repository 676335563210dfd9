import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const JAR = join(ROOT, 'platform', 'target', 'yuanliu-platform-0.1.0-SNAPSHOT-server.jar')

/** Enough for every example of the demonstration, loaded in seconds. */
const SCALE = '0.05'

/** A first start unpacks PostgreSQL and loads the demonstration; a busy machine is slow at both. */
const START_MS = 300_000
const STOP_MS = 60_000
const POLL_MS = 500

/**
 * Starts the real server with its demonstration and stops exactly that process afterwards. With YUANLIU_URL and
 * YUANLIU_DATA (its data folder) the tests run against a server that is there already, which is left alone.
 */
export default async function start(): Promise<() => Promise<void>> {
  const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium'
  if (!existsSync(chromium)) {
    throw new Error(
      `Chromium is missing at ${chromium}: apt-get install chromium fonts-noto-cjk, or set CHROMIUM`,
    )
  }
  const url = process.env.YUANLIU_URL
  const data = process.env.YUANLIU_DATA
  if (url && data) {
    await ready(url, join(data, 'demo.json'), null, '')
    process.env.YUANLIU_DEMO = join(data, 'demo.json')
    return async () => {}
  }
  if (url || data) throw new Error('YUANLIU_URL and YUANLIU_DATA go together')
  return own()
}

async function own(): Promise<() => Promise<void>> {
  if (!existsSync(JAR)) throw new Error(`The server is not built: ${JAR} is missing. Run ./yuanliu build`)
  const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin', 'java') : 'java'
  const folder = mkdtempSync(join(tmpdir(), 'yuanliu-e2e-'))
  const port = await freePort()
  const log = join(folder, 'server.out')
  const out = openSync(log, 'w')
  const args = ['demo', '--port', String(port), '--data', join(folder, 'data'), '--scale', SCALE]
  const server = spawn(
    java,
    ['-Xmx512m', '--enable-native-access=ALL-UNNAMED', '-Dfile.encoding=UTF-8', '-jar', JAR, ...args],
    { stdio: ['ignore', out, out] },
  )
  const stop = async () => {
    await end(server)
    rmSync(folder, { recursive: true, force: true })
  }
  const url = `http://127.0.0.1:${port}`
  const demo = join(folder, 'data', 'demo.json')
  try {
    await ready(url, demo, server, log)
  } catch (error) {
    await stop()
    throw error
  }
  process.env.YUANLIU_URL = url
  process.env.YUANLIU_DEMO = demo
  return stop
}

/** Waits until the demonstration is whole and the server says that it is well. */
async function ready(url: string, demo: string, server: ChildProcess | null, log: string): Promise<void> {
  let failed: Error | null = null
  server?.once('error', (error) => (failed = error))
  const until = Date.now() + START_MS
  while (Date.now() < until) {
    if (failed) throw new Error(`The server did not start: ${String(failed)}`)
    if (server && server.exitCode !== null) {
      throw new Error(`The server ended with ${server.exitCode}:\n${readFileSync(log, 'utf8').slice(-4000)}`)
    }
    if (complete(demo) && (await well(url))) return
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
  const said = log === '' ? '' : `:\n${readFileSync(log, 'utf8').slice(-4000)}`
  throw new Error(`The server at ${url} was not ready after ${START_MS / 1000} s${said}`)
}

function complete(demo: string): boolean {
  try {
    const file = JSON.parse(readFileSync(demo, 'utf8')) as { broken?: unknown[] }
    return (file.broken?.length ?? 0) > 0
  } catch {
    return false
  }
}

async function well(url: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/actuator/health`)
    return answer.ok && ((await answer.json()) as { status: string }).status === 'UP'
  } catch {
    return false
  }
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null || server.pid === undefined) return
  const gone = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  server.kill('SIGTERM')
  const forced = setTimeout(() => server.kill('SIGKILL'), STOP_MS)
  await gone
  clearTimeout(forced)
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
}
