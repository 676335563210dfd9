import type { Trace, TraceEvent, TraceUnit } from '../api'
import { grouped, unitsOf } from '../words'

/** A trace as a picture: units are stations, flows the lines between them. Pure, so that it can be tested. */
export interface PictureNode {
  id: string
  /** The code, and how many there are. */
  label: string
  /** Who made it: canonical URI; empty where no event says. */
  maker: string
  root: boolean
  possible: boolean
  unknownUpstream: boolean
  /** It has the same batch in it, not surely the very item that was asked for. */
  sameBatch: boolean
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

/** Fewer lots than this stay apart: they can be read one by one. */
const LOTS_BUNDLED = 4

/**
 * Units that have the very same flows (forty pigs of one lorry, a hundred receipts cut from one batch) become one
 * station: nobody reads a hundred. A root is never bundled.
 */
export function picture(trace: Trace): Picture {
  const roots = new Set(trace.roots)
  const signature = new Map<string, string[]>()
  for (const flow of trace.flows) {
    push(signature, flow.from, `>${flow.to} ${flow.how}`)
    push(signature, flow.to, `<${flow.from} ${flow.how}`)
  }
  const alike = new Map<string, TraceUnit[]>()
  for (const unit of trace.units) {
    const flows = (signature.get(unit.uri) ?? [unit.uri]).sort().join('\n')
    push(
      alike,
      roots.has(unit.uri) ? unit.uri : `${unit.lot}|${flows}|${unit.certainty}|${unit.unknownUpstream}`,
      unit,
    )
  }
  const bundles = [...alike.values()].flatMap((units) =>
    units[0]?.lot && units.length < LOTS_BUNDLED ? units.map((unit) => [unit]) : [units],
  )
  const makers = makersOf(trace)
  const sameBatch = new Set(trace.flows.filter((flow) => flow.sameBatch).map((flow) => flow.to))
  const nodeOf = new Map<string, string>()
  const nodes: PictureNode[] = []
  for (const members of bundles) {
    const first = members[0]
    if (!first) continue
    for (const member of members) nodeOf.set(member.uri, first.uri)
    nodes.push({
      id: first.uri,
      label: members.length > 1 ? `${grouped(first.uri)} … ×${members.length}` : grouped(first.uri),
      maker: makers.get(first.uri) ?? '',
      root: roots.has(first.uri),
      possible: first.certainty === 'POSSIBLE',
      unknownUpstream: first.unknownUpstream,
      sameBatch: sameBatch.has(first.uri),
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

/**
 * The events of these units in the order of time: those that name one, and those that a flow from or to one rests
 * on (an event may name it in another written form, or its container instead).
 */
export function eventsOf(trace: Trace, members: string[]): TraceEvent[] {
  const wanted = new Set(members)
  const entries = new Set<string>()
  for (const flow of trace.flows) {
    if (wanted.has(flow.from) || wanted.has(flow.to)) flow.via.forEach((entry) => entries.add(entry))
  }
  return trace.events
    .filter((event) => entries.has(event.entry) || unitsOf(event.event).some((unit) => wanted.has(unit)))
    .sort((a, b) => Date.parse(a.event.eventTime) - Date.parse(b.event.eventTime))
}

/** Who brought a unit into being, else who first had to do with it. */
export function makersOf(trace: Trace): Map<string, string> {
  const makers = new Map<string, string>()
  const inTime = [...trace.events].sort(
    (a, b) => Date.parse(a.event.eventTime) - Date.parse(b.event.eventTime),
  )
  for (const { event, principal } of inTime) {
    const made = [...(event.outputEPCList ?? []), ...(event.outputQuantityList ?? []).map((q) => q.epcClass)]
    for (const unit of made) makers.set(unit, principal)
  }
  for (const { event, principal } of inTime) {
    for (const unit of unitsOf(event)) if (!makers.has(unit)) makers.set(unit, principal)
  }
  return makers
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
