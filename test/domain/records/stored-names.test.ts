import { expect, test } from '@jest/globals'
import { currentRow, toCurrent, toVersion, unpackCurrent, versionRow } from '#adapters/dynamodb/items.ts'
import { toChangeLogEntry } from '#domain/records/change-log-entry.ts'
import { append } from '#domain/records/current.ts'
import type { Version } from '#domain/records/version.ts'

const EARLIER = '2025-01-01T00:00:00.000Z'

const version: Version = {
  kind: 'customer',
  id: '3f2b8d1e-6c54-4a8e-9d0f-7b1c2a3d4e5f',
  valid_from: '2026-01-01T00:00:00.000Z',
  recorded_at: '2026-01-02T00:00:00.000Z',
  location: 'loc1',
  action: 'update',
  actor: 'ada',
  request_id: 'r1',
  sets: ['surname'],
  snapshot: { surname: 'Noether', state: 'active' },
  previousValues: { surname: 'Nöther' },
  predecessor: `${EARLIER}#${EARLIER}#loc1`,
  clock: { loc1: '2026-01-02T00:00:00.000Z' },
  previousLocal: EARLIER,
  source: 'crm',
  historySource: 'crm',
  sourceOverrides: { dob: null },
  statementDigest: 'digest-1',
  note: 'because',
  idempotency: 'key-1',
  salt: 'c2FsdA',
}

test('a version is stored under its short attribute names and read back', () => {
  const row = versionRow(version)
  expect(row).toMatchObject({ was: { surname: 'Nöther' }, prev: EARLIER, said: 'digest-1', history_of: 'crm' })
  expect(row).toHaveProperty('after')
  expect(row).toHaveProperty('stands')
  expect(toVersion(row)).toEqual(version)
})

test('a current row is stored under its short attribute names and read back, without its empty members', () => {
  const row = { ...append(null, version), pending: ['a#b#loc2'], divergedRange: { from: 'a', to: 'b' } }
  const stored = currentRow(row)
  expect(unpackCurrent(stored)).toMatchObject({ waiting: ['a#b#loc2'], forked: { from: 'a', to: 'b' } })
  expect(Object.keys(stored)).toEqual(expect.arrayContaining(['said', 'keys']))
  expect(stored).not.toHaveProperty('expired')
  expect(stored).not.toHaveProperty('disputes')
  expect(toCurrent(stored)).toEqual(row)
})

test('the digest of a version does not depend on the names in the code, so that seals of earlier releases stay valid', () => {
  expect(toChangeLogEntry(version).digest).toBe('1Ygz2QNxiTuWMiLeBal0WH')
})
