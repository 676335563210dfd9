import { describe, expect, it } from 'vitest'
import { en } from './en'
import { zh } from './zh'

/** Every text with the path of its key. */
function texts(value: object, path = ''): [string, string][] {
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'object' && inner !== null
      ? texts(inner as object, `${path}${key}.`)
      : ([[`${path}${key}`, String(inner)]] as [string, string][]),
  )
}

const HAN = '\\p{Script=Han}'

function those(all: [string, string][], wrong: RegExp): string[] {
  return all.filter(([, text]) => wrong.test(text)).map(([key, text]) => `${key}: ${text}`)
}

describe('the words', () => {
  it('say everything in both languages, with the same places for values', () => {
    expect(
      texts(en)
        .map(([key]) => key)
        .sort(),
    ).toEqual(
      texts(zh)
        .map(([key]) => key)
        .sort(),
    )
    const places = ([, text]: [string, string]) => (text.match(/\{\w+\}/g) ?? []).sort().join()
    expect(texts(en).map(places).sort()).toEqual(texts(zh).map(places).sort())
  })

  it('have full-width punctuation between Chinese characters', () => {
    expect(those(texts(zh), new RegExp(`${HAN} ?[,;:?!()]|[,;:?!()] ?${HAN}`, 'u'))).toEqual([])
  })

  it('have a space between Chinese characters and digits or Latin letters', () => {
    expect(those(texts(zh), new RegExp(`${HAN}[A-Za-z0-9]|[A-Za-z0-9]${HAN}`, 'u'))).toEqual([])
  })

  it('are wholly English in English', () => {
    expect(those(texts(en), new RegExp(`${HAN}|[\\u3000-\\u303f\\uff00-\\uffef]`, 'u'))).toEqual([])
  })
})
