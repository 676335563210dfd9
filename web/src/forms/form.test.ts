import { describe, expect, it } from 'vitest'
import type { EpcisEvent } from '../api'
import { judge } from './codes'
import {
  cards,
  check,
  emptyValues,
  localMoment,
  madeOrNamed,
  record,
  type FormElement,
  type LinkForm,
} from './form'
import { drop, keep, kept, use, used } from './kept'
import { begun, fromUpstream, lastOf, repeated, said, scannedCode } from './prefill'

function element(id: string, type: FormElement['type'], more: Partial<FormElement> = {}): FormElement {
  return {
    id,
    type,
    names: { zh: id, en: id },
    list: false,
    required: false,
    personal: false,
    secret: false,
    ...more,
  }
}

const CODE = element('supplier_code', 'unit', {
  required: true,
  quantity: 'weight',
  path: 'epcList | quantityList',
  schemes: [{ id: 'trace', zh: '追溯码', en: 'trace code' }],
})

const ENTRY: LinkForm = {
  industry: 'farm-products',
  version: 1,
  product: 'pork',
  productNames: { zh: '猪肉', en: 'Pork' },
  link: 'retail_entry',
  names: { zh: '零售进货', en: 'Arrival' },
  stage: 'trade',
  steps: ['https://yuanliu.org/ns/BizStep-market_entry'],
  procedure: [],
  checks: [],
  elements: [
    element('event_time', 'time', { required: true, path: 'eventTime' }),
    element('place', 'place', { required: true, path: 'bizLocation' }),
    CODE,
    element('weight', 'decimal', { required: true, unit: 'KGM', min: 0, path: 'quantity' }),
    element('goods_name', 'text', { max: 5, path: 'yl:productName' }),
    element('origin', 'text', { path: 'ilmd.yl:origin' }),
    element('seller', 'party', { path: 'sourceList[owning_party]' }),
    element('voucher', 'document', { path: 'bizTransactionList[yl:BTT-trade_voucher]' }),
    element('operator_name', 'text', { personal: true, path: 'yl:operator_name' }),
  ],
}

const SOLD = 'urn:yuanliu:trace:61010200100010000045'

const SALE: EpcisEvent = {
  type: 'TransformationEvent',
  eventTime: '2026-11-28T20:00:00Z',
  eventTimeZoneOffset: '+08:00',
  bizStep: 'yl:BizStep-selling',
  'yl:industry': 'farm-products',
  'yl:productName': '白条猪肉',
  ilmd: { 'yl:origin': '陕西高陵' },
  inputQuantityList: [{ epcClass: 'urn:yuanliu:batch:6101020010000001', quantity: 90, uom: 'KGM' }],
  outputQuantityList: [{ epcClass: SOLD, quantity: 23.5, uom: 'KGM' }],
  sourceList: [{ type: 'owning_party', source: 'urn:yuanliu:operator:6101020010001' }],
  bizTransactionList: [
    {
      type: 'https://yuanliu.org/ns/BTT-trade_voucher',
      bizTransaction: 'urn:yuanliu:document:trade_voucher:A%2F1',
    },
  ],
}

