import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { z } from 'zod'
import { toFieldErrors } from '#contract/field-errors.ts'

/** Finds what a JSON Pointer in a URI fragment's form names, as RFC 6901 says, but without percent-encoding. */
function resolvePointer(pointer: string, value: unknown): unknown {
  return pointer
    .split('/')
    .slice(1)
    .map(token => token.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((node, name) => (node as Record<string, unknown>)[name], value)
}

test('a field error points to its member, whatever its name', () => {
  const names = fc.string({ minLength: 1, unit: fc.constantFrom('~', '/', '0', '1', 'a', '"', ' ', 'é') })
  fc.assert(
    fc.property(names, names, (outer, inner) => {
      const body = { [outer]: { [inner]: 'wrong' } }
      const result = z.record(z.string(), z.record(z.string(), z.number())).safeParse(body)
      const [fieldError] = result.success ? [] : toFieldErrors(result.error, '#')
      expect(resolvePointer(fieldError?.pointer ?? '', body)).toBe('wrong')
    }),
  )
})

test('every unknown member has its own error', () => {
  const result = z.strictObject({ a: z.strictObject({}) }).safeParse({ a: { 'x/y': 1, '~': 2 }, b: 3 })
  expect(result.success ? [] : toFieldErrors(result.error, '#')).toEqual([
    { pointer: '#/a/x~1y', detail: 'is unknown' },
    { pointer: '#/a/~0', detail: 'is unknown' },
    { pointer: '#/b', detail: 'is unknown' },
  ])
})

test.each([
  ['#', '#/items/1/name'],
  ['?', '?items.1.name'],
  ['{', '{items.1.name}'],
] as const)('a location in %s is written as %s', (place, pointer) => {
  const schema = z.object({ items: z.array(z.object({ name: z.string() })) })
  const result = schema.safeParse({ items: [{ name: 'a' }, { name: 1 }] })
  expect(result.success ? [] : toFieldErrors(result.error, place)).toEqual([{ pointer, detail: 'must be text' }])
})

test('an error of the whole body points to #', () => {
  const result = z.object({}).safeParse(null)
  expect(result.success ? [] : toFieldErrors(result.error, '#').map(({ pointer }) => pointer)).toEqual(['#'])
})

test.each<[z.ZodType, unknown, string]>([
  [z.string(), undefined, 'must be text'],
  [z.number(), '1', 'must be a number'],
  [z.boolean(), 'true', 'must be true or false'],
  [z.array(z.string()), {}, 'must be a list'],
  [z.strictObject({}), [], 'must be an object'],
  [z.enum(['a', 'b']), 'c', 'must be one of a, b'],
  [z.string().max(3), 'abcd', 'must be at most 3 characters'],
  [z.array(z.number()).max(1), [1, 2], 'must be at most 1 entry'],
  [z.array(z.number()).min(2), [1], 'must be at least 2 entries'],
  [z.string().min(1), '', 'must be at least 1 character'],
  [z.number().min(1), 0, 'must be at least 1'],
  [z.string().regex(/^a$/, 'is no a'), 'b', 'is no a'],
  [z.union([z.string().max(3), z.number()]), 'abcd', 'must be at most 3 characters'],
  [z.union([z.string(), z.number()]), [], 'must be text, or must be a number'],
  [z.record(z.string().regex(/^a$/, 'is no name'), z.number()), { b: 1 }, 'is no name'],
])('%# describes an error in words', (schema, value, detail) => {
  const result = schema.safeParse(value)
  expect(result.success ? [] : toFieldErrors(result.error, '#').map(fieldError => fieldError.detail)).toEqual([detail])
})
