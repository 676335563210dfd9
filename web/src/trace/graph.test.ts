import { describe, expect, it } from 'vitest'
import type { Trace } from '../api'
import { eventsOf, makersOf, picture } from './graph'

function trace(part: Partial<Trace>): Trace {
  return { roots: [], units: [], events: [], flows: [], parties: [], truncated: false, ...part }
}

const unit = (uri: string, lot = false) => ({
  uri,
  lot,
  depth: 0,
  certainty: 'CERTAIN' as const,
  unknownUpstream: false,
})
const flow = (from: string, to: string, more = {}) => ({
  from,
  to,
  via: ['1-1'],
  how: 'TRANSFORMATION',
  certainty: 'CERTAIN' as const,
  sameBatch: false,
  ...more,
})

describe('picture', () => {
  it('makes one station of items that share every flow', () => {
    const pigs = ['urn:yuanliu:eartag:1', 'urn:yuanliu:eartag:2', 'urn:yuanliu:eartag:3']
    const batch = 'urn:yuanliu:batch:6101020010000001'
    const drawn = picture(
      trace({
        roots: [batch],
        units: [...pigs.map((pig) => unit(pig)), unit(batch, true)],
        flows: pigs.map((pig) => flow(pig, batch)),
      }),
    )
    expect(drawn.nodes.map((node) => node.count)).toEqual([3, 1])
    expect(drawn.nodes[0]?.members).toEqual(pigs)
    expect(drawn.edges).toHaveLength(1)
  })

  it('bundles many receipts of one batch, but few stay apart', () => {
    const receipts = (count: number) => Array.from({ length: count }, (_, i) => `urn:yuanliu:trace:${i}`)
    const drawn = (count: number) =>
      picture(
        trace({
          units: [unit('urn:x:batch', true), ...receipts(count).map((uri) => unit(uri, true))],
          flows: receipts(count).map((uri) => flow('urn:x:batch', uri)),
        }),
      ).nodes.map((node) => node.count)
    expect(drawn(3)).toEqual([1, 1, 1, 1])
    expect(drawn(4)).toEqual([1, 4])
  })

  it('never bundles a root, nor items with other flows', () => {
    const drawn = picture(
      trace({
        roots: ['urn:x:a'],
        units: [
          unit('urn:x:a'),
          unit('urn:x:b'),
          unit('urn:x:c'),
          unit('urn:x:out', true),
          unit('urn:x:other', true),
        ],
        flows: [flow('urn:x:a', 'urn:x:out'), flow('urn:x:b', 'urn:x:out'), flow('urn:x:c', 'urn:x:other')],
      }),
    )
    expect(drawn.nodes.map((node) => node.id)).toEqual([
      'urn:x:a',
      'urn:x:b',
      'urn:x:c',
      'urn:x:out',
      'urn:x:other',
    ])
  })

  it('draws wider what is more, and dashes only what is possible throughout', () => {
    const drawn = picture(
      trace({
        units: [unit('urn:x:a', true), unit('urn:x:b', true), unit('urn:x:c', true)],
        flows: [
          flow('urn:x:a', 'urn:x:b', { quantity: 100, uom: 'KGM' }),
          flow('urn:x:b', 'urn:x:c', { quantity: 25, uom: 'KGM', certainty: 'POSSIBLE' }),
        ],
      }),
    )
    expect(drawn.edges.map((edge) => edge.label)).toEqual(['100 kg', '25 kg'])
    expect(drawn.edges[0]!.width).toBeGreaterThan(drawn.edges[1]!.width)
    expect(drawn.edges.map((edge) => edge.possible)).toEqual([false, true])
  })

  it('leaves out a change of hands within one lot', () => {
    const drawn = picture(
      trace({ units: [unit('urn:x:a', true)], flows: [flow('urn:x:a', 'urn:x:a', { how: 'CUSTODY' })] }),
    )
    expect(drawn.edges).toEqual([])
  })
})

describe('eventsOf', () => {
  const sold = {
    entry: '1-2',
    event: {
      type: 'TransformationEvent',
      eventTime: '2026-11-20T08:00:00Z',
      eventTimeZoneOffset: '+08:00',
      inputQuantityList: [{ epcClass: 'urn:x:a' }],
      outputQuantityList: [{ epcClass: 'urn:x:b' }],
    },
    reporter: 'urn:x:market',
    principal: 'urn:x:stall',
    recordTime: '2026-11-20T08:00:01Z',
    standing: 'DECLARED',
    certainty: 'CERTAIN' as const,
    shared: false,
    flags: [],
  }
  const sent = {
    ...sold,
    entry: '1-3',
    principal: 'urn:x:farm',
    event: {
      ...sold.event,
      eventTime: '2026-11-20T08:30:00+08:00',
      inputQuantityList: [],
      outputQuantityList: [],
    },
  }
  const told = trace({
    units: [unit('urn:x:a', true), unit('urn:x:b', true)],
    events: [sold, sent],
    flows: [
      flow('urn:x:a', 'urn:x:b', { via: ['1-2'] }),
      flow('urn:x:a', 'urn:x:a', { how: 'CUSTODY', via: ['1-3'] }),
    ],
  })

  it('tells, in the order of time, what names a unit and what its flows rest on', () => {
    expect(eventsOf(told, ['urn:x:a']).map((event) => event.entry)).toEqual(['1-3', '1-2'])
    expect(eventsOf(told, ['urn:x:b']).map((event) => event.entry)).toEqual(['1-2'])
    expect(eventsOf(told, ['urn:x:c'])).toEqual([])
  })

  it('knows who made a unit', () => {
    expect(makersOf(told).get('urn:x:b')).toBe('urn:x:stall')
    expect(makersOf(trace({})).size).toBe(0)
  })

  it('marks what is the same batch only', () => {
    const drawn = picture(
      trace({
        units: [unit('urn:x:pig'), unit('urn:x:b', true)],
        flows: [flow('urn:x:pig', 'urn:x:b', { sameBatch: true })],
      }),
    )
    expect(drawn.nodes.map((node) => node.sameBatch)).toEqual([false, true])
  })
})
