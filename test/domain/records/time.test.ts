import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { foldAll } from '#domain/records/current.ts'
import { within } from '#domain/records/fold.ts'
import { asOf, asOfKnownAt, StaleRead, type VersionReader } from '#domain/records/read.ts'
import { parseKey, toKey } from '#domain/records/version.ts'
import { at, World } from './fixtures.ts'
import { instants, plans, play } from './histories.ts'
import { chances, someOf } from './random.ts'
import { ordered, referenceMoment } from './reference-model.ts'

describe('a record as it was', () => {
  test('at any instant is what the versions that held by then make, until the next one holds', async () => {
    await fc.assert(
      fc.asyncProperty(plans(), async plan => {
        const world = await play(plan)
        for (const site of world.sites) {
          const row = await site.row()
          if (row === null) continue
          const folded = await site.folded()
          const times = instants(world, 'valid_from')
          const found = await Promise.all(times.map(t => asOf(row, site.read, t)))
          expect(found).toEqual(times.map(t => referenceMoment(folded, t)))
        }
      }),
      { numRuns: 200 },
    )
  })

  test('and was known, is what the versions recorded by then make', async () => {
    await fc.assert(
      fc.asyncProperty(plans(25), chances, async (plan, chance) => {
        const world = await play(plan)
        const site = world.site(chance)
        const row = await site.row()
        if (row === null) return
        const folded = await site.folded()
        const [valid, recorded] = [instants(world, 'valid_from'), instants(world, 'recorded_at')]
        const times = someOf(valid, chance).flatMap(t => someOf(recorded, chance).map(k => ({ t, k })))
        const found = await Promise.all(times.map(({ t, k }) => asOfKnownAt(row, site.read, t, k)))
        expect(found).toEqual(times.map(({ t, k }) => referenceMoment(folded, t, k)))
      }),
      { numRuns: 200 },
    )
  })

  test('is the same at every location once all have everything, also as known', async () => {
    await fc.assert(
      fc.asyncProperty(plans(25), chances, async (plan, chance) => {
        const world = await play(plan)
        await world.settle()
        const times = someOf(instants(world, 'valid_from'), chance)
        const known = someOf(instants(world, 'recorded_at'), chance)
        const told = await Promise.all(
          world.sites.map(async site => {
            const row = await site.row()
            if (row === null) return null
            const was = await Promise.all(times.map(t => asOf(row, site.read, t)))
            const wasKnown = await Promise.all(known.map((k, n) => asOfKnownAt(row, site.read, times[n] ?? k, k)))
            return { was, wasKnown }
          }),
        )
        for (const one of told) expect(one).toEqual(told[0])
      }),
      { numRuns: 120 },
    )
  })

  test('now is its current row, whatever the clocks say', async () => {
    await fc.assert(
      fc.asyncProperty(plans(), async plan => {
        await play(plan, async (world, site) => {
          const row = await site.row()
          if (row === null) return
          const now = at(world.now + site.skew)
          const { valid_from } = parseKey(row.head)
          const moment = await asOf(row, site.read, now > valid_from ? now : valid_from)
          expect(moment).toEqual({ key: row.head, state: row.snapshot, valid_to: null })
        })
      }),
      { numRuns: 120 },
    )
  })

  test('costs one read of one version outside the forked span', async () => {
    await fc.assert(
      fc.asyncProperty(plans(), async plan => {
        const world = await play(plan)
        await world.settle()
        const site = world.site(0)
        const row = await site.row()
        if (row === null) return
        const versions = ordered(site.here)
        for (const t of instants(world, 'valid_from')) {
          const next = versions.find(v => v.valid_from > t)
          if (next && within(row.divergedRange, `${next.valid_from}#${next.recorded_at}#${next.location}`)) continue
          const before = site.store.asked.length
          await asOf(row, site.read, t)
          const asked = site.store.asked.slice(before)
          expect(asked.map(({ limit }) => limit)).toEqual(next ? [1] : [])
        }
      }),
      { numRuns: 120 },
    )
  })

  test('is nothing before its first version', async () => {
    const world = new World([0])
    const site = world.site(0)
    await world.write(site, { action: 'create', fields: { a: 1 }, replaceAll: true })
    const row = foldAll(site.here)
    if (row === null) throw new Error('a creation makes a row')
    expect(await asOf(row, site.read, at(999))).toBeNull()
    expect(await asOfKnownAt(row, site.read, at(999), at(5000))).toBeNull()
    expect(await asOfKnownAt(row, site.read, at(5000), at(999))).toBeNull()
    expect(await asOfKnownAt(row, site.read, at(5000), at(1000))).toEqual({
      key: row.head,
      state: { a: 1 },
      valid_to: null,
    })
  })

  test('is not told from a reading that misses a version which the one after it names', async () => {
    const world = new World([0])
    const site = world.site(0)
    const fields = { surname: 'A', state: 'active', type: 'PERSON' }
    const created = await world.write(site, { action: 'create', fields, replaceAll: true, valid_from: at(300) })
    await world.write(site, { action: 'update', fields: { surname: 'B' }, valid_from: at(500) })
    await world.write(site, { action: 'update', fields: { surname: 'C' }, valid_from: at(700) })
    const row = await site.row()
    if (row === null || created === null) throw new Error('a customer was created')
    const missing: VersionReader = async range =>
      (await site.read({ ...range, limit: 100 })).filter(v => toKey(v) !== toKey(created.version)).slice(0, range.limit)
    await expect(asOf(row, missing, at(200))).rejects.toThrow(StaleRead)
    expect(await asOf(row, site.read, at(200))).toBeNull()
    expect(await asOf(row, missing, at(400))).toMatchObject({ state: { surname: 'A' }, valid_to: at(500) })
  })

  test('is not told from readings of which the second sees what the first did not', async () => {
    const world = new World([0])
    const site = world.site(0)
    const fields = { surname: 'A', state: 'active', type: 'PERSON' }
    const created = await world.write(site, { action: 'create', fields, replaceAll: true, valid_from: at(500) })
    await world.write(site, { action: 'update', fields: { surname: 'B' }, valid_from: at(300) })
    const row = await site.row()
    if (row === null || created === null) throw new Error('a customer was created')
    let readings = 0
    const catchingUp: VersionReader = async range => (readings++ === 0 ? [created.version] : site.read(range))
    await expect(asOf(row, catchingUp, at(200))).rejects.toThrow(StaleRead)
    expect(await asOf(row, site.read, at(200))).toBeNull()
  })
})
