import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { signReceipt } from '#domain/lookup/receipt.ts'
import { applyTombstone } from '#domain/records/apply-tombstone.ts'
import { verifyCertificate } from '#domain/retention/certificate.ts'
import { eraseCustomer } from '#domain/retention/erase.ts'
import { holdCustomer } from '#domain/retention/hold.ts'
import type { LinkedData } from '#domain/retention/port.ts'
import { toEntry } from '#domain/search/entry.ts'
import { startEngine, type TestEngine } from '#test/adapters/dynamodb/engine.ts'
import { contextAt } from '#test/in-memory/context.ts'
import { RetentionFixture } from './fixtures.ts'

const KEY = 'k'.repeat(32)
const UNKNOWN = '00000000-0000-4000-8000-000000000000'
const NO_FIELDS = new Map()

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

const erase = (id: string, linked: readonly LinkedData[] = [], location = fixture) =>
  eraseCustomer(location, linked, location.context(), id, KEY)

/** Indexes customers as the projection does. */
async function indexCustomers(...ids: string[]): Promise<void> {
  const rows = await fixture.records.currents('customer', ids, true)
  await fixture.index.put(rows.map(row => toEntry(row, NO_FIELDS)))
}

describe('an erasure', () => {
  test('deletes all versions, the current row, the index entry, conflicts, decisions and pairs', async () => {
    const [id, other] = [await fixture.create({ surname: 'Goes' }), await fixture.create({ surname: 'Stays' })]
    await fixture.patch(id, { surname: 'Gone' })
    await indexCustomers(id, other)
    await fixture.decide([id, other], 'different')
    const [a = '', b = ''] = [id, other].sort()
    await fixture.pairs.putPairs([{ a, b, score: 0.9 }])
    const row = await fixture.records.current('customer', id, true)
    if (row) await fixture.records.put({ ...row, disputes: [{ field: 'surname', kept: 'x', lost: 'y' }] }, row)
    const certificate = await erase(id)
    expect(certificate).toMatchObject({
      ids: [id],
      location: 'loc1',
      removed: { versions: 2, decisions: 1, pairs: 1, disputes: 1, linked: 0 },
      found: { registry: 0, views: 0, index: 0, audit: 0, linked: 0 },
      pending: [],
    })
    expect([await fixture.versions(id), await fixture.row(id)]).toEqual([0, null])
    expect(await fixture.index.exact(['gone'], 10)).toEqual([])
    expect(await fixture.index.getMany([id])).toEqual([expect.objectContaining({ person: null, past: [] })])
    expect(await fixture.records.countConflicted()).toBe(0)
    expect((await fixture.pairs.pairs(null, 10)).pairs).toEqual([])
    await expect(fixture.patch(id, { surname: 'Again' })).rejects.toThrow('erased')
    expect(await fixture.state(other)).toBe('active')
  })

  test('includes the customers merged with it, whichever id is given', async () => {
    for (const position of [0, 1, 2]) {
      const ids: string[] = []
      for (const surname of ['One', 'Two', 'Three']) ids.push(await fixture.create({ surname }))
      const [a = '', b = '', c = ''] = ids.sort()
      await fixture.decide([b, c], 'same')
      await fixture.decide([a, b], 'same')
      const certificate = await erase(ids[position] ?? '')
      expect(certificate.ids).toEqual(ids)
      expect(certificate.removed).toMatchObject({ versions: 7, decisions: 2 })
      for (const id of ids) expect([await fixture.versions(id), await fixture.row(id)]).toEqual([0, null])
      expect((await erase(ids[0] ?? '')).ids).toEqual(ids)
    }
  })

  test('excludes a customer that was marked as different', async () => {
    const [id, other] = [await fixture.create({ surname: 'Goes' }), await fixture.create({ surname: 'Stays' })]
    await fixture.decide([id, other], 'different')
    expect((await erase(id)).ids).toEqual([id])
    expect(await fixture.state(other)).toBe('active')
  })

  test('deletes linked data', async () => {
    const id = await fixture.create({ surname: 'Buyer' })
    const rows = new Map([[id, 3]])
    const linked: LinkedData = {
      count: async customer => rows.get(customer) ?? 0,
      forget: async customer => {
        const count = rows.get(customer) ?? 0
        rows.delete(customer)
        return count
      },
    }
    const certificate = await erase(id, [linked])
    expect([certificate.removed.linked, certificate.found.linked, rows.size]).toEqual([3, 0, 0])
  })

  test('of an unknown customer is refused and stores nothing', async () => {
    await expect(erase(UNKNOWN)).rejects.toThrow('Customer not found')
    for (const name of Object.values(fixture.tables.names)) expect(await fixture.rows(name)).toEqual([])
  })

  test('of a held customer is refused with the reason and deletes nothing', async () => {
    const ids = [await fixture.create({ surname: 'One' }), await fixture.create({ surname: 'Two' })].sort()
    const [a = '', b = ''] = ids
    await fixture.decide([a, b], 'same')
    await holdCustomer(fixture.records, fixture.context(), b, { reason: 'a court asked', until: contextAt(86_400).now })
    await expect(erase(a)).rejects.toThrow(`${b} is held (a court asked)`)
    expect([await fixture.versions(a), await fixture.versions(b)]).toEqual([2, 3])
    fixture.advanceClock({ days: 2 })
    expect((await erase(a)).ids).toEqual(ids)
  })

  test('of a purged customer prevents its return', async () => {
    const id = await fixture.create({ surname: 'Old' })
    fixture.advanceClock({ days: 31 })
    await fixture.run()
    expect(await erase(id)).toMatchObject({ ids: [id], removed: { versions: 0 }, pending: [] })
    expect((await fixture.records.loadPartition('customer', id)).tombstone.erased).toBe(true)
  })

  test('succeeds while search is unreachable, and the certificate says so', async () => {
    const id = await fixture.create({ surname: 'Goes' })
    const { Unavailable } = await import('#domain/errors.ts')
    const getMany = fixture.index.getMany.bind(fixture.index)
    fixture.index.getMany = () => Promise.reject(new Unavailable('it is down'))
    expect((await erase(id)).found).toEqual({ registry: 0, views: 0, index: null, audit: 0, linked: 0, copies: 0 })
    fixture.index.getMany = getMany
    expect((await erase(id)).found.index).toBe(0)
  })

  test('deletes an index entry that was written late', async () => {
    const id = await fixture.create({ surname: 'Goes' })
    await erase(id)
    await fixture.index.put([{ id, version: 10 ** 15, person: null, past: [{ ...EMPTY_PERSON, surname: 'Goes' }] }])
    expect((await erase(id)).found.index).toBe(0)
  })
})

