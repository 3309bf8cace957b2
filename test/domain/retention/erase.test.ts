import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { signReceipt } from '#domain/lookup/receipt.ts'
import { applyTombstone } from '#domain/records/apply-tombstone.ts'
import { verifyCertificate } from '#domain/retention/certificate.ts'
import { eraseCustomer } from '#domain/retention/erase.ts'
import { holdCustomer } from '#domain/retention/hold.ts'
import type { LinkedData } from '#domain/retention/port.ts'
import { toEntry } from '#domain/search/entry.ts'
import { startEngine, type TestEngine } from '#test/adapters/dynamodb/engine.ts'
import { callAt } from '#test/in-memory/call.ts'
import { Desk } from './fixtures.ts'

const KEY = 'k'.repeat(32)
const UNKNOWN = '00000000-0000-4000-8000-000000000000'
const NO_FIELDS = new Map()

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

const erase = (id: string, linked: readonly LinkedData[] = [], at = desk) =>
  eraseCustomer(at, linked, at.call(), id, KEY)

/** As the projection puts them. */
async function index(...ids: string[]): Promise<void> {
  const rows = await desk.records.currents('customer', ids, true)
  await desk.index.put(rows.map(row => toEntry(row, NO_FIELDS)))
}

describe('an erasure', () => {
  test('takes all versions, the row, the entry of the index, what is in dispute, decisions and pairs', async () => {
    const [id, other] = [await desk.create({ surname: 'Goes' }), await desk.create({ surname: 'Stays' })]
    await desk.patch(id, { surname: 'Gone' })
    await index(id, other)
    await desk.decide([id, other], 'different')
    const [a = '', b = ''] = [id, other].sort()
    await desk.pairs.putPairs([{ a, b, score: 0.9 }])
    const row = await desk.records.current('customer', id, true)
    if (row) await desk.records.put({ ...row, disputes: [{ field: 'surname', kept: 'x', lost: 'y' }] }, row)
    const told = await erase(id)
    expect(told).toMatchObject({
      ids: [id],
      location: 'loc1',
      removed: { versions: 2, decisions: 1, pairs: 1, disputes: 1, linked: 0 },
      found: { registry: 0, views: 0, index: 0, audit: 0, linked: 0 },
      pending: [],
    })
    expect([await desk.versions(id), await desk.row(id)]).toEqual([0, null])
    expect(await desk.index.exact(['gone'], 10)).toEqual([])
    expect(await desk.index.getMany([id])).toEqual([expect.objectContaining({ person: null, past: [] })])
    expect(await desk.records.countConflicted()).toBe(0)
    expect((await desk.pairs.pairs(null, 10)).pairs).toEqual([])
    await expect(desk.patch(id, { surname: 'Again' })).rejects.toThrow('erased')
    expect(await desk.state(other)).toBe('active')
  })

  test('takes those who were merged with it, whichever of them is named', async () => {
    for (const named of [0, 1, 2]) {
      const ids: string[] = []
      for (const surname of ['One', 'Two', 'Three']) ids.push(await desk.create({ surname }))
      const [a = '', b = '', c = ''] = ids.sort()
      await desk.decide([b, c], 'same')
      await desk.decide([a, b], 'same')
      const told = await erase(ids[named] ?? '')
      expect(told.ids).toEqual(ids)
      expect(told.removed).toMatchObject({ versions: 7, decisions: 2 })
      for (const id of ids) expect([await desk.versions(id), await desk.row(id)]).toEqual([0, null])
      expect((await erase(ids[0] ?? '')).ids).toEqual(ids)
    }
  })

  test('leaves one who was taken out again of a merger', async () => {
    const [id, other] = [await desk.create({ surname: 'Goes' }), await desk.create({ surname: 'Stays' })]
    await desk.decide([id, other], 'different')
    expect((await erase(id)).ids).toEqual([id])
    expect(await desk.state(other)).toBe('active')
  })

  test('takes along what is linked with the customer', async () => {
    const id = await desk.create({ surname: 'Buyer' })
    const rows = new Map([[id, 3]])
    const linked: LinkedData = {
      count: async customer => rows.get(customer) ?? 0,
      forget: async customer => {
        const count = rows.get(customer) ?? 0
        rows.delete(customer)
        return count
      },
    }
    const told = await erase(id, [linked])
    expect([told.removed.linked, told.found.linked, rows.size]).toEqual([3, 0, 0])
  })

  test('of somebody unknown is refused, and nothing is stored', async () => {
    await expect(erase(UNKNOWN)).rejects.toThrow('Customer not found')
    for (const name of Object.values(desk.tables.names)) expect(await desk.rows(name)).toEqual([])
  })

  test('of somebody who is held is refused with the reason, and nothing goes', async () => {
    const ids = [await desk.create({ surname: 'One' }), await desk.create({ surname: 'Two' })].sort()
    const [a = '', b = ''] = ids
    await desk.decide([a, b], 'same')
    await holdCustomer(desk.records, desk.call(), b, { reason: 'a court asked', until: callAt(86_400).now })
    await expect(erase(a)).rejects.toThrow(`${b} is held (a court asked)`)
    expect([await desk.versions(a), await desk.versions(b)]).toEqual([2, 3])
    desk.pass({ days: 2 })
    expect((await erase(a)).ids).toEqual(ids)
  })

  test('also of somebody whom a purge took, so that nothing of them can come back', async () => {
    const id = await desk.create({ surname: 'Old' })
    desk.pass({ days: 31 })
    await desk.run()
    expect(await erase(id)).toMatchObject({ ids: [id], removed: { versions: 0 }, pending: [] })
    expect((await desk.records.loadPartition('customer', id)).tombstone.erased).toBe(true)
  })

  test('is not kept from by a search that does not answer: then that is what the certificate says', async () => {
    const id = await desk.create({ surname: 'Goes' })
    const { Unavailable } = await import('#domain/errors.ts')
    const held = desk.index.getMany.bind(desk.index)
    desk.index.getMany = () => Promise.reject(new Unavailable('it is down'))
    expect((await erase(id)).found).toEqual({ registry: 0, views: 0, index: null, audit: 0, linked: 0, copies: 0 })
    desk.index.getMany = held
    expect((await erase(id)).found.index).toBe(0)
  })

  test('takes from the index what was put there late', async () => {
    const id = await desk.create({ surname: 'Goes' })
    await erase(id)
    await desk.index.put([{ id, version: 10 ** 15, person: null, past: [{ ...nobody, surname: 'Goes' }] }])
    expect((await erase(id)).found.index).toBe(0)
  })
})

