import { describe, expect, test } from '@jest/globals'
import { asOf, asOfKnownAt, historyPage } from '#domain/records/read.ts'
import { at, World } from './fixtures.ts'
import { nameOf, ordered, referenceFold, referenceMoment } from './reference-model.ts'

/** A record that two locations, cut off from each other, changed so many times each. */
async function apart(changes: number): Promise<World> {
  const world = new World([0, 0])
  await world.write(world.site(0), { action: 'create', fields: { a: 0, b: 0 }, replaceAll: true })
  await world.settle()
  for (let n = 1; n <= changes; n++) {
    world.now += 10
    await world.write(world.site(0), { action: 'update', fields: { a: n } })
    world.now += 10
    await world.write(world.site(1), { action: 'update', fields: { b: n } })
  }
  return world
}

const times = Array.from({ length: 60 }, (_, n) => at(995 + n * 61))

describe('a long history', () => {
  test('that was forked for hundreds of versions is told as it was at any time', async () => {
    const world = await apart(160)
    await world.settle()
    const site = world.site(0)
    const row = await site.row()
    if (row === null) throw new Error('the record is there')
    const told = await Promise.all(times.map(t => asOf(row, site.read, t)))
    expect(told).toEqual(times.map(t => referenceMoment(world.all, t)))
    const known = await Promise.all(times.map(t => asOfKnownAt(row, site.read, at(9000), t)))
    expect(known).toEqual(times.map(t => referenceMoment(world.all, at(9000), t)))
    const versions = ordered(world.all)
    const page = await historyPage(row, site.read, 200)
    expect(page.map(({ key }) => key)).toEqual(versions.map(nameOf).reverse().slice(0, 200))
    expect(page.map(({ state }) => state)).toEqual(
      page.map((_, n) => referenceFold(versions.slice(0, versions.length - n))),
    )
  })

  test('steps over hundreds of versions that are here and not yet folded', async () => {
    const world = await apart(120)
    const site = world.site(0)
    const row = await site.row()
    for (const v of world.all) site.store.arrive(v)
    const folded = world.all.filter(v => v.location === 'loc1')
    if (row === null) throw new Error('the record is there')
    const told = await Promise.all(times.map(t => asOf(row, site.read, t)))
    expect(told).toEqual(times.map(t => referenceMoment(folded, t)))
    const history = await historyPage(row, site.read, 50)
    expect(history.map(({ key }) => key)).toEqual(ordered(folded).map(nameOf).reverse().slice(0, 50))
    expect(await asOfKnownAt(row, site.read, at(9000), at(9000))).toEqual(referenceMoment(folded, at(9000)))
  })

  test('whose next folded version lies beyond a page of unfolded ones is told as it was', async () => {
    const world = new World([0, 0])
    const [here, there] = [world.site(0), world.site(1)]
    await world.write(here, { action: 'create', fields: { a: 0 }, replaceAll: true })
    await world.settle()
    for (let n = 1; n <= 80; n++) {
      world.now += 10
      await world.write(there, { action: 'update', fields: { b: n } })
    }
    world.now += 10
    await world.write(here, { action: 'update', fields: { a: 1 } })
    const row = await here.row()
    if (row === null) throw new Error('the record is there')
    for (const v of world.all) here.store.arrive(v)
    const folded = await here.folded()
    expect(folded).toHaveLength(2)
    for (const t of [at(1000), at(1005), at(1400), at(1809), at(1810)]) {
      expect(await asOf(row, here.read, t)).toEqual(referenceMoment(folded, t))
      expect(await asOfKnownAt(row, here.read, t, at(9000))).toEqual(referenceMoment(folded, t))
    }
    expect((await historyPage(row, here.read, 2)).map(({ key }) => key)).toEqual(folded.map(nameOf).reverse())
  })
})
