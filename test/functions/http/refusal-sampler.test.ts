import { expect, test } from '@jest/globals'
import type { Access } from '#domain/audit/port.ts'
import { RefusalSampler } from '#functions/http/refusal-sampler.ts'

const timestampAt = (minute: number, n = 0) => new Date(Date.UTC(2026, 5, 1, 12, minute, 0, n % 1000)).toISOString()

let requests = 0
const refusal = (minute: number, change: Partial<Access> = {}): Access => ({
  at: timestampAt(minute, requests),
  request_id: `request-${++requests}`,
  location: 'loc1',
  actor: 'public',
  action: 'createToken',
  outcome: 'unauthenticated',
  asked: { network: 'network-1' },
  ...change,
})

const addMany = (sampler: RefusalSampler, minute: number, count: number, change: Partial<Access> = {}): Access[] =>
  Array.from({ length: count }, () => sampler.add(refusal(minute, change))).flat()
const counts = (rows: readonly Access[]): number[] => rows.map(({ count = 1 }) => count)
const sum = (rows: readonly Access[]): number => counts(rows).reduce((total, count) => total + count, 0)

test('the first refusals of a minute get one row each, and later rows stand for more and more', () => {
  expect(counts(addMany(new RefusalSampler(), 0, 17))).toEqual([1, 1, 1, 2, 4, 8])
})

test('a million refusals in a minute get fewer than thirty rows', () => {
  expect(addMany(new RefusalSampler(), 0, 1_000_000).length).toBeLessThan(30)
})

test('no refusal is lost: the remaining count of a minute is written with the next refusal', () => {
  const sampler = new RefusalSampler()
  const rows = [0, 1, 2].flatMap(minute => addMany(sampler, minute, 1000)).concat(addMany(sampler, 3, 1))
  expect(sum(rows)).toBe(3001)
})

test('each action, outcome and network is counted separately', () => {
  const sampler = new RefusalSampler()
  const rows = [
    ...addMany(sampler, 0, 945),
    ...addMany(sampler, 0, 1, { action: 'listCustomers' }),
    ...addMany(sampler, 0, 5, { asked: { network: 'network-2' } }),
    ...addMany(sampler, 1, 1, { action: 'search' }),
  ]
  const sumOf = (action: string, network: string) =>
    sum(rows.filter(row => row.action === action && row.asked.network === network))
  expect([
    sumOf('createToken', 'network-1'),
    sumOf('createToken', 'network-2'),
    sumOf('listCustomers', 'network-1'),
  ]).toEqual([945, 5, 1])
})

test('very many networks get a bounded number of rows, and no refusal is lost', () => {
  const sampler = new RefusalSampler()
  const rows = Array.from({ length: 20_000 }, (_, n) =>
    sampler.add(refusal(0, { asked: { network: `network-${n}` } })),
  ).flat()
  const later = sampler.add(refusal(1))
  expect(rows.length).toBeLessThan(60)
  expect(sum([...rows, ...later])).toBe(20_001)
})
