import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { RawNumber } from '#contract/schemas/purchase.ts'
import { readJson } from '#domain/json.ts'

const pointers = (text: string): string[] => {
  const result = readJson(text)
  return 'faults' in result ? result.faults.map(({ pointer }) => pointer).sort() : []
}

describe('a JSON text', () => {
  test('is read as its value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        const text = JSON.stringify(value)
        if (!text.includes('__proto__')) expect(readJson(text)).toEqual({ value: JSON.parse(text) })
      }),
    )
  })

  test.each(['', ' ', '{', '[1,]', "{'a':1}", 'undefined', 'NaN', '01', '"\u0000"', '\ufeff{}', '{}{}'])(
    'such as %j is refused',
    text => {
      expect(pointers(text)).toEqual(['#'])
    },
  )

  test.each([
    ['{"__proto__":1}', ['#/__proto__']],
    ['{"details":{"__proto__":{"a":1}}}', ['#/details/__proto__']],
    ['{"\\u005f_proto__":1}', ['#/__proto__']],
    ['[{"a/b":{"__proto__":1}},{"~":[{"__proto__":null}]}]', ['#/0/a~1b/__proto__', '#/1/~0/0/__proto__']],
    ['{"a":"__proto__","constructor":1,"prototype":2}', []],
  ])('%s has prototype members at %j', (text, expected) => {
    expect(pointers(text)).toEqual(expected)
  })

  test.each([
    ['{"a":1,"a":2}', ['#/a']],
    ['{"a":1,"\\u0061":2}', ['#/a']],
    ['{"details":{"x":1,"y":{"x":1},"x":2}}', ['#/details/x']],
    ['[{"a":1},{"a":1},{"b":[0,{"c":1,"c":1}]}]', ['#/2/b/1/c']],
    ['{"a":"\\"a\\":","b":"{\\"a\\":1,","c":["a","a"]}', []],
    ['{"a":{"a":{"a":1}},"b":[{"a":1},{"a":2}]}', []],
  ])('%s has repeated members at %j', (text, expected) => {
    expect(pointers(text)).toEqual(expected)
  })

  test('may be thousands of levels deep', () => {
    const deep = (inner: string) => `${'[{"a":'.repeat(2500)}${inner}${'}]'.repeat(2500)}`
    expect(pointers(deep('1'))).toEqual([])
    expect(pointers(deep('{"__proto__":1}'))).toHaveLength(1)
  })
})

describe('raw numbers', () => {
  const readWithRawNumbers = (text: string) => readJson(text, true)

  test.each(['0', '-0.00', '1e309', '19.990', '-1E-400', `0.1${'0'.repeat(400)}1`])('keep every digit of %s', text => {
    expect(readWithRawNumbers(text)).toEqual({ value: new RawNumber(text) })
    expect(readWithRawNumbers(`{"a":[${text}],"b":"${text}"}`)).toEqual({
      value: { a: [new RawNumber(text)], b: text },
    })
  })

  test('leave all other values unchanged', () => {
    const toNumbers = (value: unknown): unknown => {
      if (value instanceof RawNumber) return Number(value.text)
      if (Array.isArray(value)) return value.map(toNumbers)
      if (typeof value !== 'object' || value === null) return value
      return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, toNumbers(member)]))
    }
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        const text = JSON.stringify(value)
        if (!text.includes('__proto__')) expect(toNumbers(readWithRawNumbers(text))).toEqual(readJson(text))
      }),
    )
  })

  test('do not bypass any refusal', () => {
    expect(readWithRawNumbers('{"__proto__":1}')).toEqual({
      faults: [{ pointer: '#/__proto__', detail: 'is unknown' }],
    })
    expect(readWithRawNumbers('{"a":01}')).toEqual({ faults: [{ pointer: '#', detail: 'is not valid JSON' }] })
    expect(readWithRawNumbers('['.repeat(100_000) + ']'.repeat(100_000))).toHaveProperty('faults')
  })
})
