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
import { callAt, timeAt } from '#test/in-memory/call.ts'
import { MemoryRecordStore } from '#test/in-memory/record-store.ts'

const ALWAYS = { ifMatch: undefined, idempotencyKey: undefined }
const NO_FIELDS = new Map()

/** A location whose list one customer stands on; what is written there is sent when a test says so. */
class Office {
  readonly records = new MemoryRecordStore()
  readonly location: string
  #second: number

  constructor(location: string, second: number) {
    this.location = location
    this.#second = second
  }

  call(actor = 'agent') {
    return callAt(++this.#second, { location: this.location, actor })
  }

  patch(id: string, said: Parameters<typeof patchCustomer>[4], actor = 'agent') {
    return patchCustomer(this.records, this.call(actor), NO_FIELDS, id, said, ALWAYS)
  }

  async get(id: string) {
    return (await getCustomer(this.records, id, {}, true, this.call().now)).customer
  }

  async conflicts() {
    return (await listConflicts(this.records, 100, null)).items
  }

  /** Decides the only conflict there is. */
  async decide(decision: 'confirm' | 'reverse', note?: string) {
    const [only, ...others] = await this.conflicts()
    if (!only || others.length > 0) throw new Error('there is one conflict')
    return resolveConflict(this.records, this.call('provider'), only.id, { decision, note })
  }

  /** Everything that the other has of a record arrives and is folded in. */
  async hear(other: Office, id: string): Promise<void> {
    const versions: readonly Version[] = other.records.here('customer', id)
    for (const version of versions) this.records.arrive(version)
    const foreign = versions.filter(({ location }) => location !== this.location)
    const row = await this.records.current('customer', id, true)
    if (foreign.length > 0) await reconcile(this.records, this.call(), { kind: 'customer', id, row }, foreign)
  }
}

describe('a conflict between two locations', () => {
  let [here, there] = [new Office('loc1', 0), new Office('loc2', 1000)]
  let id = ''

  const heal = async () => {
    await here.hear(there, id)
    await there.hear(here, id)
  }

  beforeEach(async () => {
    ;[here, there] = [new Office('loc1', 0), new Office('loc2', 1000)]
    const said = { surname: 'Amsel', dob: '1970-01-01' }
    id = (await createCustomer(here.records, here.call(), NO_FIELDS, said, undefined)).customer.id
    await there.hear(here, id)
    await here.patch(id, { surname: 'Drossel' }, 'anna')
    await there.patch(id, { surname: 'Fink', dob: '1971-01-01' }, 'bert')
    await heal()
  })

  test('is listed at both with what either said, who and where; what one alone said is in none', async () => {
    for (const office of [here, there])
      expect(await office.conflicts()).toMatchObject([
        {
          customer: id,
          field: 'surname',
          kept: { value: 'Fink', actor: 'bert', location: 'loc2', action: 'update' },
          lost: { value: 'Drossel', actor: 'anna', location: 'loc1' },
        },
      ])
    expect(await here.get(id)).toMatchObject({ surname: 'Fink', dob: '1971-01-01' })
  })

  test.each([
    ['confirm', 'Fink'],
    ['reverse', 'Drossel'],
  ] as const)('that is settled by %s makes a version, and is gone everywhere', async (decision, surname) => {
    const settled = await here.decide(decision, 'asked them')
    expect(settled).toMatchObject({ decision, field: 'surname' })
    expect(await here.conflicts()).toEqual([])
    await heal()
    for (const office of [here, there]) {
      expect(await office.conflicts()).toEqual([])
      expect((await office.get(id)).surname).toBe(surname)
      const { items } = await customerHistory(office.records, id, 1, undefined)
      expect(items[0]).toMatchObject({
        actor: 'provider',
        sets: ['surname'],
        note: 'asked them',
        version: settled.version,
      })
    }
  })

  test('over a hold is told in plain words, and settled by what was written', async () => {
    await here.decide('confirm')
    await heal()
    await holdCustomer(here.records, here.call(), id, { reason: 'a court asked' })
    await holdCustomer(there.records, there.call(), id, { reason: 'a claim is open', until: timeAt(9000) })
    await heal()
    const told = {
      field: 'hold',
      lost: { value: 'a court asked' },
      kept: { value: `a claim is open (until ${timeAt(9000)})` },
    }
    expect(await here.conflicts()).toMatchObject([told])
    expect(await here.decide('reverse')).toMatchObject(told)
    const row = await here.records.current('customer', id, true)
    expect(row && toHold(row.snapshot)).toMatchObject({ held: true, reason: 'a court asked', until: null })
  })

  test('is settled by whoever says the field again, knowing both', async () => {
    await there.patch(id, { surname: 'Star' })
    await heal()
    expect([await here.conflicts(), await there.conflicts()]).toEqual([[], []])
  })

  test('cannot be settled twice, nor if it never was', async () => {
    const [one] = await here.conflicts()
    await here.decide('confirm')
    await expect(
      resolveConflict(here.records, here.call(), one?.id ?? '', { decision: 'reverse', note: undefined }),
    ).rejects.toThrow('Conflict not found')
    await expect(
      resolveConflict(here.records, here.call(), 'bm90aGluZw', { decision: 'confirm', note: undefined }),
    ).rejects.toThrow('Conflict not found')
  })
})

describe('a customer who is taken off the list at one location and changed at another', () => {
  test.each([
    ['confirm', 'deleted'],
    ['reverse', 'active'],
  ] as const)('is off the list until that is decided: %s, then %s', async (decision, state) => {
    const [here, there] = [new Office('loc1', 0), new Office('loc2', 1000)]
    const { id } = (await createCustomer(here.records, here.call(), NO_FIELDS, { surname: 'Amsel' }, undefined))
      .customer
    await there.hear(here, id)
    await deleteCustomer(here.records, here.call(), id, ALWAYS)
    await there.patch(id, { dob: '1980' })
    await here.hear(there, id)
    expect(await here.get(id)).toMatchObject({ state: 'deleted', dob: '1980' })
    expect(await here.conflicts()).toMatchObject([
      { field: 'state', kept: { value: 'deleted', action: 'delete' }, lost: { value: 'active', action: 'update' } },
    ])
    await here.decide(decision)
    await there.hear(here, id)
    expect(await there.get(id)).toMatchObject({ state, dob: '1980' })
    expect([await here.conflicts(), await there.conflicts()]).toEqual([[], []])
  })

  test('is split off again where it was merged and that is reversed', async () => {
    const [here, there] = [new Office('loc1', 0), new Office('loc2', 1000)]
    const make = async (surname: string) =>
      (await createCustomer(here.records, here.call(), NO_FIELDS, { surname }, undefined)).customer.id
    const [a = '', b = ''] = [await make('Amsel'), await make('Amsl')].sort()
    await there.hear(here, b)
    await merge(here.records, here.call(), [a, b], null)
    await there.patch(b, { dob: '1980' })
    await here.hear(there, b)
    expect(await here.conflicts()).toMatchObject([{ customer: b, field: 'state', kept: { value: 'merged' } }])
    await here.decide('reverse')
    expect(await here.get(b)).toMatchObject({ state: 'active', merged_into: null, dob: '1980' })
    expect(await here.conflicts()).toEqual([])
  })
})
