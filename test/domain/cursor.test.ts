import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { z } from 'zod'
import { decodeCursor, encodeCursor } from '#domain/cursor.ts'
import { InvalidCursor } from '#domain/errors.ts'

const KEY = 'a key of thirty-two characters or more'
const place = z.object({ shard: z.number(), after: z.string().nullable() })
const QUERY = { limit: 10, q: 'Ann' }
const PLACE = { shard: 3, after: 'b5' }
const CURSOR = encodeCursor(KEY, QUERY, PLACE)

const open = (cursor: string, query: unknown = QUERY, key = KEY) => decodeCursor(key, query, cursor, place)

describe('a cursor', () => {
  test('gives back the place that it was made of, in its query alone', () => {
    const places = fc.record({ shard: fc.nat(), after: fc.option(fc.string({ unit: 'binary' })) })
    const wellFormed = places.filter(({ after }) => after === null || after.isWellFormed())
    fc.assert(
      fc.property(wellFormed, fc.jsonValue(), fc.jsonValue(), (where, query, other) => {
        const cursor = encodeCursor(KEY, query, where)
        expect(open(cursor, query)).toEqual(where)
        expect(cursor).toMatch(/^[\w-]+$/)
        if (JSON.stringify(query) !== JSON.stringify(other) && !sameButForOrder(query, other))
          expect(() => open(cursor, other)).toThrow(InvalidCursor)
      }),
      { numRuns: 200 },
    )
  })

  test('contains no readable text of the place or the query', () => {
    const text = 'Lindqvist-Berg'
    const cursor = encodeCursor(KEY, { q: text }, { shard: 1, after: text })
    const readable = [cursor, Buffer.from(cursor, 'base64url').toString('latin1')]
    const hidden = [text, Buffer.from(text).toString('base64url'), Buffer.from(text).toString('hex')]
    expect(readable.filter(form => hidden.some(part => form.includes(part)))).toEqual([])
    expect(cursor).not.toBe(encodeCursor(KEY, { q: text }, { shard: 1, after: 'Lindqvist-Bird' }))
  })

  test("does not depend on the order of the query's members", () => {
    expect(open(CURSOR, { q: 'Ann', limit: 10 })).toEqual(PLACE)
  })

  test.each<[string, unknown, string]>([
    ['another query', { ...QUERY, q: 'Bob' }, KEY],
    ['a query with one member more', { ...QUERY, type: 'PERSON' }, KEY],
    ['another key', QUERY, `${KEY}.`],
  ])('of %s is refused', (_name, query, key) => {
    expect(() => open(CURSOR, query, key)).toThrow(InvalidCursor)
  })

  test('that was edited at any one character is refused', () => {
    const signs = fc.constantFrom(...'ABQgwz019-_.=+/ %\u0000é')
    fc.assert(
      fc.property(fc.nat(CURSOR.length - 1), signs, (n, sign) => {
        const edited = CURSOR.slice(0, n) + sign + CURSOR.slice(n + 1)
        if (edited !== CURSOR) expect(() => open(edited)).toThrow(InvalidCursor)
      }),
      { numRuns: 400 },
    )
  })

  test('that lacks its end, or its beginning, is refused', () => {
    for (let n = 0; n < CURSOR.length; n++) {
      expect(() => open(CURSOR.slice(0, n))).toThrow(InvalidCursor)
      if (n > 0) expect(() => open(CURSOR.slice(n))).toThrow(InvalidCursor)
    }
  })

  test.each([
    `${CURSOR}A`,
    `${CURSOR}=`,
    `${CURSOR}.`,
    `${CURSOR}.x`,
    ` ${CURSOR}`,
    `${CURSOR}\n`,
    `${CURSOR.slice(0, 8)}.${CURSOR.slice(8)}`,
    `${CURSOR.slice(0, 8)} ${CURSOR.slice(8)}`,
  ])('with something added, as in %j, is refused', cursor => {
    expect(() => open(cursor)).toThrow(InvalidCursor)
  })

  test("of which a part is another's is refused", () => {
    const other = encodeCursor(KEY, QUERY, { shard: 4, after: 'b5' })
    expect(other).toHaveLength(CURSOR.length)
    for (let n = 1; n < CURSOR.length; n++)
      if (CURSOR.slice(n) !== other.slice(n)) {
        expect(() => open(CURSOR.slice(0, n) + other.slice(n))).toThrow(InvalidCursor)
        expect(() => open(other.slice(0, n) + CURSOR.slice(n))).toThrow(InvalidCursor)
      }
  })

  test('that is anything else is refused, and nothing else is thrown', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), garbage => {
        expect(() => open(garbage)).toThrow(InvalidCursor)
      }),
      { numRuns: 200 },
    )
  })

  test('with a place of another shape is refused like any other', () => {
    expect(() => open(encodeCursor(KEY, QUERY, { somewhere: 'else' }))).toThrow(InvalidCursor)
  })
})

function sameButForOrder(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b || (a === 0 && b === 0)
  const [x, y] = [a as Record<string, unknown>, b as Record<string, unknown>]
  const names = Object.keys(x)
  return (
    Array.isArray(a) === Array.isArray(b) &&
    names.length === Object.keys(y).length &&
    names.every(name => Object.hasOwn(y, name) && sameButForOrder(x[name], y[name]))
  )
}
