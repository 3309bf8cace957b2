import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { DynamoAuditStore } from '#adapters/dynamodb/audit-store.ts'
import { sealEntries } from '#domain/audit/seal.ts'
import { verify } from '#domain/audit/verify.ts'
import { split } from '#domain/duplicates/split.ts'
import { sendHeartbeat } from '#domain/locations/heartbeat.ts'
import { readLocationStatus } from '#domain/locations/location-status.ts'
import { toChangeLogEntry } from '#domain/records/change-log-entry.ts'
import { foldFromStore } from '#domain/records/update-record.ts'
import type { Version } from '#domain/records/version.ts'
import { eraseCustomer } from '#domain/retention/erase.ts'
import { toEntry } from '#domain/search/entry.ts'
import { startEngine, type TestEngine } from '#test/adapters/dynamodb/engine.ts'
import { RetentionFixture } from './fixtures.ts'

const KEY = 'k'.repeat(32)
const NUMBER = 'QF-83920184'
const CITY = 'Quillfeather'

let engine: TestEngine
let fixture: RetentionFixture
beforeAll(async () => {
  engine = await startEngine()
})
afterAll(() => engine.stop())
beforeEach(async () => {
  fixture = new RetentionFixture(engine.tables())
  await fixture.clear()
})

/** Two customers, the lesser id first: the survivor of their merge, and who has a number and a date of birth. */
async function two(): Promise<[survivor: string, merged: string]> {
  const ids = [await fixture.create({ surname: 'Stays' }), await fixture.create({ surname: 'Stays' })].sort()
  const [survivor = '', merged = ''] = ids
  await fixture.patch(survivor, { given_name: 'Own' })
  await fixture.patch(merged, { document_number: NUMBER, given_name: CITY, dob: '1971-02-03' })
  return [survivor, merged]
}

const erase = (id: string) => eraseCustomer(fixture, [], fixture.context(), id, KEY)
const apart = (id: string) => split(fixture.records, fixture.context(), id)
const versionsOf = async (id: string) => (await fixture.records.loadPartition('customer', id)).versions

const rowsWith = (text: string) => fixture.keysOfItemsWith(text)
const arrive = (versions: readonly Version[]) =>
  fixture.arrive(versions.map(version => ({ type: 'version-added', version })))

