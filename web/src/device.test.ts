import { expect, it } from 'vitest'
import { deviceName } from './device'

it('calls a device as its owner does', () => {
  const names = [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Safari/537.36 Edg/131.0',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.54',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15',
    'Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0',
    'curl/8.5.0',
    '',
  ].map((agent) => deviceName(agent, '微信'))
  expect(names).toEqual([
    'Edge · Windows',
    '微信 · iOS',
    'Safari · macOS',
    'Firefox · Linux',
    'curl/8.5.0',
    '',
  ])
})
