import type { Trace, TraceUnit } from '../api'
import { grouped } from '../words'

/** A trace as a picture: units are stations, flows the lines between them. Pure, so that it can be tested. */
export interface PictureNode {
  id: string
  label: string
  root: boolean
  possible: boolean
  unknownUpstream: boolean
  /** For a bundle of items that share every flow: how many there are. */
  count: number
  members: string[]
}

export interface PictureEdge {
  id: string
  source: string
  target: string
  label: string
  possible: boolean
  sameBatch: boolean
  width: number
}

export interface Picture {
  nodes: PictureNode[]
  edges: PictureEdge[]
}

const THINNEST = 1.5
const WIDEST = 10

/**
 * Items that have the very same flows (forty pigs of one lorry) become one station: nobody reads forty.
 * A root is never bundled.
 */
export function picture(trace: Trace): Picture {
  const roots = new Set(trace.roots)
  const signature = new Map<string, string[]>()
  for (const flow of trace.flows) {
    push(signature, flow.from, `>${flow.to} ${flow.how}`)
    push(signature, flow.to, `<${flow.from} ${flow.how}`)
  }
  const bundles = new Map<string, TraceUnit[]>()
  for (const unit of trace.units) {
    const key =
      roots.has(unit.uri) || unit.lot
        ? unit.uri
        : `${(signature.get(unit.uri) ?? [unit.uri]).sort().join('\n')}|${unit.certainty}|${unit.unknownUpstream}`
    push(bundles, key, unit)
  }
  const nodeOf = new Map<string, string>()
  const nodes: PictureNode[] = []
  for (const members of bundles.values()) {
    const first = members[0]
    if (!first) continue
    for (const member of members) nodeOf.set(member.uri, first.uri)
    nodes.push({
      id: first.uri,
      label: members.length > 1 ? `${grouped(first.uri)} … ×${members.length}` : grouped(first.uri),
      root: roots.has(first.uri),
      possible: first.certainty === 'POSSIBLE',
      unknownUpstream: first.unknownUpstream,
      count: members.length,
      members: members.map((member) => member.uri),
    })
  }
  const edges = new Map<string, PictureEdge & { quantity: number; uom: string }>()
  for (const flow of trace.flows) {
    const source = nodeOf.get(flow.from)
    const target = nodeOf.get(flow.to)
    // Custody moves a lot from hand to hand: the same station, told in its events.
    if (!source || !target || source === target) continue
    const id = `${source} → ${target}`
    const quantity = typeof flow.quantity === 'number' ? flow.quantity : 0
    const known = edges.get(id)
    if (known) {
      known.possible &&= flow.certainty === 'POSSIBLE'
      known.quantity += quantity
    } else {
      edges.set(id, {
        id,
        source,
        target,
        label: '',
        possible: flow.certainty === 'POSSIBLE',
        sameBatch: flow.sameBatch,
        width: THINNEST,
        quantity,
        uom: flow.uom ?? '',
      })
    }
  }
  const most = Math.max(0, ...[...edges.values()].map((edge) => edge.quantity))
  return {
    nodes,
    edges: [...edges.values()].map(({ quantity, uom, ...edge }) => ({
      ...edge,
      label: quantity > 0 ? `${round(quantity)} ${unitWord(uom)}`.trim() : '',
      width: most > 0 ? THINNEST + (WIDEST - THINNEST) * Math.sqrt(quantity / most) : THINNEST,
    })),
  }
}

/** The events that name one of these units, in the order of time. */
export function eventsOf(
  trace: Trace,
  members: string[],
  unitsOf: (event: Trace['events'][number]) => string[],
) {
  const wanted = new Set(members)
  return trace.events
    .filter((event) => unitsOf(event).some((unit) => wanted.has(unit)))
    .sort((a, b) => a.event.eventTime.localeCompare(b.event.eventTime))
}

function unitWord(uom: string): string {
  return uom === 'KGM' ? 'kg' : uom
}

function round(quantity: number): string {
  return String(Math.round(quantity * 1000) / 1000)
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V) {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}
