import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { concurrent, inConflict } from '#domain/records/conflict.ts'
import type { Change, FieldValues } from '#domain/records/prepare-write.ts'
import { conflictingVersions } from '#domain/records/read.ts'
import type { Version } from '#domain/records/version.ts'
import { ReplicaNetwork } from './fixtures.ts'
import { plans, play } from './histories.ts'
import { sortVersions, toVersionKey } from './reference-model.ts'

const INITIAL_FIELDS: FieldValues = { type: 'PERSON', state: 'active', a: 1, b: 1, c: 1 }
const update = (fields: FieldValues): Change => ({ action: 'update', fields })

/** Creates a record at several locations, cuts them off from each other and lets each write one change. */
async function writeWhilePartitioned(
  skews: number[],
  changes: Change[],
): Promise<{ network: ReplicaNetwork; versions: Version[] }> {
  const network = new ReplicaNetwork(skews)
  await network.write(network.site(0), { action: 'create', fields: INITIAL_FIELDS, replaceAll: true })
  await network.deliverAll()
  network.now += 1000
  const versions: Version[] = []
  for (const [n, change] of changes.entries()) {
    const write = await network.write(network.site(n), change)
    if (write) versions.push(write.version)
  }
  await network.deliverAll()
  return { network, versions }
}

const skews = fc.array(fc.constantFrom(0, 300, -300, 300_000, -300_000), { minLength: 2, maxLength: 3 })

describe('a writer', () => {
  test('reads its own change at once', async () => {
    await fc.assert(
      fc.asyncProperty(plans(), async plan => {
        const { written } = await play(plan)
        for (const { version, row, base } of written) {
          if (base && version.valid_from < base.head.slice(0, version.valid_from.length)) continue
          const fields = version.sets === '*' ? Object.keys(row.snapshot) : version.sets
          for (const field of fields) expect(row.snapshot[field]).toBe(version.snapshot[field])
          expect(row.head).toBe(toVersionKey(version))
        }
      }),
      { numRuns: 200 },
    )
  })

  test('keeps a change that the other writer did not know, unless both set the same field', async () => {
    await fc.assert(
      fc.asyncProperty(plans(), async plan => {
        const network = await play(plan)
        await network.deliverAll()
        const snapshot = (await network.site(0).row())?.snapshot ?? {}
        const versions = sortVersions(network.all)
        for (const field of ['surname', 'dob', 'c', 'd', 'state']) {
          const last = versions.findLast(v => v.sets === '*' || v.sets.includes(field))
          expect([field, snapshot[field]]).toEqual([field, last?.snapshot[field]])
        }
      }),
      { numRuns: 200 },
    )
  })
})

describe('concurrent changes at partitioned locations', () => {
  test('to different fields are both kept without a conflict', async () => {
    await fc.assert(
      fc.asyncProperty(skews, async skews => {
        const { network, versions } = await writeWhilePartitioned(skews, [update({ a: 2 }), update({ b: 2 })])
        for (const site of network.sites)
          expect((await site.row())?.snapshot).toEqual({ ...INITIAL_FIELDS, a: 2, b: 2 })
        const [first, second] = versions
        expect(first && second && concurrent(first, second)).toBe(true)
        expect(first && second && inConflict(first, second)).toBe(false)
      }),
    )
  })

  test('to the same field conflict, and the later in version order wins', async () => {
    await fc.assert(
      fc.asyncProperty(skews, async skews => {
        const { network, versions } = await writeWhilePartitioned(skews, [update({ a: 2 }), update({ a: 3, b: 2 })])
        const later = sortVersions(versions).at(-1)
        const [first, second] = versions
        expect(first && second && inConflict(first, second)).toBe(true)
        for (const site of network.sites) {
          const row = await site.row()
          expect(row?.snapshot).toEqual({ ...INITIAL_FIELDS, a: later?.snapshot.a, b: 2 })
          const conflicting = row && (await conflictingVersions(row, site.read, site.allVersions))
          expect(conflicting).toEqual(new Set(versions.map(toVersionKey)))
        }
      }),
    )
  })

  test.each<[string, Change, Change, boolean]>([
    ['the same value for the same field', update({ a: 2 }), update({ a: 2 }), false],
    ['clearing a field and setting it to another value', update({ a: null }), update({ a: 2 }), true],
    ['a number and the same digits as text', update({ a: 2 }), update({ a: '2' }), true],
    [
      'a deletion and a change of any field',
      { action: 'delete', fields: { state: 'deleted' } },
      update({ a: 2 }),
      true,
    ],
    [
      'two deletions',
      { action: 'delete', fields: { state: 'deleted' } },
      { action: 'delete', fields: { state: 'deleted' } },
      false,
    ],
    [
      'two creations of different records',
      { action: 'create', fields: { a: 5 }, replaceAll: true },
      { action: 'create', fields: { b: 5 }, replaceAll: true },
      true,
    ],
    [
      'two equal creations',
      { action: 'create', fields: { a: 5 }, replaceAll: true },
      { action: 'create', fields: { a: 5 }, replaceAll: true },
      false,
    ],
    [
      'a creation and a change to the same value',
      { action: 'create', fields: { a: 5 }, replaceAll: true },
      update({ a: 5 }),
      false,
    ],
    [
      'a creation and a change of a field that the creation clears',
      { action: 'create', fields: { a: 5 }, replaceAll: true },
      update({ b: 5 }),
      true,
    ],
  ])('conflict or not: %s', async (_name, firstChange, secondChange, expected) => {
    const { versions } = await writeWhilePartitioned([0, 0], [firstChange, secondChange])
    const [a, b] = versions
    if (a === undefined || b === undefined) throw new Error('each change makes a version')
    expect([inConflict(a, b), inConflict(b, a)]).toEqual([expected, expected])
  })

  test('conflict in the same pairs at every location, and never with a version that their writer knew', async () => {
    await fc.assert(
      fc.asyncProperty(plans(), async plan => {
        const network = await play(plan)
        await network.deliverAll()
        const pairs = network.all.flatMap(a => network.all.filter(b => inConflict(a, b)).map(b => [a, b] as const))
        const knew = new Map(network.written.map(write => [toVersionKey(write.version), write.knew]))
        for (const [a, b] of pairs) {
          expect(knew.get(toVersionKey(a))?.has(toVersionKey(b))).toBe(false)
          expect(knew.get(toVersionKey(b))?.has(toVersionKey(a))).toBe(false)
          expect(inConflict(b, a)).toBe(true)
        }
        const expected = new Set(pairs.map(([a]) => toVersionKey(a)))
        for (const site of network.sites) {
          const row = await site.row()
          if (row) expect(await conflictingVersions(row, site.read, site.allVersions)).toEqual(expected)
        }
      }),
      { numRuns: 200 },
    )
  })
})
