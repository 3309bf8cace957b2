import { expect, test } from '@jest/globals'
import { RefusalSampler } from '#functions/http/refusal-sampler.ts'

const timestampAt = (minute: number, n = 0) => new Date(Date.UTC(2026, 5, 1, 12, minute, 0, n % 1000)).toISOString()

/** The counts of the rows that so many refusals of one minute leave. */
const sampleMany = (sampler: RefusalSampler, minute: number, count: number): number[] =>
  Array.from({ length: count }, (_, n) => sampler.sample(timestampAt(minute, n))).filter(count => count !== null)

test('the first of a minute leave a row each, the others ever fewer', () => {
  expect(sampleMany(new RefusalSampler(), 0, 24)).toEqual([...Array(10).fill(1), 2, 4, 8])
})

test('a million in a minute leave no more than thirty rows', () => {
  expect(sampleMany(new RefusalSampler(), 0, 1_000_000).length).toBeLessThan(30)
})

test('none is lost: what waits when a minute ends is told by the next row', () => {
  const sampler = new RefusalSampler()
  const rows = [0, 1, 2].flatMap(minute => sampleMany(sampler, minute, 1000)).concat(sampleMany(sampler, 3, 1))
  expect(rows.reduce((all, one) => all + one, 0)).toBe(3001)
})