describe('what a survivor copied from one who is erased after a split', () => {
  test('is removed from its versions and its row; the rest of its history stays', async () => {
    const [survivor, merged] = await two()
    await fixture.decide([survivor, merged], 'same')
    await fixture.patch(survivor, { surname: 'Changed' })
    await apart(merged)
    await fixture.patch(survivor, { given_name: 'Later' })
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
    expect(await fixture.row(survivor)).toEqual((await foldFromStore(fixture.records, 'customer', survivor)).row)
    expect((await fixture.row(survivor))?.snapshot).toMatchObject({
      surname: 'Changed',
      given_name: 'Later',
      state: 'active',
    })
    expect((await erase(merged)).found.copies).toBe(0)
  })

  test('stays where the survivor had its own value, and where it was given another', async () => {
    const [survivor, merged] = await two()
    await fixture.decide([survivor, merged], 'same')
    await fixture.patch(survivor, { document_number: 'OWN-1' })
    await apart(merged)
    await erase(merged)
    expect(await rowsWith(NUMBER)).toEqual([])
    expect((await fixture.row(survivor))?.snapshot).toMatchObject({ given_name: 'Own', document_number: 'OWN-1' })
    const states = (await versionsOf(survivor)).map(v => v.snapshot.document_number)
    expect(states.filter(number => number !== undefined)).toEqual(['OWN-1', 'OWN-1'])
  })

  test('is removed where it was copied on in a further merge', async () => {
    const ids = [
      await fixture.create({ surname: 'A' }),
      await fixture.create({ surname: 'B' }),
      await fixture.create({ surname: 'C' }),
    ]
    const [a = '', b = '', c = ''] = ids.sort()
    await fixture.patch(b, { dob: '1980-01-01' })
    await fixture.patch(c, { document_number: NUMBER })
    await fixture.decide([b, c], 'same')
    await fixture.decide([a, b], 'same')
    await apart(b)
    await apart(c)
    expect((await erase(c)).ids).toEqual([c])
    expect(await rowsWith(NUMBER)).toEqual([])
    expect((await rowsWith('1980-01-01')).some(row => row.startsWith(`customer#${a}`))).toBe(true)
  })

  test('is removed from the index, where it was among the past identities', async () => {
    const [survivor, merged] = await two()
    await fixture.decide([survivor, merged], 'same')
    await apart(merged)
    await erase(merged)
    const row = await fixture.row(survivor)
    if (row === null) throw new Error('it stays')
    expect(JSON.stringify(toEntry(row, new Map()))).not.toContain(NUMBER)
  })

  test('is removed from a version that arrives later from another location', async () => {
    const [survivor, merged] = await two()
    await fixture.decide([survivor, merged], 'same')
    const row = await fixture.row(survivor)
    const [last] = (await versionsOf(survivor)).toReversed()
    if (row === null || last === undefined) throw new Error('it was merged')
    await apart(merged)
    const recorded_at = new Date(Date.parse(fixture.now) + 50).toISOString()
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
    await fixture.records.commit([{ version: late, row, expected: await fixture.row(survivor), states: [] }])
    await fixture.records.put(
      (await foldFromStore(fixture.records, 'customer', survivor)).row ?? row,
      await fixture.row(survivor),
    )
    expect((await rowsWith(NUMBER)).length).toBeGreaterThan(0)
    await arrive([late])
    expect(await rowsWith(NUMBER)).toEqual([])
    expect((await fixture.row(survivor))?.snapshot.surname).toBe('Late')
  })

  test('is removed from the row of another location when its versions arrive there', async () => {
    const [survivor, merged] = await two()
    await fixture.decide([survivor, merged], 'same')
    await apart(merged)
    const stale = await fixture.row(survivor)
    await erase(merged)
    if (stale === null) throw new Error('it stays')
    await fixture.records.put(stale, await fixture.row(survivor))
    expect(await rowsWith(NUMBER)).toHaveLength(1)
    await arrive(await versionsOf(survivor))
    expect(await rowsWith(NUMBER)).toEqual([])
  })
})

test('what a survivor copied is removed by a purge too, so that a later erasure certifies the truth', async () => {
  const [survivor, merged] = await two()
  await fixture.decide([survivor, merged], 'same')
  await apart(merged)
  fixture.advanceClock({ days: 31 })
  await fixture.patch(survivor, { surname: 'Active' })
  for (let n = 0; n < 4; n++) await fixture.run()
  expect(await fixture.state(survivor)).toBe('active')
  expect(await rowsWith(NUMBER)).toEqual([])
  expect((await erase(merged)).found).toMatchObject({ registry: 0, copies: 0 })
})

describe('the seals', () => {
  const seal = async () => {
    fixture.advanceClock({ seconds: 600 })
    const context = { location: 'loc1', now: fixture.now }
    await sendHeartbeat(fixture, context, await readLocationStatus(fixture))
    await fixture.locations.recordStreamPosition(fixture.now)
    const audit = new DynamoAuditStore(fixture.tables)
    await sealEntries({ audit, locations: fixture.locations }, context, 1000)
    return async () => {
      const { differences } = await verify({ audit, locations: fixture.locations }, null, () => true)
      return Object.entries(differences).flatMap(([kind, { count }]) => (count > 0 ? [kind] : []))
    }
  }

  test('find nothing wrong with versions from which an erasure removed copies, and find other changes', async () => {
    const [survivor, merged] = await two()
    const [, unrelated] = await two()
    await fixture.decide([survivor, merged], 'same')
    await apart(merged)
    const lines = async (id: string) => (await versionsOf(id)).map(toChangeLogEntry)
    for (const id of [survivor, merged, unrelated]) await fixture.lines.putLines(await lines(id))
    const differing = await seal()
    expect(await differing()).toEqual([])
    await erase(merged)
    await arrive(await versionsOf(survivor))
    expect(await differing()).toEqual([])

    const [version] = await versionsOf(unrelated)
    if (version === undefined) throw new Error('it was created')
    const redaction = { digest: toChangeLogEntry(version).digest, erased: [unrelated] }
    const forged = { ...version, snapshot: { surname: 'Forged' }, redaction }
    await fixture.records.redact([forged])
    expect(await differing()).toEqual(['changed'])
  })
})
