import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { CurrentRecord } from '#domain/records/current.ts'
import { asOf, type VersionReader } from '#domain/records/read.ts'
import type { State } from '#domain/records/version.ts'
import { at, World } from './fixtures.ts'
import { instants, plans, play } from './histories.ts'
import { chances, shuffled } from './random.ts'
import { nameOf, ordered, referenceMoment } from './reference-model.ts'

const said = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.option(fc.nat(5)), { minKeys: 1, maxKeys: 3 })

async function statesAt(row: CurrentRecord, read: VersionReader, times: readonly string[]): Promise<(State | null)[]> {
  const moments = await Promise.all(times.map(t => asOf(row, read, t)))
  return moments.map(moment => moment?.state ?? null)
}

describe('a back-dated correction', () => {
  test('changes the past that it says and nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(plans(), chances, said, async (plan, chance, fields) => {
        const world = await play(plan)
        const site = world.site(chance)
        const row = await site.row()
        const now = at(world.now + site.skew)
        const [since] = shuffled(
          instants(world, 'valid_from').filter(t => t <= now),
          chance,
        )
        if (row === null || since === undefined) return
        const folded = await site.folded()
        const times = [...instants(world, 'valid_from'), now].sort()
        const before = await statesAt(row, site.read, times)

        const write = await world.write(site, {
          action: 'update',
          fields,
          valid_from: since,
          statementDigest: 'a correction',
        })
        expect(write?.version.valid_from).toBe(since)
        if (write === null) return
        expect(Object.keys(fields).every(field => write.version.sets.includes(field))).toBe(true)

        const after = await statesAt(write.row, site.read, times)
        const began = referenceMoment(folded, since) !== null
        for (const [n, t] of times.entries()) {
          const [was, is] = [before[n] ?? null, after[n] ?? null]
          const followed = (field: string) =>
            folded.some(v => v.valid_from > since && v.valid_from <= t && (v.sets === '*' || v.sets.includes(field)))
          if (t < since) expect(is).toEqual(was)
          else if (began)
            for (const field of new Set([
              ...Object.keys(was ?? {}),
              ...Object.keys(is ?? {}),
              ...Object.keys(fields),
            ])) {
              const stated = field in fields && !followed(field)
              expect([field, is?.[field] ?? null]).toEqual([field, (stated ? fields[field] : was?.[field]) ?? null])
            }
        }
      }),
      { numRuns: 200 },
    )
  })

  test('before the first version begins the record, as what it is now, until the first version', async () => {
    const world = new World([0])
    const site = world.site(0)
    await world.write(site, { action: 'create', fields: { type: 'PERSON', state: 'active', a: 1 }, replaceAll: true })
    await world.write(site, { action: 'update', fields: { b: 2 }, valid_from: at(500) })
    const row = await site.row()
    if (row === null) throw new Error('the record is there')
    const times = [at(499), at(500), at(999), at(1000)]
    const begun = { type: 'PERSON', state: 'active', b: 2 }
    expect(await statesAt(row, site.read, times)).toEqual([
      null,
      begun,
      begun,
      { type: 'PERSON', state: 'active', a: 1 },
    ])
  })

  test('said again makes no version, also after others were made', async () => {
    await fc.assert(
      fc.asyncProperty(plans(20), said, fc.integer({ min: 1, max: 300 }), said, async (plan, fields, back, other) => {
        const world = await play(plan)
        const site = world.site(0)
        if ((await site.row()) === null) return
        const valid_from = at(world.now + site.skew - back)
        const correction = { action: 'update', fields, valid_from, statementDigest: 'the correction' } as const
        expect(await world.write(site, correction)).not.toBeNull()
        expect(await world.write(site, correction)).toBeNull()
        await world.write(site, { action: 'update', fields: other })
        await world.write(site, {
          action: 'update',
          fields: other,
          valid_from: at(world.now + site.skew),
          statementDigest: 'other',
        })
        expect(await world.write(site, correction)).toBeNull()
        const elsewhen = { ...correction, valid_from: at(world.now + site.skew - back - 1) }
        expect(await world.write(site, elsewhen)).not.toBeNull()
      }),
      { numRuns: 100 },
    )
  })

  test('records every field that it states, also those that already were so', async () => {
    const world = new World([0])
    const site = world.site(0)
    await world.write(site, { action: 'create', fields: { a: 1, b: 1 }, replaceAll: true })
    world.now += 100
    const write = await world.write(site, {
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
  test('that alters nothing makes no version', async () => {
    await fc.assert(
      fc.asyncProperty(plans(), chances, async (plan, chance) => {
        const world = await play(plan)
        const site = world.site(chance)
        const row = await site.row()
        if (row === null) return
        const same = { none: null, ...row.snapshot }
        expect(await world.write(site, { action: 'update', fields: same })).toBeNull()
        expect(await world.write(site, { action: 'update', fields: {} })).toBeNull()
      }),
      { numRuns: 120 },
    )
  })

  test('sets those fields alone that it alters, unless it is to set all that are stated', async () => {
    const world = new World([0])
    const site = world.site(0)
    await world.write(site, { action: 'create', fields: { a: 1, b: 1 }, replaceAll: true })
    const fields = { a: 1, b: 2, c: null }
    const stated = await world.write(site, { action: 'update', fields, set: 'stated' })
    expect(stated?.version.sets).toEqual(['a', 'b', 'c'])
    const altered = await world.write(site, { action: 'update', fields: { ...fields, b: 3 } })
    expect(altered?.version.sets).toEqual(['b'])
    expect(altered?.version.previousValues).toEqual({ b: 2 })
  })
})

describe('a history of statements about the whole record', () => {
  test('ends the same in whichever order it is loaded', async () => {
    const statement = fc.record({ a: fc.option(fc.nat(3)), b: fc.option(fc.nat(3)), c: fc.option(fc.nat(3)) })
    const statements = fc.uniqueArray(fc.record({ since: fc.nat(60), fields: statement }), {
      selector: ({ since }) => since,
      minLength: 1,
      maxLength: 8,
    })
    const load = async (history: readonly { since: number; fields: Record<string, number | null> }[]) => {
      const world = new World([0])
      const site = world.site(0)
      for (const { since, fields } of history) {
        world.now += 1
        const first = (await site.row()) === null
        const whole = { type: 'PERSON', state: 'active', ...fields }
        const change = first
          ? { action: 'create' as const, fields: whole, replaceAll: true }
          : { action: 'update' as const, fields }
        await world.write(site, { ...change, valid_from: at(since), statementDigest: JSON.stringify([since, fields]) })
      }
      const row = await site.row()
      if (row === null) throw new Error('a history makes a record')
      const times = Array.from({ length: 62 }, (_, n) => at(n))
      const intervals = ordered(site.here).map(({ valid_from, snapshot }) => ({ valid_from, snapshot }))
      const told = { row: row.snapshot, at: await statesAt(row, site.read, times) }
      return { told, valid_from: intervals.map(({ valid_from }) => valid_from), keys: site.here.map(nameOf) }
    }
    await fc.assert(
      fc.asyncProperty(statements, chances, async (history, chance) => {
        const [one, other] = [await load(history), await load(shuffled(history, chance))]
        expect(other.told).toEqual(one.told)
        expect(other.valid_from).toEqual(one.valid_from)
        expect((await load([...history, ...shuffled(history, chance)])).keys).toEqual(one.keys)
      }),
      { numRuns: 120 },
    )
  })
})