const nobody = { type: 'PERSON', surname: null, given_name: null, dob: null, document_number: null, details: {} }

describe('a certificate', () => {
  test('names the locations that are pending until they have said so, each time anew', async () => {
    const id = await desk.create({ surname: 'Goes' })
    await desk.hear('loc2')
    await desk.hear('loc3')
    const first = await erase(id)
    expect(first.pending).toEqual(['loc2', 'loc3'])
    await desk.erasures.acknowledge(id, 'loc3', desk.now)
    const second = await erase(id)
    expect(second.pending).toEqual(['loc2'])
    expect(second.locations.map(({ name }) => name)).toEqual(['loc1', 'loc2', 'loc3'])
    expect(second.certificate).not.toBe(first.certificate)
    const { read_at: _, locations: __, pending: ___, certificate: ____, ...same } = first
    expect(second).toMatchObject(same)
  })

  test('says until when backups hold what was erased', async () => {
    const id = await desk.create({ surname: 'Goes' })
    const { erased_at, backups_until } = await erase(id)
    expect(Date.parse(backups_until) - Date.parse(erased_at)).toBe(35 * 86_400_000)
  })

  test('is genuine as it is, and in no other way', async () => {
    const { certificate, ...told } = await erase(await desk.create({ surname: 'Goes' }))
    expect(verifyCertificate(KEY, certificate)).toEqual({ valid: true, erasure: told })
    const at = desk.now
    const receipt = signReceipt(KEY, { answer: 'listed', at, location: 'loc1', known_at: at, query: { surname: 'x' } })
    for (const other of [`${certificate}x`, certificate.replace(/^./, 'A'), '', '.', receipt])
      expect(verifyCertificate(KEY, other)).toEqual({ valid: false, erasure: null })
    expect(verifyCertificate('l'.repeat(32), certificate).valid).toBe(false)
  })
})

test('where the tombstone came before what says of whom it is, another location asks to be asked again', async () => {
  const id = await desk.create({ surname: 'Goes' })
  await desk.records.putTombstone('customer', id, { purged: {}, erased: true })
  await applyTombstone(desk.records, desk.call(), 'customer', id)
  await expect(erase(id)).rejects.toThrow('not fully arrived yet')
})
