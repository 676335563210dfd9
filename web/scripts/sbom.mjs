// Writes down what the built web is made of (CycloneDX), to be packed with the server.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')).packages

// "npm sbom --omit dev" leaves out what both sides need, Vue itself: so what the dependencies lead to
// is walked here, as Node finds it, the nearest folder first.
const found = new Set()
function walk(from, names) {
  for (const name of Object.keys(names ?? {})) {
    let folder = from
    let path = `${folder}/node_modules/${name}`
    while (folder && !lock[path]) {
      folder = folder.slice(0, folder.lastIndexOf('/node_modules/'))
      path = `${folder}/node_modules/${name}`
    }
    const key = path.replace(/^\//, '')
    if (lock[key] && !found.has(key)) {
      found.add(key)
      walk(`/${key}`, lock[key].dependencies)
    }
  }
}
walk('', lock[''].dependencies)
const wanted = new Set(
  [...found].map((key) => `${key.slice(key.lastIndexOf('node_modules/') + 13)}@${lock[key].version}`),
)

const asked = ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application']
const bom = JSON.parse(execFileSync('npm', asked, { encoding: 'utf8', maxBuffer: 1 << 26 }))
const isWanted = (ref) => wanted.has(ref)
const refs = new Set(bom.components.map((part) => part['bom-ref']).filter(isWanted))
bom.components = bom.components.filter((part) => refs.has(part['bom-ref']))
bom.dependencies = bom.dependencies
  .filter((one) => refs.has(one.ref) || one.ref === bom.metadata.component['bom-ref'])
  .map((one) => ({ ref: one.ref, dependsOn: one.dependsOn.filter((ref) => refs.has(ref)) }))
// The same commit gives the same file.
delete bom.serialNumber
delete bom.metadata.timestamp
mkdirSync('sbom', { recursive: true })
writeFileSync('sbom/web.cdx.json', JSON.stringify(bom, null, 2) + '\n')
