import { describe, expect, it } from 'vitest'
import { eventMoment, grouped, plainCode, stepWord, unitsOf } from './words'

describe('words', () => {
  it('finds the word of a step however it is written', () => {
    expect(stepWord('shipping')).toBe('shipping')
    expect(stepWord('https://ref.gs1.org/cbv/BizStep-shipping')).toBe('shipping')
    expect(stepWord('urn:epcglobal:cbv:bizstep:shipping')).toBe('shipping')
    expect(stepWord('yl:BizStep-market_entry')).toBe('market_entry')
    expect(stepWord(undefined)).toBe('recorded')
  })

  it('writes codes as people know them', () => {
    expect(grouped('urn:yuanliu:trace:61010200010001000045')).toBe('6101 0200 0100 0100 0045')
    expect(plainCode('https://id.gs1.org/01/09521234543213/10/ABC%2F1')).toBe('(01)09521234543213(10)ABC/1')
    expect(grouped('urn:epc:id:sgtin:1.2.3')).toBe('urn:epc:id:sgtin:1.2.3')
  })

  it('names every unit once', () => {
    expect(
      unitsOf({
        type: 'TransformationEvent',
        eventTime: '2026-11-20T20:00:00Z',
        eventTimeZoneOffset: '+08:00',
        inputQuantityList: [{ epcClass: 'urn:x:a' }, { epcClass: 'urn:x:b' }],
        outputQuantityList: [{ epcClass: 'urn:x:a' }],
      }),
    ).toEqual(['urn:x:a', 'urn:x:b'])
  })

  it('tells the time at the place of the event', () => {
    const event = { type: 'ObjectEvent', eventTime: '2026-11-20T20:05:00Z', eventTimeZoneOffset: '+08:00' }
    expect(eventMoment(event, 'zh-CN')).toContain('21')
    expect(eventMoment(event, 'zh-CN')).toContain('04:05')
    expect(eventMoment({ ...event, eventTime: 'never' }, 'zh-CN')).toBe('never')
  })
})
