import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { DynamoAccessStore } from '#adapters/dynamodb/access-store.ts'
import { DynamoAuditStore } from '#adapters/dynamodb/audit-store.ts'
import { DynamoChangeLogStore } from '#adapters/dynamodb/change-log-store.ts'
import { DynamoPurchaseStore } from '#adapters/dynamodb/purchase-store.ts'
import { sealEntries } from '#domain/audit/seal.ts'
import { verify } from '#domain/audit/verify.ts'
import { split } from '#domain/duplicates/split.ts'
import { sendHeartbeat } from '#domain/locations/heartbeat.ts'
import { knowledge } from '#domain/locations/location-status.ts'
import { toChangeLogEntry } from '#domain/records/change-log-entry.ts'
import { foldFromStore } from '#domain/records/update-record.ts'
import type { Version } from '#domain/records/version.ts'
import { eraseCustomer } from '#domain/retention/erase.ts'
import { toEntry } from '#domain/search/entry.ts'
import { reconcileViews } from '#domain/views/reconcile-views.ts'
import { startEngine, type TestEngine } from '#test/adapters/dynamodb/engine.ts'
import { Desk } from './fixtures.ts'

const KEY = 'k'.repeat(32)
const NUMBER = 'QF-83920184'
const CITY = 'Quillfeather'

let engine: TestEngine
let desk: Desk
beforeAll(async () => {
  engine = await startEngine()
})
afterAll(() => engine.stop())
beforeEach(async () => {
  desk = new Desk(engine.tables())
  await desk.clear()
})

/** Two customers, the lesser id first: the survivor of their merge, and who has a number and a date of birth. */
async function two(): Promise<[survivor: string, merged: string]> {
  const ids = [await desk.create({ surname: 'Stays' }), await desk.create({ surname: 'Stays' })].sort()
  const [survivor = '', merged = ''] = ids
  await desk.patch(survivor, { given_name: 'Own' })
  await desk.patch(merged, { document_number: NUMBER, given_name: CITY, dob: '1971-02-03' })
  return [survivor, merged]
}

const erase = (id: string) => eraseCustomer(desk, [], desk.call(), id, KEY)
const apart = (id: string) => split(desk.records, desk.call(), id)
const versionsOf = async (id: string) => (await desk.records.loadPartition('customer', id)).versions

/** The rows of both tables that contain a text. */
async function rowsWith(text: string): Promise<string[]> {
  const { registry, views } = desk.tables.names
  const rows = [...(await desk.rows(registry)), ...(await desk.rows(views))]
  return rows.filter(row => JSON.stringify(row).includes(text)).map(({ pk, sk }) => `${pk} ${sk}`)
}

/** The ports of the registry's stream. */
const viewPorts = () => ({
  records: desk.records,
  lines: new DynamoChangeLogStore(desk.tables, new Set()),
  locations: desk.locations,
  purchases: new DynamoPurchaseStore(desk.tables),
  accesses: new DynamoAccessStore(desk.tables),
  erasures: desk.erasures,
})
const arrive = (versions: readonly Version[]) =>
  reconcileViews(
    viewPorts(),
    desk.call(),
    versions.map(version => ({ type: 'version-added', version })),
  )

