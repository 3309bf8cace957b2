import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import * as z from 'zod'
import { createDecoder } from '#adapters/dynamodb/decoder.ts'
import { currentRow, toCurrent, toVersion, versionRow } from '#adapters/dynamodb/items.ts'
import { current } from '#domain/records/current.ts'
import { version } from '#domain/records/version.ts'

const schema = z.object({
  text: z.string(),
  count: z.number(),
  flag: z.boolean(),
  choice: z.enum(['a', 'b']),
  literal: z.literal('x'),
  either: z.union([z.literal('*'), z.array(z.string())]),
  nullable: z.string().nullable(),
  optional: z.object({ digest: z.string(), of: z.array(z.string()) }).optional(),
  values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  records: z.record(z.string(), z.object({ digest: z.string() })).default({}),
  pairs: z.array(z.tuple([z.string(), z.record(z.string(), z.string().nullable())])).default([]),
  short: z.string().max(3),
  date: z.iso.date(),
  id: z.string().transform(Number),
  coerced: z.coerce.string(),
})
const NAMES = { nullable: 'n', values: 'said', id: 'sk' }
const decode = createDecoder(schema, NAMES)

const name = fc.string({ unit: 'binary' })
const valid = fc.record(
  {
    text: fc.string({ unit: 'binary' }),
    count: fc.double({ noNaN: true, noDefaultInfinity: true }),
    flag: fc.boolean(),
    choice: fc.constantFrom('a', 'b'),
    literal: fc.constant('x'),
    either: fc.oneof(fc.constant('*'), fc.array(fc.string())),
    n: fc.option(fc.string()),
    optional: fc.record({ digest: fc.string(), of: fc.array(fc.string()) }),
    said: fc.dictionary(name, fc.oneof(fc.string(), fc.integer(), fc.boolean()), { noNullPrototype: true }),
    records: fc.dictionary(name, fc.record({ digest: fc.string() }, { noNullPrototype: true }), {
      noNullPrototype: true,
    }),
    pairs: fc.array(fc.tuple(fc.string(), fc.dictionary(name, fc.option(fc.string()), { noNullPrototype: true }))),
    short: fc.string({ maxLength: 3 }),
    date: fc.constant('2026-02-28'),
    sk: fc.integer().map(String),
    coerced: fc.string(),
    other: fc.anything(),
  },
  {
    requiredKeys: [
      'text',
      'count',
      'flag',
      'choice',
      'literal',
      'either',
      'n',
      'said',
      'short',
      'date',
      'sk',
      'coerced',
    ],
    noNullPrototype: true,
  },
)

/** The member of a value at some depth replaced. */
function damage(value: unknown, path: readonly number[], by: unknown): unknown {
  const [step, ...rest] = path
  if (typeof value !== 'object' || value === null || step === undefined) return by
  const entries = Object.entries(value)
  const [key, member] = entries[step % Math.max(1, entries.length)] ?? []
  if (key === undefined) return by
  const damaged = damage(member, rest, by)
  return Array.isArray(value) ? value.with(Number(key), damaged) : { ...value, [key]: damaged }
}

const rename = (row: unknown): unknown => {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) return row
  const { n, said, sk, ...rest } = row as Record<string, unknown>
  return {
    ...rest,
    ...('n' in row ? { nullable: n } : {}),
    ...('said' in row ? { values: said } : {}),
    ...('sk' in row ? { id: sk } : {}),
  }
}

const outcomeOf = (parse: () => unknown) => {
  try {
    return { value: parse() }
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error
    return { paths: error.issues.map(({ path, code }) => `${path.join('.')} ${code}`).sort() }
  }
}

test('a row is decoded as its schema decodes it', () => {
  fc.assert(
    fc.property(valid, row => {
      expect(decode(row)).toEqual(schema.parse(rename(row)))
    }),
  )
})

test('a damaged row is accepted or refused for the same reasons as by its schema', () => {
  const path = fc.array(fc.nat({ max: 20 }), { maxLength: 4 })
  fc.assert(
    fc.property(valid, path, fc.anything(), (row, path, by) => {
      const damaged = damage(row, path, by)
      expect(outcomeOf(() => decode(damaged))).toEqual(outcomeOf(() => schema.parse(rename(damaged))))
    }),
    { numRuns: 2000 },
  )
})

const AT = '2026-01-02T03:04:05.006Z'
const storedVersion = versionRow(
  version.parse({
    kind: 'customer',
    id: '0f8fad5b-d9cb-469f-a165-70867728950e',
    valid_from: AT,
    recorded_at: AT,
    location: 'loc1',
    action: 'update',
    actor: 'agent',
    request_id: 'r1',
    sets: ['surname'],
    snapshot: { surname: 'Önal' },
    previousValues: { surname: 'Ünal' },
    clock: { loc1: AT },
  }),
)
const storedRow = currentRow(
  current.parse({
    kind: 'customer',
    id: '0f8fad5b-d9cb-469f-a165-70867728950e',
    clock: { loc1: AT },
    head: `${AT}#${AT}#loc1`,
    snapshot: { surname: 'Önal' },
    divergedRange: null,
    pending: [],
    created_at: AT,
    updated_at: AT,
    sourceDigests: {},
    idempotencyKeys: {},
    identities: [],
    stateBeforeExpiry: null,
    purgedClock: {},
    disputes: [],
  }),
)

test.each([
  ['version', toVersion, storedVersion, 'snapshot', { surname: ['Önal'] }, /snapshot/],
  ['version', toVersion, storedVersion, 'was', 'Ünal', /previousValues/],
  ['version', toVersion, storedVersion, 'action', 'invent', /action/],
  ['version', toVersion, storedVersion, 'clock', { loc1: 5 }, /clock/],
  ['current row', toCurrent, storedRow, 'snapshot', { surname: { text: 'Önal' } }, /snapshot/],
  ['current row', toCurrent, storedRow, 'waiting', [1], /pending/],
  ['current row', toCurrent, storedRow, 'forked', { from: 'a' }, /divergedRange/],
  ['current row', toCurrent, storedRow, 'created_at', undefined, /created_at/],
])(
  'a %s that is damaged in one attribute is refused by its name (%#)',
  (_, decodeRow, row, attribute, value, message) => {
    expect(() => decodeRow(row)).not.toThrow()
    expect(() => decodeRow({ ...row, [attribute]: value })).toThrow(message)
  },
)
