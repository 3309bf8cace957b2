import { beforeEach, describe, expect, test } from '@jest/globals'
import { listConflicts } from '#domain/conflicts/list.ts'
import { resolveConflict } from '#domain/conflicts/resolve-conflict.ts'
import { createCustomer } from '#domain/customers/create.ts'
import { deleteCustomer, patchCustomer } from '#domain/customers/edit.ts'
import { customerHistory, getCustomer } from '#domain/customers/read.ts'
import { merge } from '#domain/duplicates/merge.ts'
import { reconcile } from '#domain/records/reconcile.ts'
import type { Version } from '#domain/records/version.ts'
import { holdCustomer, toHold } from '#domain/retention/hold.ts'
import { contextAt, timeAt } from '#test/in-memory/context.ts'
import { MemoryRecordStore } from '#test/in-memory/record-store.ts'

const ALWAYS = { ifMatch: undefined, idempotencyKey: undefined }
const NO_FIELDS = new Map()

/** A location with its own records. A test decides when versions reach another location. */
class TestLocation {
  readonly records = new MemoryRecordStore()
  readonly location: string
  #second: number

  constructor(location: string, second: number) {
    this.location = location
    this.#second = second
  }

  context(actor = 'agent') {
    return contextAt(++this.#second, { location: this.location, actor })
  }

  patch(id: string, changes: Parameters<typeof patchCustomer>[4], actor = 'agent') {
    return patchCustomer(this.records, this.context(actor), NO_FIELDS, id, changes, ALWAYS)
  }

  async get(id: string) {
    return (await getCustomer(this.records, id, {}, true, this.context().now)).customer
  }

  async conflicts() {
    return (await listConflicts(this.records, 100, null)).items
  }

  /** Resolves the only open conflict. */
  async resolveOnly(decision: 'confirm' | 'reverse', note?: string) {
    const [conflict, ...others] = await this.conflicts()
    if (!conflict || others.length > 0) throw new Error('expected exactly one open conflict')
    return resolveConflict(this.records, this.context('provider'), conflict.id, { decision, note })
  }

  /** Receives every version that another location has of a customer, and folds them. */
  async receiveFrom(sender: TestLocation, id: string): Promise<void> {
    const versions: readonly Version[] = sender.records.versionsOf('customer', id)
    for (const version of versions) this.records.receive(version)
    const foreign = versions.filter(({ location }) => location !== this.location)
    const row = await this.records.current('customer', id, true)
    if (foreign.length > 0) await reconcile(this.records, this.context(), { kind: 'customer', id, row }, foreign)
  }
}

describe('a conflict between two locations', () => {
  let [loc1, loc2] = [new TestLocation('loc1', 0), new TestLocation('loc2', 1000)]
  let id = ''

  const exchange = async () => {
    await loc1.receiveFrom(loc2, id)
    await loc2.receiveFrom(loc1, id)
  }

  beforeEach(async () => {
    ;[loc1, loc2] = [new TestLocation('loc1', 0), new TestLocation('loc2', 1000)]
    const fields = { surname: 'Amsel', dob: '1970-01-01' }
    id = (await createCustomer(loc1.records, loc1.context(), NO_FIELDS, fields, undefined)).customer.id
    await loc2.receiveFrom(loc1, id)
    await loc1.patch(id, { surname: 'Drossel' }, 'anna')
    await loc2.patch(id, { surname: 'Fink', dob: '1971-01-01' }, 'bert')
    await exchange()
  })

  test('is listed at both with both values, their actors and locations; a field that only one changed is not in conflict', async () => {
    for (const location of [loc1, loc2])
      expect(await location.conflicts()).toMatchObject([
        {
          customer: id,
          field: 'surname',
          kept: { value: 'Fink', actor: 'bert', location: 'loc2', action: 'update' },
          lost: { value: 'Drossel', actor: 'anna', location: 'loc1' },
        },
      ])
    expect(await loc1.get(id)).toMatchObject({ surname: 'Fink', dob: '1971-01-01' })
  })

  test.each([
    ['confirm', 'Fink'],
    ['reverse', 'Drossel'],
  ] as const)('resolved by %s makes a version and disappears at both locations', async (decision, surname) => {
    const resolved = await loc1.resolveOnly(decision, 'asked them')
    expect(resolved).toMatchObject({ decision, field: 'surname' })
    expect(await loc1.conflicts()).toEqual([])
    await exchange()
    for (const location of [loc1, loc2]) {
      expect(await location.conflicts()).toEqual([])
      expect((await location.get(id)).surname).toBe(surname)
      const { items } = await customerHistory(location.records, id, 1, undefined)
      expect(items[0]).toMatchObject({
        actor: 'provider',
        sets: ['surname'],
        note: 'asked them',
        version: resolved.version,
      })
    }
  })

  test('about a hold is shown in plain words, and resolved with the stored values', async () => {
    await loc1.resolveOnly('confirm')
    await exchange()
    await holdCustomer(loc1.records, loc1.context(), id, { reason: 'a court asked' })
    await holdCustomer(loc2.records, loc2.context(), id, { reason: 'a claim is open', until: timeAt(9000) })
    await exchange()
    const expected = {
      field: 'hold',
      lost: { value: 'a court asked' },
      kept: { value: `a claim is open (until ${timeAt(9000)})` },
    }
    expect(await loc1.conflicts()).toMatchObject([expected])
    expect(await loc1.resolveOnly('reverse')).toMatchObject(expected)
    const row = await loc1.records.current('customer', id, true)
    expect(row && toHold(row.snapshot)).toMatchObject({ held: true, reason: 'a court asked', until: null })
  })

  test('is resolved when a writer that knows both sets the field again', async () => {
    await loc2.patch(id, { surname: 'Star' })
    await exchange()
    expect([await loc1.conflicts(), await loc2.conflicts()]).toEqual([[], []])
  })

  test('cannot be resolved twice, and an unknown conflict cannot be resolved', async () => {
    const [conflict] = await loc1.conflicts()
    await loc1.resolveOnly('confirm')
    await expect(
      resolveConflict(loc1.records, loc1.context(), conflict?.id ?? '', { decision: 'reverse', note: undefined }),
    ).rejects.toThrow('Conflict not found')
    await expect(
      resolveConflict(loc1.records, loc1.context(), 'bm90aGluZw', { decision: 'confirm', note: undefined }),
    ).rejects.toThrow('Conflict not found')
  })
})

describe('a customer deleted at one location and changed at another', () => {
  test.each([
    ['confirm', 'deleted'],
    ['reverse', 'active'],
  ] as const)('is deleted until the conflict is resolved: %s makes it %s', async (decision, state) => {
    const [loc1, loc2] = [new TestLocation('loc1', 0), new TestLocation('loc2', 1000)]
    const { id } = (await createCustomer(loc1.records, loc1.context(), NO_FIELDS, { surname: 'Amsel' }, undefined))
      .customer
    await loc2.receiveFrom(loc1, id)
    await deleteCustomer(loc1.records, loc1.context(), id, ALWAYS)
    await loc2.patch(id, { dob: '1980' })
    await loc1.receiveFrom(loc2, id)
    expect(await loc1.get(id)).toMatchObject({ state: 'deleted', dob: '1980' })
    expect(await loc1.conflicts()).toMatchObject([
      { field: 'state', kept: { value: 'deleted', action: 'delete' }, lost: { value: 'active', action: 'update' } },
    ])
    await loc1.resolveOnly(decision)
    await loc2.receiveFrom(loc1, id)
    expect(await loc2.get(id)).toMatchObject({ state, dob: '1980' })
    expect([await loc1.conflicts(), await loc2.conflicts()]).toEqual([[], []])
  })

  test('is split off again when its merge conflicts with a change and is reversed', async () => {
    const [loc1, loc2] = [new TestLocation('loc1', 0), new TestLocation('loc2', 1000)]
    const create = async (surname: string) =>
      (await createCustomer(loc1.records, loc1.context(), NO_FIELDS, { surname }, undefined)).customer.id
    const [a = '', b = ''] = [await create('Amsel'), await create('Amsl')].sort()
    await loc2.receiveFrom(loc1, b)
    await merge(loc1.records, loc1.context(), [a, b], null)
    await loc2.patch(b, { dob: '1980' })
    await loc1.receiveFrom(loc2, b)
    expect(await loc1.conflicts()).toMatchObject([{ customer: b, field: 'state', kept: { value: 'merged' } }])
    await loc1.resolveOnly('reverse')
    expect(await loc1.get(b)).toMatchObject({ state: 'active', merged_into: null, dob: '1980' })
    expect(await loc1.conflicts()).toEqual([])
  })
})
