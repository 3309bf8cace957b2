import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { concurrent, inConflict } from '#domain/records/concurrent.ts'
import { conflictsAmong } from '#domain/records/conflicts.ts'
import type { Change, FieldValues } from '#domain/records/prepare-write.ts'
import type { Version } from '#domain/records/version.ts'
import { World } from './fixtures.ts'
import { plans, play } from './histories.ts'
import { nameOf, ordered } from './reference-model.ts'

const WHOLE: FieldValues = { type: 'PERSON', state: 'active', a: 1, b: 1, c: 1 }
const update = (fields: FieldValues): Change => ({ action: 'update', fields })

/** Two locations that hold the same record, cut off from each other, and what each then writes. */
async function apart(skews: number[], changes: Change[]): Promise<{ world: World; versions: Version[] }> {
  const world = new World(skews)
  await world.write(world.site(0), { action: 'create', fields: WHOLE, replaceAll: true })
  await world.settle()
  world.now += 1000
  const versions: Version[] = []
  for (const [n, change] of changes.entries()) {
    const write = await world.write(world.site(n), change)
    if (write) versions.push(write.version)
  }
  await world.settle()
  return { world, versions }
}

const skews = fc.array(fc.constantFrom(0, 300, -300, 300_000, -300_000), { minLength: 2, maxLength: 3 })

describe('a writer', () => {
  test('sees its own change at once', async () => {
    await fc.assert(
      fc.asyncProperty(plans(), async plan => {
        const { written } = await play(plan)
        for (const { version, row, base } of written) {
          if (base && version.valid_from < base.head.slice(0, version.valid_from.length)) continue
          const fields = version.sets === '*' ? Object.keys(row.snapshot) : version.sets
          for (const field of fields) expect(row.snapshot[field]).toBe(version.snapshot[field])
          expect(row.head).toBe(nameOf(version))
        }
      }),
      { numRuns: 200 },
    )
  })

  test('never loses a change to one that knew nothing of it, unless that set the same field', async () => {
    await fc.assert(
      fc.asyncProperty(plans(), async plan => {
        const world = await play(plan)
        await world.settle()
        const snapshot = (await world.site(0).row())?.snapshot ?? {}
        const versions = ordered(world.all)
        for (const field of ['surname', 'dob', 'c', 'd', 'state']) {
          const last = versions.findLast(v => v.sets === '*' || v.sets.includes(field))
          expect([field, snapshot[field]]).toEqual([field, last?.snapshot[field]])
        }
      }),
      { numRuns: 200 },
    )
  })
})

describe('changes at locations that are cut off from each other', () => {
  test('of different fields are both kept, and are no conflict', async () => {
    await fc.assert(
      fc.asyncProperty(skews, async skews => {
        const { world, versions } = await apart(skews, [update({ a: 2 }), update({ b: 2 })])
        for (const site of world.sites) expect((await site.row())?.snapshot).toEqual({ ...WHOLE, a: 2, b: 2 })
        const [one, other] = versions
        expect(one && other && concurrent(one, other)).toBe(true)
        expect(one && other && inConflict(one, other)).toBe(false)
      }),
    )
  })

  test('of the same field are a conflict, and the later in the order holds', async () => {
    await fc.assert(
      fc.asyncProperty(skews, async skews => {
        const { world, versions } = await apart(skews, [update({ a: 2 }), update({ a: 3, b: 2 })])
        const later = ordered(versions).at(-1)
        const [one, other] = versions
        expect(one && other && inConflict(one, other)).toBe(true)
        for (const site of world.sites) {
          const row = await site.row()
          expect(row?.snapshot).toEqual({ ...WHOLE, a: later?.snapshot.a, b: 2 })
          const listed = row && (await conflictsAmong(row, site.read, site.here))
          expect(listed).toEqual(new Set(versions.map(nameOf)))
        }
      }),
    )
  })

  test.each<[string, Change, Change, boolean]>([
    ['the same value for the same field', update({ a: 2 }), update({ a: 2 }), false],
    ['the clearing of a field and another value', update({ a: null }), update({ a: 2 }), true],
    ['a number and the same digits', update({ a: 2 }), update({ a: '2' }), true],
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
      'two creations of the same',
      { action: 'create', fields: { a: 5 }, replaceAll: true },
      { action: 'create', fields: { a: 5 }, replaceAll: true },
      false,
    ],
    [
      'a creation and a change that it says too',
      { action: 'create', fields: { a: 5 }, replaceAll: true },
      update({ a: 5 }),
      false,
    ],
    [
      'a creation and a change that it clears',
      { action: 'create', fields: { a: 5 }, replaceAll: true },
      update({ b: 5 }),
      true,
    ],
  ])('%s: it is told whether they conflict', async (_name, one, other, expected) => {
    const { versions } = await apart([0, 0], [one, other])
    const [a, b] = versions
    if (a === undefined || b === undefined) throw new Error('both make a version')
    expect([inConflict(a, b), inConflict(b, a)]).toEqual([expected, expected])
  })

  test('are in conflict in the same pairs at every location, and never with what their writer knew', async () => {
    await fc.assert(
      fc.asyncProperty(plans(), async plan => {
        const world = await play(plan)
        await world.settle()
        const pairs = world.all.flatMap(a => world.all.filter(b => inConflict(a, b)).map(b => [a, b] as const))
        const knew = new Map(world.written.map(one => [nameOf(one.version), one.knew]))
        for (const [a, b] of pairs) {
          expect(knew.get(nameOf(a))?.has(nameOf(b))).toBe(false)
          expect(knew.get(nameOf(b))?.has(nameOf(a))).toBe(false)
          expect(inConflict(b, a)).toBe(true)
        }
        const expected = new Set(pairs.map(([a]) => nameOf(a)))
        for (const site of world.sites) {
          const row = await site.row()
          if (row) expect(await conflictsAmong(row, site.read, site.here)).toEqual(expected)
        }
      }),
      { numRuns: 200 },
    )
  })
})
