import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { CurrentRecord } from '#domain/records/current.ts'
import { historyPage, type VersionReader } from '#domain/records/read.ts'
import { plans, play } from './histories.ts'
import { referenceFold, sortVersions, toVersionKey } from './reference-model.ts'

type Page = Awaited<ReturnType<typeof historyPage>>

/** Reads the whole history, page by page, newest first. */
async function pages(row: CurrentRecord, read: VersionReader, limit: number): Promise<Page> {
  const all: Page = []
  for (;;) {
    const last = all.at(-1)
    const below = last && { key: last.key, valid_from: last.version.valid_from }
    const page = await historyPage(row, read, limit, below)
    expect(page.length).toBeLessThanOrEqual(limit)
    all.push(...page)
    if (page.length < limit) return all
  }
}

const limits = fc.integer({ min: 1, max: 12 })

describe('the history of a record', () => {
  test('lists every folded version once, newest first, with its state, in pages of any size', async () => {
    await fc.assert(
      fc.asyncProperty(plans(), limits, async (plan, limit) => {
        const network = await play(plan)
        for (const site of network.sites) {
          const row = await site.row()
          if (row === null) continue
          const folded = sortVersions(await site.foldedVersions())
          const history = await pages(row, site.read, limit)
          const expected = folded.map((version, n) => ({
            version,
            key: toVersionKey(version),
            state: referenceFold(folded.slice(0, n + 1)),
            valid_to: folded[n + 1]?.valid_from ?? null,
          }))
          expect(history).toEqual(expected.reverse())
        }
      }),
      { numRuns: 200 },
    )
  })

  test('tiles time without gaps, overlaps or negative intervals, whatever the clocks', async () => {
    await fc.assert(
      fc.asyncProperty(plans(), limits, async (plan, limit) => {
        const network = await play(plan)
        await network.deliverAll()
        const site = network.site(0)
        const row = await site.row()
        if (row === null) return
        const intervals = (await pages(row, site.read, limit)).map(({ version, valid_to }) => [
          version.valid_from,
          valid_to,
        ])
        for (const [n, [from, to]] of intervals.entries()) {
          expect(to).toBe(n === 0 ? null : intervals[n - 1]?.[0])
          expect((from ?? '') <= (to ?? '~')).toBe(true)
        }
      }),
      { numRuns: 200 },
    )
  })
})
