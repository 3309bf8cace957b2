import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { CurrentRecord } from '#domain/records/current.ts'
import { asOf, type VersionReader } from '#domain/records/read.ts'
import type { State } from '#domain/records/version.ts'
import { at, ReplicaNetwork } from './fixtures.ts'
import { instants, plans, play } from './histories.ts'
import { seeds, shuffled } from './random.ts'
import { referenceStateAt, sortVersions, toVersionKey } from './reference-model.ts'

const statedFields = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.option(fc.nat(5)), {
  minKeys: 1,
  maxKeys: 3,
})

async function statesAt(row: CurrentRecord, read: VersionReader, times: readonly string[]): Promise<(State | null)[]> {
  const moments = await Promise.all(times.map(t => asOf(row, read, t)))
  return moments.map(moment => moment?.state ?? null)
}

describe('a back-dated correction', () => {
  test('changes only the fields that it states, from its date on', async () => {
    await fc.assert(
      fc.asyncProperty(plans(), seeds, statedFields, async (plan, chance, fields) => {
        const network = await play(plan)
        const site = network.site(chance)
        const row = await site.row()
        const now = at(network.now + site.skew)
        const [since] = shuffled(
          instants(network, 'valid_from').filter(t => t <= now),
          chance,
        )
        if (row === null || since === undefined) return
        const folded = await site.foldedVersions()
        const times = [...instants(network, 'valid_from'), now].sort()
        const before = await statesAt(row, site.read, times)

        const write = await network.write(site, {
          action: 'update',
          fields,
          valid_from: since,
          statementDigest: 'a correction',
        })
        expect(write?.version.valid_from).toBe(since)
        if (write === null) return
        expect(Object.keys(fields).every(field => write.version.sets.includes(field))).toBe(true)

        const after = await statesAt(write.row, site.read, times)
        const began = referenceStateAt(folded, since) !== null
        for (const [n, t] of times.entries()) {
          const [stateBefore, stateAfter] = [before[n] ?? null, after[n] ?? null]
          const isSetLater = (field: string) =>
            folded.some(v => v.valid_from > since && v.valid_from <= t && (v.sets === '*' || v.sets.includes(field)))
          if (t < since) expect(stateAfter).toEqual(stateBefore)
          else if (began)
            for (const field of new Set([
              ...Object.keys(stateBefore ?? {}),
              ...Object.keys(stateAfter ?? {}),
              ...Object.keys(fields),
            ])) {
              const isStated = field in fields && !isSetLater(field)
              expect([field, stateAfter?.[field] ?? null]).toEqual([
                field,
                (isStated ? fields[field] : stateBefore?.[field]) ?? null,
              ])
            }
        }
      }),
      { numRuns: 200 },
    )
  })

  test('before the first version starts the record, with its current fields, until that version', async () => {
    const network = new ReplicaNetwork([0])
    const site = network.site(0)
    await network.write(site, { action: 'create', fields: { type: 'PERSON', state: 'active', a: 1 }, replaceAll: true })
    await network.write(site, { action: 'update', fields: { b: 2 }, valid_from: at(500) })
    const row = await site.row()
    if (row === null) throw new Error('the record exists')
    const times = [at(499), at(500), at(999), at(1000)]
    const initial = { type: 'PERSON', state: 'active', b: 2 }
    expect(await statesAt(row, site.read, times)).toEqual([
      null,
      initial,
      initial,
      { type: 'PERSON', state: 'active', a: 1 },
    ])
  })

  test('makes no version when it is repeated, also after other changes', async () => {
    await fc.assert(
      fc.asyncProperty(
        plans(20),
        statedFields,
        fc.integer({ min: 1, max: 300 }),
        statedFields,
        async (plan, fields, back, other) => {
          const network = await play(plan)
          const site = network.site(0)
          if ((await site.row()) === null) return
          const valid_from = at(network.now + site.skew - back)
          const correction = { action: 'update', fields, valid_from, statementDigest: 'the correction' } as const
          expect(await network.write(site, correction)).not.toBeNull()
          expect(await network.write(site, correction)).toBeNull()
          await network.write(site, { action: 'update', fields: other })
          await network.write(site, {
            action: 'update',
            fields: other,
            valid_from: at(network.now + site.skew),
            statementDigest: 'other',
          })
          expect(await network.write(site, correction)).toBeNull()
          const elsewhen = { ...correction, valid_from: at(network.now + site.skew - back - 1) }
          expect(await network.write(site, elsewhen)).not.toBeNull()
        },
      ),
      { numRuns: 100 },
    )
  })

  test('records every field that it states, including unchanged ones', async () => {
    const network = new ReplicaNetwork([0])
    const site = network.site(0)
    await network.write(site, { action: 'create', fields: { a: 1, b: 1 }, replaceAll: true })
    network.now += 100
    const write = await network.write(site, {
      action: 'update',
      fields: { a: 1, b: null, c: null },
      valid_from: at(1050),
    })
    expect(write?.version.sets).toEqual(['a', 'b', 'c'])
    expect(write?.version.previousValues).toEqual({ a: 1, b: 1 })
    expect(write?.version.snapshot).toEqual({ a: 1 })
  })
})

