import { describe, expect, test } from '@jest/globals'
import { asOf, asOfKnownAt, historyPage } from '#domain/records/read.ts'
import { at, ReplicaNetwork } from './fixtures.ts'
import { referenceFold, referenceStateAt, sortVersions, toVersionKey } from './reference-model.ts'

/** Returns two locations, cut off from each other, that changed one record this many times each. */
async function writeWhilePartitioned(changes: number): Promise<ReplicaNetwork> {
  const network = new ReplicaNetwork([0, 0])
  await network.write(network.site(0), { action: 'create', fields: { a: 0, b: 0 }, replaceAll: true })
  await network.deliverAll()
  for (let n = 1; n <= changes; n++) {
    network.now += 10
    await network.write(network.site(0), { action: 'update', fields: { a: n } })
    network.now += 10
    await network.write(network.site(1), { action: 'update', fields: { b: n } })
  }
  return network
}

const times = Array.from({ length: 60 }, (_, n) => at(995 + n * 61))

describe('a long history', () => {
  test('that diverged for hundreds of versions is read correctly at any time', async () => {
    const network = await writeWhilePartitioned(160)
    await network.deliverAll()
    const site = network.site(0)
    const row = await site.row()
    if (row === null) throw new Error('the record exists')
    const states = await Promise.all(times.map(t => asOf(row, site.read, t)))
    expect(states).toEqual(times.map(t => referenceStateAt(network.all, t)))
    const statesAsKnown = await Promise.all(times.map(t => asOfKnownAt(row, site.read, at(9000), t)))
    expect(statesAsKnown).toEqual(times.map(t => referenceStateAt(network.all, at(9000), t)))
    const versions = sortVersions(network.all)
    const page = await historyPage(row, site.read, 200)
    expect(page.map(({ key }) => key)).toEqual(versions.map(toVersionKey).reverse().slice(0, 200))
    expect(page.map(({ state }) => state)).toEqual(
      page.map((_, n) => referenceFold(versions.slice(0, versions.length - n))),
    )
  })

  test('skips hundreds of versions that are stored but not folded', async () => {
    const network = await writeWhilePartitioned(120)
    const site = network.site(0)
    const row = await site.row()
    for (const v of network.all) site.store.receive(v)
    const folded = network.all.filter(v => v.location === 'loc1')
    if (row === null) throw new Error('the record exists')
    const states = await Promise.all(times.map(t => asOf(row, site.read, t)))
    expect(states).toEqual(times.map(t => referenceStateAt(folded, t)))
    const history = await historyPage(row, site.read, 50)
    expect(history.map(({ key }) => key)).toEqual(sortVersions(folded).map(toVersionKey).reverse().slice(0, 50))
    expect(await asOfKnownAt(row, site.read, at(9000), at(9000))).toEqual(referenceStateAt(folded, at(9000)))
  })

  test('is read correctly when the next folded version is beyond a page of unfolded ones', async () => {
    const network = new ReplicaNetwork([0, 0])
    const [local, remote] = [network.site(0), network.site(1)]
    await network.write(local, { action: 'create', fields: { a: 0 }, replaceAll: true })
    await network.deliverAll()
    for (let n = 1; n <= 80; n++) {
      network.now += 10
      await network.write(remote, { action: 'update', fields: { b: n } })
    }
    network.now += 10
    await network.write(local, { action: 'update', fields: { a: 1 } })
    const row = await local.row()
    if (row === null) throw new Error('the record exists')
    for (const v of network.all) local.store.receive(v)
    const folded = await local.foldedVersions()
    expect(folded).toHaveLength(2)
    for (const t of [at(1000), at(1005), at(1400), at(1809), at(1810)]) {
      expect(await asOf(row, local.read, t)).toEqual(referenceStateAt(folded, t))
      expect(await asOfKnownAt(row, local.read, t, at(9000))).toEqual(referenceStateAt(folded, t))
    }
    expect((await historyPage(row, local.read, 2)).map(({ key }) => key)).toEqual(folded.map(toVersionKey).reverse())
  })
})
