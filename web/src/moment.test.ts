import { describe, expect, it } from 'vitest'
import { day, moment, shortDay } from './moment'

describe('times as people write them', () => {
  it('has the hour after midnight as 00', () => {
    const midnight = '2026-11-20T16:05:00Z'
    expect(moment(midnight, 'zh-CN', 'Asia/Shanghai')).toBe('2026年11月21日 00:05')
    expect(moment(midnight, 'en', 'Asia/Shanghai')).toBe('21 Nov 2026 00:05')
  })

  it('writes days without a clock in between', () => {
    expect(day('2026-01-01', 'zh-CN')).toBe('2026年1月1日')
    expect(day('2026-01-01', 'en')).toBe('1 Jan 2026')
    expect(shortDay('2026-12-31', 'zh-CN')).toBe('12月31日')
    expect(shortDay('2026-12-31', 'en')).toBe('31 Dec')
  })

  it('leaves alone what is no time', () => {
    expect(moment('never', 'zh-CN')).toBe('never')
    expect(day('2026-13-01', 'en')).toBe('2026-13-01')
    expect(shortDay('', 'en')).toBe('')
  })
})