describe('a field', () => {
  it('tells what is wrong with it', () => {
    const weight = element('w', 'decimal', { min: 0, max: 100, required: true })
    expect(check(weight, '')).toEqual({ key: 'missing' })
    expect(check(weight, ' 12.5 ')).toBeNull()
    expect(check(weight, '0')).toBeNull()
    expect(check(weight, '100')).toBeNull()
    expect(check(weight, '-0.1')).toEqual({ key: 'tooSmall', given: { min: 0 } })
    expect(check(weight, '100.1')).toEqual({ key: 'tooLarge', given: { max: 100 } })
    expect(check(weight, '12,5')).toEqual({ key: 'notANumber' })
    expect(check(weight, '1e3')).toEqual({ key: 'notANumber' })
    expect(check(element('h', 'integer'), '2.5')).toEqual({ key: 'notWhole' })
    expect(check(element('h', 'integer'), '')).toBeNull()
  })

  it('knows days that there are', () => {
    expect(check(element('d', 'date'), '2026-02-28')).toBeNull()
    expect(check(element('d', 'date'), '2026-02-29')).toEqual({ key: 'notADate' })
    expect(check(element('t', 'time'), '2026-02-28T23:59')).toBeNull()
    expect(check(element('t', 'time'), '2026-02-28T23:59:59+08:00')).toBeNull()
    expect(check(element('t', 'time'), '2026-02-28T24:00')).toEqual({ key: 'notATime' })
  })

  it('counts characters as people do', () => {
    const name = element('n', 'text', { max: 2 })
    expect(check(name, '𠮷田')).toBeNull()
    expect(check(name, '三个字')).toEqual({ key: 'tooLong', given: { max: 2 } })
    expect(check(element('n', 'text'), 'x'.repeat(1000))).toBeNull()
    expect(check(element('n', 'text'), 'x'.repeat(1001))).toEqual({ key: 'tooLong', given: { max: 1000 } })
  })

  it('looks at each of several', () => {
    const units = element('u', 'unit', { list: true, quantity: 'each' })
    expect(check(units, [{ code: 'a', quantity: '' }])).toBeNull()
    expect(check(units, [{ code: 'a', quantity: '-1' }])).toEqual({ key: 'tooSmall', given: { min: 0 } })
    expect(check(element('r', 'readings'), [{ time: '2026-01-01T00:00', value: 'warm' }])).toEqual({
      key: 'notANumber',
    })
  })
})

describe('a record', () => {
  it('leaves out what is empty and rounds nothing', () => {
    const values = { ...emptyValues(ENTRY), supplier_code: ` ${SOLD} `, weight: '23.50', goods_name: '  ' }
    expect(record(ENTRY, values)).toEqual({ supplier_code: SOLD, weight: '23.50' })
    expect(madeOrNamed(ENTRY, values)).toEqual([SOLD])
  })

  it('gives each unit its own quantity', () => {
    const form = {
      ...ENTRY,
      elements: [element('u', 'unit', { list: true, quantity: 'each', unit: 'KGM' })],
    }
    expect(
      record(form, {
        u: [
          { code: 'a', quantity: '2' },
          { code: 'b', quantity: '' },
        ],
      }),
    ).toEqual({ u: [{ code: 'a', quantity: '2', uom: 'KGM' }, 'b'] })
  })

  it('holds the local moment', () => {
    expect(localMoment(new Date(2026, 0, 2, 3, 4, 5))).toBe('2026-01-02T03:04:05')
  })
})

describe('what need not be typed', () => {
  it('comes from the supplier’s record', () => {
    expect(fromUpstream(ENTRY, CODE, SOLD, [SALE])).toEqual({
      goods_name: '白条猪肉',
      origin: '陕西高陵',
      seller: 'urn:yuanliu:operator:6101020010001',
      voucher: 'A/1',
      weight: '23.5',
    })
    expect(fromUpstream(ENTRY, CODE, 'urn:yuanliu:trace:61010200100010000046', [SALE])).toEqual({})
  })

  it('is not the code, the paper, nor the time when one repeats', () => {
    const own: EpcisEvent = {
      ...SALE,
      type: 'ObjectEvent',
      bizStep: 'yl:BizStep-market_entry',
      bizLocation: { id: 'urn:yuanliu:node:610102001' },
      quantityList: [{ epcClass: SOLD, quantity: 20, uom: 'KGM' }],
    }
    expect(lastOf(ENTRY, [SALE, own], ['urn:yuanliu:node:610102001'])).toBe(own)
    expect(lastOf(ENTRY, [SALE, own], ['urn:yuanliu:node:610102009'])).toBeNull()
    const again = repeated(ENTRY, own)
    expect(again).toEqual({
      place: 'urn:yuanliu:node:610102001',
      weight: '20',
      goods_name: '白条猪肉',
      origin: '陕西高陵',
      seller: 'urn:yuanliu:operator:6101020010001',
    })
  })

  it('is what one is', () => {
    const sale = { ...ENTRY, steps: ['https://yuanliu.org/ns/BizStep-selling'] }
    expect(begun(sale, 'now', 'urn:me', ['urn:here'])).toEqual({
      event_time: 'now',
      place: 'urn:here',
      seller: 'urn:me',
    })
    expect(begun(ENTRY, 'now', 'urn:me', ['a', 'b'])).toEqual({ event_time: 'now' })
  })

  it('reads words of lists however they are written', () => {
    const conclusion = element('c', 'code', {
      path: 'yl:testResult.yl:conclusion',
      codes: [{ id: 'pass', zh: '合格', en: 'passed' }],
    })
    const event = { ...SALE, 'yl:testResult': { 'yl:conclusion': 'pass' } }
    expect(said(conclusion, event)).toBe('pass')
    expect(said(conclusion, SALE)).toBe('')
  })

  it('takes the code out of what is printed', () => {
    expect(scannedCode(' https://trace.example/t/61010200100010000045?x=1 ')).toBe('61010200100010000045')
    expect(scannedCode('https://id.gs1.org/01/09521234543213/10/A')).toBe(
      'https://id.gs1.org/01/09521234543213/10/A',
    )
  })
})

