/** Bytes and their written forms. What has several forms in base64 or hexadecimal is refused. */

export class NotWellFormed extends Error {}

export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

export function concat(...parts: Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

export function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i])
}

export function toBase64(bytes: Uint8Array): string {
  let binary = ''
  bytes.forEach((byte) => (binary += String.fromCharCode(byte)))
  return btoa(binary)
}

export function fromBase64(text: string): Uint8Array {
  let binary
  try {
    binary = atob(text)
  } catch {
    throw new NotWellFormed('not base64')
  }
  const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0))
  if (toBase64(bytes) !== text) throw new NotWellFormed('base64 that is not canonical')
  return bytes
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

export function fromHex(text: string): Uint8Array {
  if (!/^(?:[0-9a-f]{2})*$/.test(text)) throw new NotWellFormed('not hexadecimal')
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16))
}

/** An unsigned number, big-endian. */
export function number(value: bigint | number, bytes: number): Uint8Array {
  const out = new Uint8Array(bytes)
  let rest = BigInt(value)
  for (let i = bytes - 1; i >= 0; i--) {
    out[i] = Number(rest & 0xffn)
    rest >>= 8n
  }
  return out
}

/** 0 to 2^63-1 in decimal, without leading zeroes. */
export function decimal(text: string): bigint {
  if (!/^(?:0|[1-9][0-9]{0,18})$/.test(text)) throw new NotWellFormed('not a number in decimal')
  const value = BigInt(text)
  if (value >= 1n << 63n) throw new NotWellFormed('a number over 2^63-1')
  return value
}
