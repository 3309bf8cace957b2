import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { covers, dominates, join, tick } from '#domain/records/clock.ts'
import { at } from './fixtures.ts'
import { plans, play } from './histories.ts'
import { toVersionKey } from './reference-model.ts'

const clocks = fc.dictionary(fc.constantFrom('loc1', 'loc2', 'loc3'), fc.nat(5).map(at))

describe('the hybrid logical clock', () => {
  test.each<[string, string, Record<string, string>, string]>([
    ['equals the wall clock for a new record', at(5), {}, at(5)],
    ['equals the wall clock when that is later', at(5), { loc1: at(4), loc2: at(3) }, at(5)],
    ['advances by a millisecond when the wall clock has not advanced', at(5), { loc1: at(5) }, at(6)],
    ['advances by a millisecond when the wall clock is behind', at(5), { loc1: at(1), loc2: at(300_000) }, at(300_001)],
  ])('%s', (_name, now, clock, expected) => {
    expect(tick(now, clock)).toBe(expected)
  })

  test('is later than every version that its writer had folded', async () => {
    await fc.assert(
      fc.asyncProperty(plans(), async plan => {
        const { written } = await play(plan)
        const recorded = new Map(written.map(({ version }) => [toVersionKey(version), version.recorded_at]))
        for (const { version, knew } of written) {
          for (const name of knew) expect(version.recorded_at > (recorded.get(name) ?? '~')).toBe(true)
          expect(version.clock[version.location]).toBe(version.recorded_at)
        }
      }),
      { numRuns: 200 },
    )
  })

  test("is never earlier than the version's valid_from, and a version from now never precedes the head", async () => {
    await fc.assert(
      fc.asyncProperty(plans(), async plan => {
        const { written } = await play(plan)
        for (const { version, base } of written) {
          expect(version.valid_from <= version.recorded_at).toBe(true)
          expect(version.recorded_at).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/)
          if (base && version.action !== 'update') expect(toVersionKey(version) > base.head).toBe(true)
        }
      }),
      { numRuns: 200 },
    )
  })

  test('gives every version a unique key, and every version of a location a later time', async () => {
    await fc.assert(
      fc.asyncProperty(plans(), async plan => {
        const { all, sites } = await play(plan)
        expect(new Set(all.map(toVersionKey)).size).toBe(all.length)
        for (const { name } of sites) {
          const readings = all.filter(v => v.location === name).map(v => v.recorded_at)
          expect(readings).toEqual([...new Set(readings)].sort())
        }
      }),
      { numRuns: 200 },
    )
  })
})

describe('version vectors', () => {
  test('join to the least vector that dominates both', () => {
    fc.assert(
      fc.property(clocks, clocks, clocks, (a, b, c) => {
        const joined = join(a, b)
        expect(dominates(joined, a) && dominates(joined, b)).toBe(true)
        expect(join(b, a)).toEqual(joined)
        expect(join(join(a, b), c)).toEqual(join(a, join(b, c)))
        expect(join(a, a)).toEqual(a)
        if (dominates(c, a) && dominates(c, b)) expect(dominates(c, joined)).toBe(true)
      }),
      { numRuns: 200 },
    )
  })

  test('cover no version of a location that they do not name', () => {
    expect(covers({}, { location: 'loc1', recorded_at: at(0) })).toBe(false)
    expect(covers({ loc1: at(1) }, { location: 'loc1', recorded_at: at(1) })).toBe(true)
    expect(covers({ loc1: at(1) }, { location: 'loc1', recorded_at: at(2) })).toBe(false)
    expect(covers({ loc1: at(1) }, { location: 'loc2', recorded_at: at(0) })).toBe(false)
  })
})
