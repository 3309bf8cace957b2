import { describe, expect, test } from '@jest/globals'
import {
  currentRow,
  indexKey,
  toCurrent,
  toIndexed,
  toShard,
  toVersion,
  unpackCurrent,
  versionRow,
} from '#adapters/dynamodb/items.ts'
import { type CurrentRecord, current } from '#domain/records/current.ts'
import { toKey, version } from '#domain/records/version.ts'

const AT = '2024-05-06T07:08:09.010Z'
const ID = '0f8fad5b-d9cb-469f-a165-70867728950e'

const minimal = version.parse({
  kind: 'customer',
  id: ID,
  valid_from: '2020-01-01T00:00:00.000Z',
  recorded_at: AT,
  location: 'loc1',
  action: 'create',
  actor: 'agent',
  request_id: 'r1',
  sets: '*',
  snapshot: { surname: 'Ünal', state: 'active', type: 'PERSON' },
  previousValues: {},
  clock: { loc1: AT },
})
const complete = version.parse({
  ...minimal,
  action: 'update',
  sets: ['surname', 'details.height_cm', 'details.resident'],
  snapshot: { ...minimal.snapshot, 'details.height_cm': 171.5, 'details.resident': false },
  previousValues: { surname: 'Önal' },
  predecessor: toKey(minimal),
  clock: { loc1: AT, loc2: AT, 'loc-3': AT },
  previousLocal: AT,
  source: 'people',
  statementDigest: 'abc',
  idempotency: 'def',
})
const row: CurrentRecord = current.parse({
  kind: 'customer',
  id: ID,
  clock: { loc1: AT },
  head: toKey(minimal),
  snapshot: { ...minimal.snapshot, given_name: 'Ayşe', document_number: 'TR 1-2' },
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
})

test.each([
  ['with only required members', minimal],
  ['with all members', complete],
  ['of a field', { ...minimal, kind: 'field' as const, id: 'shoe_size' }],
  ['with a separator in its id', { ...minimal, kind: 'field' as const, id: 'a#b' }],
])('a version %s survives being stored', (_, storedVersion) => {
  expect(toVersion(versionRow(storedVersion))).toEqual(storedVersion)
})

test('a stored version does not repeat what is in its key', () => {
  const { pk, sk, ...rest } = versionRow(complete)
  expect({ pk, sk }).toEqual({ pk: `customer#${ID}`, sk: `v#${toKey(complete)}` })
  for (const name of ['id', 'kind', 'valid_from', 'recorded_at', 'location']) expect(rest).not.toHaveProperty(name)
})

test.each([
  ['with only required members', row],
  [
    'with all members',
    {
      ...row,
      divergedRange: { from: 'a', to: 'b' },
      pending: ['c'],
      disputes: [{ field: 'surname', kept: 'b', lost: 'a' }],
      sourceDigests: { people: { digest: 'd', version: 'e' } },
      idempotencyKeys: { k: { digest: 'f', version: 'g', at: '2026-01-01T00:00:00.000Z' } },
      identities: [
        { at: `${AT}#loc1`, who: ['Önal', null, null, null] },
        { at: `${AT}#loc2`, who: ['Önal', 'Ayşe', '1990', 'TR 1-2'] },
      ],
      stateBeforeExpiry: 'active',
      purgedClock: { loc2: AT },
    },
  ],
])('a current row %s survives being stored', (_, row) => {
  expect(toCurrent(currentRow(row))).toEqual(row)
})

describe('the members of a current row that are objects are', () => {
  const stored = currentRow(row)

  test('stored as texts, but for those that conditions of writes compare', () => {
    expect(stored.snapshot).toBe(JSON.stringify(row.snapshot))
    expect(stored.clock).toEqual(row.clock)
  })

  test('read as well if they are stored as maps, as by earlier releases', () => {
    const earlier = unpackCurrent(stored)
    expect(earlier).toMatchObject({ snapshot: row.snapshot })
    expect(toCurrent(earlier)).toEqual(row)
    expect(toIndexed(earlier)).toEqual(toIndexed(stored))
  })

  test.each(['{"surname"', '["list"]', 'text'])('refused by name if what is stored is %s', snapshot => {
    expect(() => toCurrent({ ...stored, snapshot })).toThrow(/snapshot/)
  })
})

test('an item of another kind is refused', () => {
  expect(() => toVersion({ pk: 'nothing#1', sk: 'v#a#b#c' })).toThrow()
  expect(() => toVersion({ pk: `customer#${ID}`, sk: 'purged' })).toThrow()
  expect(() => toCurrent({ pk: 'customers#1', sk: ID })).toThrow()
})

describe('a current row is', () => {
  const inIndexes = (snapshot: CurrentRecord['snapshot']) => {
    const { activity_pk, activity_sk, name_key, document_key } = currentRow({ ...row, snapshot })
    return {
      activity: activity_pk !== undefined && activity_sk !== undefined,
      name: name_key !== undefined,
      document: document_key !== undefined,
    }
  }

  test.each([
    ['in every index', row.snapshot, { activity: true, name: true, document: true }],
    [
      'not in the index of a field that it lacks',
      { state: 'active', type: 'PERSON', document_number: 'X 1' },
      { activity: true, name: false, document: true },
    ],
    [
      'not in the index of an empty document number',
      { state: 'active', type: 'PERSON', surname: 'A', document_number: '--' },
      { activity: true, name: true, document: false },
    ],
    [
      'in every index when it was merged into another',
      { ...row.snapshot, state: 'merged', merged_into: ID },
      { activity: true, name: true, document: true },
    ],
    [
      'only in the activity index when it is deleted',
      { ...row.snapshot, state: 'deleted' },
      { activity: true, name: false, document: false },
    ],
  ])('%s', (_, snapshot, expected) => {
    expect(inIndexes(snapshot)).toEqual(expected)
  })

  test('in no index when it is a field definition', () => {
    const stored = currentRow({ ...row, kind: 'field', id: 'shoe_size' })
    for (const name of ['activity_pk', 'name_key', 'document_key']) expect(stored).not.toHaveProperty(name)
  })
})

test("an index key never exceeds DynamoDB's limit", () => {
  const longText = 'ß'.repeat(3000)
  expect(indexKey('short')).toBe('short')
  expect(Buffer.byteLength(indexKey(longText))).toBeLessThanOrEqual(2048)
  expect(Buffer.byteLength(indexKey('𠮷'.repeat(250)))).toBeLessThanOrEqual(2048)
  expect(indexKey(longText)).not.toBe(indexKey(`${longText}x`))
})

test('customers are distributed over all shards by id', () => {
  const shards = Array.from({ length: 256 }, (_, n) => toShard(`${ID.slice(0, -2)}${n.toString(16).padStart(2, '0')}`))
  expect(new Set(shards)).toEqual(new Set([0, 1, 2, 3, 4, 5, 6, 7]))
})