describe('a code', () => {
  const candidate = { scheme: 'trace', zh: '', en: '', level: 'lot', uri: SOLD, text: '61' }

  it('is what the element may take', () => {
    expect(judge(CODE, '61', { ambiguous: false, candidates: [candidate], reasons: [] }).state).toBe('good')
    const gtin = { ...candidate, scheme: 'gtin', level: 'product' }
    expect(judge(CODE, '61', { ambiguous: true, candidates: [gtin, candidate], reasons: [] }).state).toBe(
      'good',
    )
    expect(
      judge(CODE, '61', {
        ambiguous: false,
        candidates: [gtin],
        reasons: [{ code: 'x', scheme: 'trace', zh: '校验码不对', en: 'wrong' }],
      }),
    ).toEqual({ state: 'bad', reason: { code: 'x', scheme: 'trace', zh: '校验码不对', en: 'wrong' } })
    const any = element('u', 'unit')
    expect(judge(any, '61', { ambiguous: true, candidates: [gtin, candidate], reasons: [] }).state).toBe(
      'several',
    )
    expect(judge(any, 'urn:other:1', { ambiguous: false, candidates: [], reasons: [] }).state).toBe('unknown')
  })
})

describe('this device', () => {
  it('keeps a draft without what is personal', () => {
    keep('a', ENTRY, { values: { weight: '1', operator_name: '王小二', gone: 'x' }, sent: true })
    expect(kept('a', ENTRY)).toEqual({ values: { weight: '1' }, sent: true })
    expect(kept('b', ENTRY)).toBeNull()
    drop('a', ENTRY)
    expect(kept('a', ENTRY)).toBeNull()
  })

  it('knows the links used last', () => {
    for (let i = 0; i < 8; i++) use('a', { industry: 'i', link: `l${i}`, product: 'p' })
    use('a', { industry: 'i', link: 'l5', product: 'q' })
    expect(used('a').map((each) => each.link)).toEqual(['l5', 'l7', 'l6', 'l4', 'l3', 'l2'])
    expect(used('a')[0]?.product).toBe('q')
  })
})

it('joins the products of one link', () => {
  const summary = {
    industry: 'i',
    industryNames: { zh: '', en: '' },
    productNames: { zh: '', en: '' },
    names: { zh: '', en: '' },
    stage: 'trade',
    here: true,
  }
  const joined = cards([
    { ...summary, product: 'pork', link: 'entry' },
    { ...summary, product: 'pork', link: 'sale' },
    { ...summary, product: 'fruit', link: 'entry' },
  ])
  expect(joined.map((card) => [card.link, card.products.map((product) => product.id)])).toEqual([
    ['entry', ['pork', 'fruit']],
    ['sale', ['pork']],
  ])
})
