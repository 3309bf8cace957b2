import { expect, test } from '@jest/globals'
import { resolveSurvivors } from '#domain/customers/merges.ts'
import type { CurrentRecord } from '#domain/records/current.ts'
import { ListedRecords } from '../../in-memory/listed-records.ts'

const toId = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

/** Records that count the reads of current rows. */
class CountingRecords extends ListedRecords {
  roundTrips = 0

  override async currents(...args: Parameters<ListedRecords['currents']>): Promise<CurrentRecord[]> {
    this.roundTrips++
    return super.currents(...args)
  }
}

/** The state of a customer, or the number of the customer it is merged into. */
type StateOrTarget = 'active' | 'deleted' | number

async function toRecords(
  states: Record<number, StateOrTarget>,
): Promise<{ records: CountingRecords; rows: CurrentRecord[] }> {
  const records = new CountingRecords()
  const rows: CurrentRecord[] = []
  for (const [n, state] of Object.entries(states)) {
    const fields = typeof state === 'number' ? { state: 'merged', merged_into: toId(state) } : { state: state }
    rows.push(await records.write(toId(Number(n)), { surname: `N${n}`, ...fields }))
  }
  records.roundTrips = 0
  return { records, rows }
}

const CASES: [
  title: string,
  states: Record<number, StateOrTarget>,
  survivors: Record<number, number>,
  roundTrips: number,
][] = [
  ['an unmerged customer survives as itself', { 1: 'active' }, { 1: 1 }, 0],
  ['a deleted customer has no survivor', { 1: 'deleted', 2: 'active' }, { 2: 2 }, 0],
  ['a merged customer survives as its target', { 1: 'active', 2: 1 }, { 1: 1, 2: 1 }, 0],
  ['a chain is followed to its end', { 1: 'active', 2: 1, 3: 2, 4: 3 }, { 1: 1, 2: 1, 3: 1, 4: 1 }, 0],
  ['a chain to a deleted customer has no survivor', { 1: 'deleted', 2: 1, 3: 2 }, {}, 0],
  ['a chain to an unknown customer has no survivor', { 2: 1, 3: 2, 5: 'active' }, { 5: 5 }, 1],
  ['a cycle, which should not exist, has no survivor', { 1: 2, 2: 1, 3: 3 }, {}, 0],
]

test.each(CASES)('%s', async (_, states, survivors, roundTrips) => {
  const { records, rows } = await toRecords(states)
  const survivorRows = await resolveSurvivors(records, rows)
  expect(Object.fromEntries([...survivorRows].map(([id, row]) => [id, row.id]))).toEqual(
    Object.fromEntries(Object.entries(survivors).map(([from, to]) => [toId(Number(from)), toId(to)])),
  )
  expect(records.roundTrips).toBe(roundTrips)
})

test('missing rows are read in one round trip per step of the chains', async () => {
  const { records, rows } = await toRecords({ 1: 'active', 2: 'active', 3: 1, 4: 2, 5: 3, 6: 4 })
  const survivorRows = await resolveSurvivors(records, rows.slice(4))
  expect([...survivorRows].map(([id, row]) => [id, row.id])).toEqual([
    [toId(5), toId(1)],
    [toId(6), toId(2)],
  ])
  expect(records.roundTrips).toBe(2)
})

test('a chain of ten merges is followed, and a longer one is not', async () => {
  const chain: Record<number, StateOrTarget> = { 1: 'active' }
  for (let n = 2; n <= 12; n++) chain[n] = n - 1
  const { records, rows } = await toRecords(chain)
  expect((await resolveSurvivors(records, rows.slice(10, 11))).get(toId(11))?.id).toBe(toId(1))
  expect(await resolveSurvivors(records, rows.slice(11))).toEqual(new Map())
})

test('no rows are read when none are given', async () => {
  const { records } = await toRecords({ 1: 'active' })
  expect(await resolveSurvivors(records, [])).toEqual(new Map())
  expect(records.roundTrips).toBe(0)
})
