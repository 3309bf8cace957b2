import { expect, test } from '@jest/globals'
import { Refusals } from '#functions/refusals.ts'

const at = (minute: number, n = 0) => new Date(Date.UTC(2026, 5, 1, 12, minute, 0, n % 1000)).toISOString()

/** The counts of the rows that so many refusals of one minute leave. */
const rowsOf = (refusals: Refusals, minute: number, many: number): number[] =>
  Array.from({ length: many }, (_, n) => refusals.count(at(minute, n))).filter(count => count !== null)

test('the first of a minute leave a row each, the others ever fewer', () => {
  expect(rowsOf(new Refusals(), 0, 24)).toEqual([...Array(10).fill(1), 2, 4, 8])
})

test('a million in a minute leave no more than thirty rows', () => {
  expect(rowsOf(new Refusals(), 0, 1_000_000).length).toBeLessThan(30)
})

test('none is lost: what waits when a minute ends is told by the next row', () => {
  const refusals = new Refusals()
  const rows = [0, 1, 2].flatMap(minute => rowsOf(refusals, minute, 1000)).concat(rowsOf(refusals, 3, 1))
  expect(rows.reduce((all, one) => all + one, 0)).toBe(3001)
})
