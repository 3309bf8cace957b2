import { beforeEach, expect, test } from '@jest/globals'
import { cutoff, putPolicy, readPolicy } from '#domain/retention/policy.ts'
import { contextAt, timeAt } from '#test/in-memory/context.ts'
import { MemoryRecordStore } from '#test/in-memory/record-store.ts'

const DAY = 86_400

let records: MemoryRecordStore
beforeEach(() => {
  records = new MemoryRecordStore()
})

test('before a policy is set, customers are kept forever, or for the configured default', async () => {
  expect(await readPolicy(records, undefined)).toEqual({ days: null, types: {} })
  expect(await readPolicy(records, 90)).toEqual({ days: 90, types: {} })
})

test('the policy is replaced as a whole, and earlier policies remain as versions', async () => {
  await putPolicy(records, contextAt(0), { days: 365, types: { PERSON: 30, INSTITUTION: 3650 } })
  await putPolicy(records, contextAt(1), { days: 400, types: { INSTITUTION: 3650 } })
  expect(await readPolicy(records, 90)).toEqual({ days: 400, types: { INSTITUTION: 3650 } })
  await putPolicy(records, contextAt(2), { days: null, types: {} })
  expect(await readPolicy(records, 90)).toEqual({ days: null, types: {} })
  expect(records.versionsOf('policy', 'retention').map(v => v.snapshot)).toEqual([
    { days: 365, 'type.PERSON': 30, 'type.INSTITUTION': 3650 },
    { days: 400, 'type.INSTITUTION': 3650 },
    {},
  ])
})

test('a type that stays for ever is distinct from one that follows the general period', async () => {
  await putPolicy(records, contextAt(0), { days: 365, types: { PERSON: null } })
  expect(await readPolicy(records, 90)).toEqual({ days: 365, types: { PERSON: null } })
  await putPolicy(records, contextAt(1), { days: 365, types: {} })
  expect(await readPolicy(records, 90)).toEqual({ days: 365, types: {} })
})

test('an unchanged policy makes no version, and a missing row is rebuilt', async () => {
  await putPolicy(records, contextAt(0), { days: 365, types: {} })
  await putPolicy(records, contextAt(1), { days: 365, types: {} })
  expect(records.versionsOf('policy', 'retention')).toHaveLength(1)
  records.deleteCurrent('policy', 'retention')
  expect(await readPolicy(records, undefined)).toEqual({ days: 365, types: {} })
})

test.each([
  ['the general period', 'PERSON', { days: 2, types: {} }, timeAt(8 * DAY)],
  ['the period of the type', 'PERSON', { days: 2, types: { PERSON: 3 } }, timeAt(7 * DAY)],
  ['only the period of the type', 'PERSON', { days: null, types: { PERSON: 3 } }, timeAt(7 * DAY)],
  ['never for a type that stays for ever', 'PERSON', { days: 2, types: { PERSON: null } }, null],
  ['never, when only another type has a period', 'INSTITUTION', { days: null, types: { PERSON: 3 } }, null],
])('the cutoff follows %s', (_, type, policy, before) => {
  expect(cutoff(policy, type, timeAt(10 * DAY), DAY)).toBe(before)
})

test('the cutoff of a hundred years is in the distant past', () => {
  expect(cutoff({ days: 36_525, types: {} }, 'PERSON', timeAt(0), DAY)).toBe('1970-01-01T00:00:00.000Z')
})
