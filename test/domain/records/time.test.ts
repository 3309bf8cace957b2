import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { foldAll } from '#domain/records/current.ts'
import { within } from '#domain/records/fold.ts'
import { asOf, asOfKnownAt, StaleRead, type VersionReader } from '#domain/records/read.ts'
import { parseKey, toKey } from '#domain/records/version.ts'
import { at, ReplicaNetwork } from './fixtures.ts'
import { instants, plans, play } from './histories.ts'
import { sample, seeds } from './random.ts'
import { referenceStateAt, sortVersions } from './reference-model.ts'

describe('the state of a record', () => {
  test('at any instant folds the versions that had taken effect by then', async () => {
    await fc.assert(
      fc.asyncProperty(plans(), async plan => {
        const network = await play(plan)
        for (const site of network.sites) {
          const row = await site.row()
          if (row === null) continue
          const folded = await site.foldedVersions()
          const times = instants(network, 'valid_from')
          const states = await Promise.all(times.map(t => asOf(row, site.read, t)))
          expect(states).toEqual(times.map(t => referenceStateAt(folded, t)))
        }
      }),
      { numRuns: 200 },
    )
  })

  test('as known at a time folds only the versions recorded by then', async () => {
    await fc.assert(
      fc.asyncProperty(plans(25), seeds, async (plan, chance) => {
        const network = await play(plan)
        const site = network.site(chance)
        const row = await site.row()
        if (row === null) return
        const folded = await site.foldedVersions()
        const [valid, recorded] = [instants(network, 'valid_from'), instants(network, 'recorded_at')]
        const times = sample(valid, chance).flatMap(t => sample(recorded, chance).map(k => ({ t, k })))
        const states = await Promise.all(times.map(({ t, k }) => asOfKnownAt(row, site.read, t, k)))
        expect(states).toEqual(times.map(({ t, k }) => referenceStateAt(folded, t, k)))
      }),
      { numRuns: 200 },
    )
  })

  test('is the same at every location once all versions were delivered, also as known at a time', async () => {
    await fc.assert(
      fc.asyncProperty(plans(25), seeds, async (plan, chance) => {
        const network = await play(plan)
        await network.deliverAll()
        const times = sample(instants(network, 'valid_from'), chance)
        const knownTimes = sample(instants(network, 'recorded_at'), chance)
        const readings = await Promise.all(
          network.sites.map(async site => {
            const row = await site.row()
            if (row === null) return null
            const states = await Promise.all(times.map(t => asOf(row, site.read, t)))
            const statesAsKnown = await Promise.all(
              knownTimes.map((k, n) => asOfKnownAt(row, site.read, times[n] ?? k, k)),
            )
            return { was: states, wasKnown: statesAsKnown }
          }),
        )
        for (const reading of readings) expect(reading).toEqual(readings[0])
      }),
      { numRuns: 120 },
    )
  })

  test('now is its current row, whatever the clocks', async () => {
    await fc.assert(
      fc.asyncProperty(plans(), async plan => {
        await play(plan, async (network, site) => {
          const row = await site.row()
          if (row === null) return
          const now = at(network.now + site.skew)
          const { valid_from } = parseKey(row.head)
          const moment = await asOf(row, site.read, now > valid_from ? now : valid_from)
          expect(moment).toEqual({ key: row.head, state: row.snapshot, valid_to: null })
        })
      }),
      { numRuns: 120 },
    )
  })

  test('costs one read of one version outside the diverged range', async () => {
    await fc.assert(
      fc.asyncProperty(plans(), async plan => {
        const network = await play(plan)
        await network.deliverAll()
        const site = network.site(0)
        const row = await site.row()
        if (row === null) return
        const versions = sortVersions(site.allVersions)
        for (const t of instants(network, 'valid_from')) {
          const next = versions.find(v => v.valid_from > t)
          if (next && within(row.divergedRange, `${next.valid_from}#${next.recorded_at}#${next.location}`)) continue
          const before = site.store.queriedRanges.length
          await asOf(row, site.read, t)
          const reads = site.store.queriedRanges.slice(before)
          expect(reads.map(({ limit }) => limit)).toEqual(next ? [1] : [])
        }
      }),
      { numRuns: 120 },
    )
  })

  test('is null before its first version', async () => {
    const network = new ReplicaNetwork([0])
    const site = network.site(0)
    await network.write(site, { action: 'create', fields: { a: 1 }, replaceAll: true })
    const row = foldAll(site.allVersions)
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

  test('is not returned from a read that misses the predecessor of a version', async () => {
    const network = new ReplicaNetwork([0])
    const site = network.site(0)
    const fields = { surname: 'A', state: 'active', type: 'PERSON' }
    const created = await network.write(site, { action: 'create', fields, replaceAll: true, valid_from: at(300) })
    await network.write(site, { action: 'update', fields: { surname: 'B' }, valid_from: at(500) })
    await network.write(site, { action: 'update', fields: { surname: 'C' }, valid_from: at(700) })
    const row = await site.row()
    if (row === null || created === null) throw new Error('the customer was created')
    const missing: VersionReader = async range =>
      (await site.read({ ...range, limit: 100 })).filter(v => toKey(v) !== toKey(created.version)).slice(0, range.limit)
    await expect(asOf(row, missing, at(200))).rejects.toThrow(StaleRead)
    expect(await asOf(row, site.read, at(200))).toBeNull()
    expect(await asOf(row, missing, at(400))).toMatchObject({ state: { surname: 'A' }, valid_to: at(500) })
  })

  test('is not returned from two reads of which the second sees more than the first', async () => {
    const network = new ReplicaNetwork([0])
    const site = network.site(0)
    const fields = { surname: 'A', state: 'active', type: 'PERSON' }
    const created = await network.write(site, { action: 'create', fields, replaceAll: true, valid_from: at(500) })
    await network.write(site, { action: 'update', fields: { surname: 'B' }, valid_from: at(300) })
    const row = await site.row()
    if (row === null || created === null) throw new Error('the customer was created')
    let readings = 0
    const catchingUp: VersionReader = async range => (readings++ === 0 ? [created.version] : site.read(range))
    await expect(asOf(row, catchingUp, at(200))).rejects.toThrow(StaleRead)
    expect(await asOf(row, site.read, at(200))).toBeNull()
  })
})