describe('what a survivor copied from one who is erased after a split', () => {
  test('is removed from its versions and its row; the rest of its history stays', async () => {
    const [survivor, merged] = await two()
    await desk.decide([survivor, merged], 'same')
    await desk.patch(survivor, { surname: 'Changed' })
    await apart(merged)
    await desk.patch(survivor, { given_name: 'Later' })
    const before = await versionsOf(survivor)
    expect((await rowsWith(NUMBER)).length).toBeGreaterThan(4)
    const { ids, removed, found } = await erase(merged)
    expect(ids).toEqual([merged])
    expect([removed.copies, found.copies]).toEqual([3, 0])
    expect(await rowsWith(NUMBER)).toEqual([])
    expect(await rowsWith('1971-02-03')).toEqual([])
    const after = await versionsOf(survivor)
    const inBrief = (v: Version) => [v.recorded_at, v.action, v.actor, v.sets, v.clock, v.snapshot.surname]
    expect(after.map(inBrief)).toEqual(before.map(inBrief))
    expect(after.map(v => v.snapshot.given_name)).toEqual(before.map(v => v.snapshot.given_name))
    expect(await desk.row(survivor)).toEqual((await foldFromStore(desk.records, 'customer', survivor)).row)
    expect((await desk.row(survivor))?.snapshot).toMatchObject({
      surname: 'Changed',
      given_name: 'Later',
      state: 'active',
    })
    expect((await erase(merged)).found.copies).toBe(0)
  })

  test('stays where the survivor had its own value, and where it was given another', async () => {
    const [survivor, merged] = await two()
    await desk.decide([survivor, merged], 'same')
    await desk.patch(survivor, { document_number: 'OWN-1' })
    await apart(merged)
    await erase(merged)
    expect(await rowsWith(NUMBER)).toEqual([])
    expect((await desk.row(survivor))?.snapshot).toMatchObject({ given_name: 'Own', document_number: 'OWN-1' })
    const states = (await versionsOf(survivor)).map(v => v.snapshot.document_number)
    expect(states.filter(number => number !== undefined)).toEqual(['OWN-1', 'OWN-1'])
  })

  test('is removed where it was copied on in a further merge', async () => {
    const ids = [
      await desk.create({ surname: 'A' }),
      await desk.create({ surname: 'B' }),
      await desk.create({ surname: 'C' }),
    ]
    const [a = '', b = '', c = ''] = ids.sort()
    await desk.patch(b, { dob: '1980-01-01' })
    await desk.patch(c, { document_number: NUMBER })
    await desk.decide([b, c], 'same')
    await desk.decide([a, b], 'same')
    await apart(b)
    await apart(c)
    expect((await erase(c)).ids).toEqual([c])
    expect(await rowsWith(NUMBER)).toEqual([])
    expect((await rowsWith('1980-01-01')).some(row => row.startsWith(`customer#${a}`))).toBe(true)
  })

  test('is removed from the index, where it was among the past identities', async () => {
    const [survivor, merged] = await two()
    await desk.decide([survivor, merged], 'same')
    await apart(merged)
    await erase(merged)
    const row = await desk.row(survivor)
    if (row === null) throw new Error('it stays')
    expect(JSON.stringify(toEntry(row, new Map()))).not.toContain(NUMBER)
  })

  test('is removed from a version that arrives later from another location', async () => {
    const [survivor, merged] = await two()
    await desk.decide([survivor, merged], 'same')
    const row = await desk.row(survivor)
    const [last] = (await versionsOf(survivor)).toReversed()
    if (row === null || last === undefined) throw new Error('it was merged')
    await apart(merged)
    const recorded_at = new Date(Date.parse(desk.now) + 50).toISOString()
    const late: Version = {
      ...last,
      ...{
        location: 'loc2',
        action: 'update',
        actor: 'agent',
        request_id: 'late',
        recorded_at,
        valid_from: recorded_at,
      },
      ...{ sets: ['surname'], snapshot: { ...row.snapshot, surname: 'Late' }, previousValues: { surname: 'Stays' } },
      clock: { ...row.clock, loc2: recorded_at },
    }
    delete late.previousLocal
    await erase(merged)
    await desk.records.commit([{ version: late, row, expected: await desk.row(survivor), states: [] }])
    await desk.records.put(
      (await foldFromStore(desk.records, 'customer', survivor)).row ?? row,
      await desk.row(survivor),
    )
    expect((await rowsWith(NUMBER)).length).toBeGreaterThan(0)
    await arrive([late])
    expect(await rowsWith(NUMBER)).toEqual([])
    expect((await desk.row(survivor))?.snapshot.surname).toBe('Late')
  })

  test('is removed from the row of another location when its versions arrive there', async () => {
    const [survivor, merged] = await two()
    await desk.decide([survivor, merged], 'same')
    await apart(merged)
    const stale = await desk.row(survivor)
    await erase(merged)
    if (stale === null) throw new Error('it stays')
    await desk.records.put(stale, await desk.row(survivor))
    expect(await rowsWith(NUMBER)).toHaveLength(1)
    await arrive(await versionsOf(survivor))
    expect(await rowsWith(NUMBER)).toEqual([])
  })
})

describe('the seals', () => {
  const seal = async () => {
    desk.pass({ seconds: 600 })
    const context = { location: 'loc1', now: desk.now }
    await sendHeartbeat(desk, context, await knowledge(desk))
    await desk.locations.recordStreamPosition(desk.now)
    const audit = new DynamoAuditStore(desk.tables)
    await sealEntries({ audit, locations: desk.locations }, context, 1000)
    return async () => {
      const { differences } = await verify({ audit, locations: desk.locations }, null, () => true)
      return Object.entries(differences).flatMap(([kind, { count }]) => (count > 0 ? [kind] : []))
    }
  }

  test('find nothing wrong with versions from which an erasure removed copies, and find other changes', async () => {
    const [survivor, merged] = await two()
    const [, unrelated] = await two()
    await desk.decide([survivor, merged], 'same')
    await apart(merged)
    const lines = async (id: string) => (await versionsOf(id)).map(toChangeLogEntry)
    for (const id of [survivor, merged, unrelated]) await viewPorts().lines.putLines(await lines(id))
    const differing = await seal()
    expect(await differing()).toEqual([])
    await erase(merged)
    await arrive(await versionsOf(survivor))
    expect(await differing()).toEqual([])

    const [version] = await versionsOf(unrelated)
    if (version === undefined) throw new Error('it was created')
    const redaction = { digest: toChangeLogEntry(version).digest, erased: [unrelated] }
    const forged = { ...version, snapshot: { surname: 'Forged' }, redaction }
    await desk.records.redact([forged])
    expect(await differing()).toEqual(['changed'])
  })
})
