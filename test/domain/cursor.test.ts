import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { z } from 'zod'
import { decodeCursor, encodeCursor } from '#domain/cursor.ts'
import { InvalidCursor } from '#domain/errors.ts'

const KEY = 'a key of thirty-two characters or more'
const positionSchema = z.object({ shard: z.number(), after: z.string().nullable() })
const QUERY = { limit: 10, q: 'Ann' }
const POSITION = { shard: 3, after: 'b5' }
const CURSOR = encodeCursor(KEY, QUERY, POSITION)

const decode = (cursor: string, query: unknown = QUERY, key = KEY) => decodeCursor(key, query, cursor, positionSchema)

describe('a cursor', () => {
  test('decodes to its position, only together with its query', () => {
    const positions = fc.record({ shard: fc.nat(), after: fc.option(fc.string({ unit: 'binary' })) })
    const wellFormed = positions.filter(({ after }) => after === null || after.isWellFormed())
    fc.assert(
      fc.property(wellFormed, fc.jsonValue(), fc.jsonValue(), (position, query, otherQuery) => {
        const cursor = encodeCursor(KEY, query, position)
        expect(decode(cursor, query)).toEqual(position)
        expect(cursor).toMatch(/^[\w-]+$/)
        if (JSON.stringify(query) !== JSON.stringify(otherQuery) && !equalsIgnoringOrder(query, otherQuery))
          expect(() => decode(cursor, otherQuery)).toThrow(InvalidCursor)
      }),
      { numRuns: 200 },
    )
  })

  test('contains no readable text of the position or the query', () => {
    const text = 'Lindqvist-Berg'
    const cursor = encodeCursor(KEY, { q: text }, { shard: 1, after: text })
    const forms = [cursor, Buffer.from(cursor, 'base64url').toString('latin1')]
    const encodings = [text, Buffer.from(text).toString('base64url'), Buffer.from(text).toString('hex')]
    expect(forms.filter(form => encodings.some(part => form.includes(part)))).toEqual([])
    expect(cursor).not.toBe(encodeCursor(KEY, { q: text }, { shard: 1, after: 'Lindqvist-Bird' }))
  })

  test("does not depend on the order of the query's members", () => {
    expect(decode(CURSOR, { q: 'Ann', limit: 10 })).toEqual(POSITION)
  })

  test.each<[string, unknown, string]>([
    ['another query', { ...QUERY, q: 'Bob' }, KEY],
    ['a query with an additional member', { ...QUERY, type: 'PERSON' }, KEY],
    ['another key', QUERY, `${KEY}.`],
  ])('is refused with %s', (_name, query, key) => {
    expect(() => decode(CURSOR, query, key)).toThrow(InvalidCursor)
  })

  test('with any one character changed is refused', () => {
    const characters = fc.constantFrom(...'ABQgwz019-_.=+/ %\u0000é')
    fc.assert(
      fc.property(fc.nat(CURSOR.length - 1), characters, (n, character) => {
        const edited = CURSOR.slice(0, n) + character + CURSOR.slice(n + 1)
        if (edited !== CURSOR) expect(() => decode(edited)).toThrow(InvalidCursor)
      }),
      { numRuns: 400 },
    )
  })

  test('without its end or its beginning is refused', () => {
    for (let n = 0; n < CURSOR.length; n++) {
      expect(() => decode(CURSOR.slice(0, n))).toThrow(InvalidCursor)
      if (n > 0) expect(() => decode(CURSOR.slice(n))).toThrow(InvalidCursor)
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
  ])('with added text, as in %j, is refused', cursor => {
    expect(() => decode(cursor)).toThrow(InvalidCursor)
  })

  test('combined from two cursors is refused', () => {
    const otherCursor = encodeCursor(KEY, QUERY, { shard: 4, after: 'b5' })
    expect(otherCursor).toHaveLength(CURSOR.length)
    for (let n = 1; n < CURSOR.length; n++)
      if (CURSOR.slice(n) !== otherCursor.slice(n)) {
        expect(() => decode(CURSOR.slice(0, n) + otherCursor.slice(n))).toThrow(InvalidCursor)
        expect(() => decode(otherCursor.slice(0, n) + CURSOR.slice(n))).toThrow(InvalidCursor)
      }
  })

  test('of any other text is refused with InvalidCursor', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        expect(() => decode(text)).toThrow(InvalidCursor)
      }),
      { numRuns: 200 },
    )
  })

  test('with a position of another shape is refused', () => {
    expect(() => decode(encodeCursor(KEY, QUERY, { somewhere: 'else' }))).toThrow(InvalidCursor)
  })
})

function equalsIgnoringOrder(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b || (a === 0 && b === 0)
  const [x, y] = [a as Record<string, unknown>, b as Record<string, unknown>]
  const names = Object.keys(x)
  return (
    Array.isArray(a) === Array.isArray(b) &&
    names.length === Object.keys(y).length &&
    names.every(name => Object.hasOwn(y, name) && equalsIgnoringOrder(x[name], y[name]))
  )
}