describe('a change from now on', () => {
  test('makes no version when it changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(plans(), seeds, async (plan, chance) => {
        const network = await play(plan)
        const site = network.site(chance)
        const row = await site.row()
        if (row === null) return
        const same = { none: null, ...row.snapshot }
        expect(await network.write(site, { action: 'update', fields: same })).toBeNull()
        expect(await network.write(site, { action: 'update', fields: {} })).toBeNull()
      }),
      { numRuns: 120 },
    )
  })

  test('sets only the fields that it changes, unless it is to set all stated fields', async () => {
    const network = new ReplicaNetwork([0])
    const site = network.site(0)
    await network.write(site, { action: 'create', fields: { a: 1, b: 1 }, replaceAll: true })
    const fields = { a: 1, b: 2, c: null }
    const stated = await network.write(site, { action: 'update', fields, set: 'stated' })
    expect(stated?.version.sets).toEqual(['a', 'b', 'c'])
    const altered = await network.write(site, { action: 'update', fields: { ...fields, b: 3 } })
    expect(altered?.version.sets).toEqual(['b'])
    expect(altered?.version.previousValues).toEqual({ b: 2 })
  })
})

describe('a history of statements about the whole record', () => {
  test('has the same result in any order of loading', async () => {
    const statement = fc.record({ a: fc.option(fc.nat(3)), b: fc.option(fc.nat(3)), c: fc.option(fc.nat(3)) })
    const statements = fc.uniqueArray(fc.record({ since: fc.nat(60), fields: statement }), {
      selector: ({ since }) => since,
      minLength: 1,
      maxLength: 8,
    })
    const load = async (history: readonly { since: number; fields: Record<string, number | null> }[]) => {
      const network = new ReplicaNetwork([0])
      const site = network.site(0)
      for (const { since, fields } of history) {
        network.now += 1
        const first = (await site.row()) === null
        const allFields = { type: 'PERSON', state: 'active', ...fields }
        const change = first
          ? { action: 'create' as const, fields: allFields, replaceAll: true }
          : { action: 'update' as const, fields }
        await network.write(site, {
          ...change,
          valid_from: at(since),
          statementDigest: JSON.stringify([since, fields]),
        })
      }
      const row = await site.row()
      if (row === null) throw new Error('the record exists')
      const times = Array.from({ length: 62 }, (_, n) => at(n))
      const intervals = sortVersions(site.allVersions).map(({ valid_from, snapshot }) => ({ valid_from, snapshot }))
      const states = { row: row.snapshot, at: await statesAt(row, site.read, times) }
      return {
        told: states,
        valid_from: intervals.map(({ valid_from }) => valid_from),
        keys: site.allVersions.map(toVersionKey),
      }
    }
    await fc.assert(
      fc.asyncProperty(statements, seeds, async (history, chance) => {
        const [first, second] = [await load(history), await load(shuffled(history, chance))]
        expect(second.told).toEqual(first.told)
        expect(second.valid_from).toEqual(first.valid_from)
        expect((await load([...history, ...shuffled(history, chance)])).keys).toEqual(first.keys)
      }),
      { numRuns: 120 },
    )
  })
})
