import { beforeEach, expect, test } from '@jest/globals'
import { cutoff, putPolicy, readPolicy } from '#domain/retention/policy.ts'
import { callAt, timeAt } from '#test/in-memory/call.ts'
import { MemoryRecordStore } from '#test/in-memory/record-store.ts'

const DAY = 86_400

let records: MemoryRecordStore
beforeEach(() => {
  records = new MemoryRecordStore()
})

test('before the provider has said one, customers stay for ever, or as long as the registry was set up with', async () => {
  expect(await readPolicy(records, undefined)).toEqual({ days: null, types: {} })
  expect(await readPolicy(records, 90)).toEqual({ days: 90, types: {} })
})

test('is what was said last, as a whole, and every one before is still there', async () => {
  await putPolicy(records, callAt(0), { days: 365, types: { PERSON: 30, INSTITUTION: 3650 } })
  await putPolicy(records, callAt(1), { days: 400, types: { INSTITUTION: 3650 } })
  expect(await readPolicy(records, 90)).toEqual({ days: 400, types: { INSTITUTION: 3650 } })
  await putPolicy(records, callAt(2), { days: null, types: {} })
  expect(await readPolicy(records, 90)).toEqual({ days: null, types: {} })
  expect(records.here('policy', 'retention').map(v => v.snapshot)).toEqual([
    { days: 365, 'type.PERSON': 30, 'type.INSTITUTION': 3650 },
    { days: 400, 'type.INSTITUTION': 3650 },
    {},
  ])
})

test('said again makes no version, and one whose row was thrown away is made anew', async () => {
  await putPolicy(records, callAt(0), { days: 365, types: {} })
  await putPolicy(records, callAt(1), { days: 365, types: {} })
  expect(records.here('policy', 'retention')).toHaveLength(1)
  records.forget('policy', 'retention')
  expect(await readPolicy(records, undefined)).toEqual({ days: 365, types: {} })
})

test.each([
  ['the days of all', 'PERSON', { days: 2, types: {} }, timeAt(8 * DAY)],
  ['the days of the type', 'PERSON', { days: 2, types: { PERSON: 3 } }, timeAt(7 * DAY)],
  ['the days of the type alone', 'PERSON', { days: null, types: { PERSON: 3 } }, timeAt(7 * DAY)],
  ['never, for another type', 'INSTITUTION', { days: null, types: { PERSON: 3 } }, null],
])('who leaves was changed last before %s', (_, type, policy, before) => {
  expect(cutoff(policy, type, timeAt(10 * DAY), DAY)).toBe(before)
})

test('a hundred years before now, and more than there are', () => {
  expect(cutoff({ days: 36_525, types: {} }, 'PERSON', timeAt(0), DAY)).toBe('1970-01-01T00:00:00.000Z')
})
