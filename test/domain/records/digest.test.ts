import { createHash } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { canonicalJson } from '#domain/canonical-json.ts'
import { digest, toEtag, uuidV5 } from '#domain/records/digest.ts'

const DNS = '6ba7b810-9dad-11d1-80b4-00c04fd430c8'

/** UUID version 5 (RFC 9562, 5.5) of a namespace and the bytes of a name. */
function referenceUuidV5(namespace: string, name: string): string {
  const bytes = [
    ...createHash('sha1')
      .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
      .update(name)
      .digest(),
  ]
  const hex = bytes
    .slice(0, 16)
    .map((byte, n) => (n === 6 ? (byte % 16) + 0x50 : n === 8 ? (byte % 64) + 0x80 : byte))
    .map(byte => byte.toString(16).padStart(2, '0'))
    .join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** Returns the same value with its members in reverse order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, inner]) => [name, reversed(inner)]),
  )
}

describe('canonical JSON', () => {
  test.each<[unknown, string]>([
    [{ b: 1, a: { d: [2, { f: 3, e: 4 }], c: null } }, '{"a":{"c":null,"d":[2,{"e":4,"f":3}]},"b":1}'],
    [[], '[]'],
    ['é"\n', '"é\\"\\n"'],
    [-0, '0'],
    [{ a: undefined, b: 1 }, '{"b":1}'],
    [JSON.parse('{"b":1,"__proto__":2}'), '{"__proto__":2,"b":1}'],
  ])('of %j is %s', (value, text) => {
    expect(canonicalJson(value)).toBe(text)
  })

  test('is equal for equal values, and parses back to the value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        expect(canonicalJson(reversed(value))).toBe(canonicalJson(value))
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
      { numRuns: 200 },
    )
  })
})

describe('a digest', () => {
  test('is the first sixteen base64url characters of a SHA-256', () => {
    expect(digest('abc')).toBe(createHash('sha256').update('"abc"').digest('base64url').slice(0, 16))
    fc.assert(fc.property(fc.jsonValue(), value => expect(digest(value)).toMatch(/^[\w-]{16}$/)))
  })

  test.each<[unknown, unknown]>([
    [['a', 'b'], ['ab']],
    [
      [['a'], 'b'],
      ['a', ['b']],
    ],
    [1, '1'],
    [null, 'null'],
    [{ a: null }, {}],
    [
      ['', 'a'],
      ['a', ''],
    ],
  ])('differs between %j and %j', (first, second) => {
    expect(digest(first)).not.toBe(digest(second))
  })

  test('of a clock is an entity tag, equal for equal clocks of one record', () => {
    expect(toEtag('x', { a: '1', b: '2' })).toBe(toEtag('x', { b: '2', a: '1' }))
    expect(toEtag('x', { a: '1' })).not.toBe(toEtag('y', { a: '1' }))
    expect(toEtag('x', { a: '1' })).not.toBe(toEtag('x', { a: '2' }))
    expect(toEtag('x', {})).toMatch(/^"[\x21\x23-\x7e]+"$/)
  })
})

describe('a UUID of names', () => {
  test('follows RFC 9562, with the JSON text of the list of names as its name', () => {
    expect(referenceUuidV5(DNS, 'www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2')
    expect(uuidV5(DNS, 'www.example.com')).toBe('7c41338d-8580-529e-8637-92dc1fd66330')
    expect(uuidV5(DNS, 'people', 'é"1')).toBe('f402ea81-6000-55a8-9ffc-30f2b3bc1e47')
    fc.assert(
      fc.property(fc.uuid(), fc.array(fc.string({ unit: 'grapheme' })), (namespace, names) => {
        expect(uuidV5(namespace, ...names)).toBe(referenceUuidV5(namespace, JSON.stringify(names)))
      }),
    )
  })

  test('differs when the same text is split elsewhere', () => {
    expect(uuidV5(DNS, 'a', 'bc')).not.toBe(uuidV5(DNS, 'ab', 'c'))
    expect(uuidV5(DNS, 'a","b')).not.toBe(uuidV5(DNS, 'a', 'b'))
    expect(uuidV5(DNS, 'a')).not.toBe(uuidV5(DNS, 'a', ''))
  })
})
