import { expect, it } from 'vitest'
import { en } from './en'
import { zh } from './zh'

function keys(value: object, path = ''): string[] {
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'object' && inner !== null ? keys(inner as object, `${path}${key}.`) : [`${path}${key}`],
  )
}

it('says everything in both languages, with the same places for values', () => {
  expect(keys(en).sort()).toEqual(keys(zh).sort())
  const places = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort().join()
  const flat = (value: object): string[] =>
    Object.values(value).flatMap((inner) => (typeof inner === 'string' ? [inner] : flat(inner as object)))
  expect(flat(en).map(places).sort()).toEqual(flat(zh).map(places).sort())
})