const EMPTY_PERSON = { type: 'PERSON', surname: null, given_name: null, dob: null, document_number: null, details: {} }

describe('a certificate', () => {
  test('lists the pending locations until they acknowledge, updated on each read', async () => {
    const id = await fixture.create({ surname: 'Goes' })
    await fixture.acknowledgeFrom('loc2')
    await fixture.acknowledgeFrom('loc3')
    const first = await erase(id)
    expect(first.pending).toEqual(['loc2', 'loc3'])
    await fixture.erasures.acknowledge(id, 'loc3', fixture.now)
    const second = await erase(id)
    expect(second.pending).toEqual(['loc2'])
    expect(second.locations.map(({ name }) => name)).toEqual(['loc1', 'loc2', 'loc3'])
    expect(second.certificate).not.toBe(first.certificate)
    const { read_at: _, locations: __, pending: ___, certificate: ____, ...unchanged } = first
    expect(second).toMatchObject(unchanged)
  })

  test('states until when backups contain the erased data', async () => {
    const id = await fixture.create({ surname: 'Goes' })
    const { erased_at, backups_until } = await erase(id)
    expect(Date.parse(backups_until) - Date.parse(erased_at)).toBe(35 * 86_400_000)
  })

  test('is valid only unchanged', async () => {
    const { certificate, ...erasure } = await erase(await fixture.create({ surname: 'Goes' }))
    expect(verifyCertificate(KEY, certificate)).toEqual({ valid: true, erasure })
    const at = fixture.now
    const receipt = signReceipt(KEY, { answer: 'listed', at, location: 'loc1', known_at: at, query: { surname: 'x' } })
    for (const text of [`${certificate}x`, certificate.replace(/^./, 'A'), '', '.', receipt])
      expect(verifyCertificate(KEY, text)).toEqual({ valid: false, erasure: null })
    expect(verifyCertificate('l'.repeat(32), certificate).valid).toBe(false)
  })
})

test('an erasure asks to retry where the tombstone arrived before the versions', async () => {
  const id = await fixture.create({ surname: 'Goes' })
  await fixture.records.putTombstone('customer', id, { purged: {}, erased: true })
  await applyTombstone(fixture.records, fixture.context(), 'customer', id)
  await expect(erase(id)).rejects.toThrow('not fully arrived yet')
})
