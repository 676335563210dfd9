import { expect, it } from 'vitest'
import { bytesText } from './bytes'

it('writes sizes in the unit that fits', () => {
  expect(bytesText(0, 'en')).toBe('0 B')
  expect(bytesText(999, 'en')).toBe('999 B')
  expect(bytesText(1000, 'en')).toBe('1 kB')
  expect(bytesText(1_234_567, 'zh-CN')).toBe('1.2 MB')
  expect(bytesText(345_600_000_000, 'en')).toBe('346 GB')
  expect(bytesText(5e18, 'en')).toBe('5,000 PB')
})
