import { expect, test } from '@jest/globals'
import { resolveSurvivors } from '#domain/customers/merges.ts'
import type { CurrentRecord } from '#domain/records/current.ts'
import { ListedRecords } from '../../in-memory/listed-records.ts'

const toId = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

/** Records that count how often they are asked for rows. */
class Counting extends ListedRecords {
  roundTrips = 0

  override async currents(...args: Parameters<ListedRecords['currents']>): Promise<CurrentRecord[]> {
    this.roundTrips++
    return super.currents(...args)
  }
}

/** What a customer is: listed, off the list, merged into another, or not there. */
type Said = 'active' | 'deleted' | number

async function toRecords(said: Record<number, Said>): Promise<{ records: Counting; rows: CurrentRecord[] }> {
  const records = new Counting()
  const rows: CurrentRecord[] = []
  for (const [n, one] of Object.entries(said)) {
    const fields = typeof one === 'number' ? { state: 'merged', merged_into: toId(one) } : { state: one }
    rows.push(await records.write(toId(Number(n)), { surname: `N${n}`, ...fields }))
  }
  records.roundTrips = 0
  return { records, rows }
}

const CASES: [what: string, said: Record<number, Said>, living: Record<number, number>, asked: number][] = [
  ['one who stands alone lives on in their own row', { 1: 'active' }, { 1: 1 }, 0],
  ['one off the list does not live on', { 1: 'deleted', 2: 'active' }, { 2: 2 }, 0],
  ['a merged one lives on in the other', { 1: 'active', 2: 1 }, { 1: 1, 2: 1 }, 0],
  ['a chain is followed to its end', { 1: 'active', 2: 1, 3: 2, 4: 3 }, { 1: 1, 2: 1, 3: 1, 4: 1 }, 0],
  ['a chain to one off the list ends nowhere', { 1: 'deleted', 2: 1, 3: 2 }, {}, 0],
  ['a chain to nobody ends nowhere', { 2: 1, 3: 2, 5: 'active' }, { 5: 5 }, 1],
  ['a circle, which cannot be, ends nowhere', { 1: 2, 2: 1, 3: 3 }, {}, 0],
]

test.each(CASES)('%s', async (_, said, living, asked) => {
  const { records, rows } = await toRecords(said)
  const found = await resolveSurvivors(records, rows)
  expect(Object.fromEntries([...found].map(([id, row]) => [id, row.id]))).toEqual(
    Object.fromEntries(Object.entries(living).map(([from, to]) => [toId(Number(from)), toId(to)])),
  )
  expect(records.roundTrips).toBe(asked)
})

test('of rows that are not given one round trip a step is made, for all at once', async () => {
  const { records, rows } = await toRecords({ 1: 'active', 2: 'active', 3: 1, 4: 2, 5: 3, 6: 4 })
  const found = await resolveSurvivors(records, rows.slice(4))
  expect([...found].map(([id, row]) => [id, row.id])).toEqual([
    [toId(5), toId(1)],
    [toId(6), toId(2)],
  ])
  expect(records.roundTrips).toBe(2)
})

test('a chain of ten mergers is followed, a longer one is given up', async () => {
  const chain: Record<number, Said> = { 1: 'active' }
  for (let n = 2; n <= 12; n++) chain[n] = n - 1
  const { records, rows } = await toRecords(chain)
  expect((await resolveSurvivors(records, rows.slice(10, 11))).get(toId(11))?.id).toBe(toId(1))
  expect(await resolveSurvivors(records, rows.slice(11))).toEqual(new Map())
})

test('nobody is asked for where there is nobody', async () => {
  const { records } = await toRecords({ 1: 'active' })
  expect(await resolveSurvivors(records, [])).toEqual(new Map())
  expect(records.roundTrips).toBe(0)
})
