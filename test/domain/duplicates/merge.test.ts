import { beforeEach, describe, expect, test } from '@jest/globals'
import { DuplicatesFixture } from './fixtures.ts'

const MARTA = { surname: 'Lindqvist', given_name: 'Marta', dob: '1961-04-12' }
const MARTA_MISSPELT = { surname: 'Lindkvist', given_name: 'Märta', dob: '1961-04-12', document_number: 'SE 4711' }

describe('two duplicates', () => {
  let fixture: DuplicatesFixture
  let [a, b] = ['', '']

  beforeEach(async () => {
    fixture = new DuplicatesFixture()
    const ids = [await fixture.create(MARTA), await fixture.create(MARTA_MISSPELT)].sort()
    ;[a = '', b = ''] = ids
  })

  test('are queued for review', async () => {
    expect(await fixture.queue()).toEqual([[a, b]])
  })

  test('merge into the one with the lower id, in either order, with the fields that only the other had', async () => {
    const { customers } = await fixture.decide('same', b, a)
    expect(customers.map(({ id }) => id)).toEqual([a])
    const survivor = await fixture.get(a)
    expect(survivor).toMatchObject({ state: 'active', document_number: 'SE 4711', absorbed: [b], merged_into: null })
    expect(await fixture.get(b)).toMatchObject({ state: 'merged', merged_into: a, absorbed: [] })
    expect(await fixture.queue()).toEqual([])
  })

  test('can be tried: the result is shown, and nothing is written', async () => {
    const [before, versions] = [await fixture.get(a), fixture.records.size]
    const { customers, dry_run } = await fixture.decide('same', a, b, { dry_run: true })
    expect(dry_run).toBe(true)
    expect(customers).toMatchObject([{ id: a, surname: before.surname, document_number: 'SE 4711', absorbed: [b] }])
    expect(fixture.records.size).toBe(versions)
    expect(await fixture.get(a)).toEqual(before)
    expect(await fixture.queue()).toEqual([[a, b]])
  })

  test("keep the survivor's own fields", async () => {
    const before = await fixture.get(a)
    await fixture.decide('same', a, b)
    const { surname, given_name, dob } = await fixture.get(a)
    expect({ surname, given_name, dob }).toEqual({
      surname: before.surname,
      given_name: before.given_name,
      dob: before.dob,
    })
  })

  test('are found by either name, once, as the survivor', async () => {
    await fixture.decide('same', a, b)
    expect(await fixture.match({ surname: 'Lindqvist', given_name: 'Marta' })).toEqual([a])
    expect(await fixture.match({ surname: 'Lindkvist', given_name: 'Märta' })).toEqual([a])
  })

  test('are still two in the list as of a time before the merge', async () => {
    const before = fixture.context.now
    await fixture.decide('same', a, b)
    expect((await fixture.match({ surname: 'Lindqvist', given_name: 'Marta' }, before)).sort()).toEqual([a, b])
    expect((await fixture.get(b, before)).state).toBe('active')
  })

  test('merged a second time make no further version', async () => {
    await fixture.decide('same', a, b)
    const versions = fixture.records.size
    await fixture.decide('same', b, a)
    expect(fixture.records.size).toBe(versions)
  })

  test('are restored by a split and not queued again', async () => {
    const [first, second] = [await fixture.get(a), await fixture.get(b)]
    await fixture.decide('same', a, b)
    await fixture.split(b)
    const toComparable = ({
      surname,
      given_name,
      dob,
      document_number,
      state,
      absorbed,
      merged_into,
    }: typeof first) => ({
      ...{ surname, given_name, dob, document_number, state, absorbed, merged_into },
    })
    expect(toComparable(await fixture.get(a))).toEqual(toComparable(first))
    expect(toComparable(await fixture.get(b))).toEqual(toComparable(second))
    expect(await fixture.queue()).toEqual([])
    expect((await fixture.match({ surname: 'Lindqvist', given_name: 'Marta' })).sort()).toEqual([a, b])
  })

  test('keep corrections made between merge and split', async () => {
    await fixture.decide('same', a, b)
    await fixture.patch(a, { document_number: 'SE 4712' })
    await fixture.split(b)
    const numbers = [(await fixture.get(a)).document_number, (await fixture.get(b)).document_number]
    expect(numbers.sort()).toEqual(['SE 4711', 'SE 4712'])
  })

  test('can be merged with a third, named by either id', async () => {
    const c = await fixture.create({ surname: 'Lindquist', given_name: 'Marta', dob: '1961-04-12' })
    await fixture.decide('same', a, b)
    const { customers } = await fixture.decide('same', b, c)
    const [survivorId = ''] = [a, c].sort()
    expect(customers.map(({ id }) => id)).toEqual([survivorId])
    expect(await fixture.match({ surname: 'Lindkvist', given_name: 'Märta' })).toEqual([survivorId])
  })

  test.each([
    ['changed', (id: string) => fixture.patch(id, { surname: 'Other' })],
    ['deleted', (id: string) => fixture.delete(id)],
  ])('after their merge, the merged one cannot be %s, and the error names the survivor', async (_, attempt) => {
    await fixture.decide('same', a, b)
    await expect(attempt(b)).rejects.toThrow(a)
  })

  test('cannot be merged while one is deleted', async () => {
    await fixture.delete(a)
    await expect(fixture.decide('same', a, b)).rejects.toThrow('deleted')
  })

  test('cannot be the same customer, nor an unknown one', async () => {
    await expect(fixture.decide('same', a, a)).rejects.toThrow('must be two different customers')
    await expect(fixture.decide('same', a, '00000000-0000-4000-8000-00000000dead')).rejects.toThrow('not found')
  })

  test('cannot be split when they were never merged', async () => {
    await expect(fixture.split(a)).rejects.toThrow('merged into no other')
    await fixture.decide('same', a, b)
    await expect(fixture.split(a)).rejects.toThrow(b)
  })
})

describe('two customers that were marked as different', () => {
  let fixture: DuplicatesFixture
  let [a, b] = ['', '']

  beforeEach(async () => {
    fixture = new DuplicatesFixture()
    ;[a = '', b = ''] = [await fixture.create(MARTA), await fixture.create(MARTA_MISSPELT)].sort()
    await fixture.decide('different', a, b)
  })

  test('are not queued again when another field changes', async () => {
    await fixture.patch(a, { type: 'PERSON', details: {} })
    await fixture.project(a, b)
    expect(await fixture.queue()).toEqual([])
  })

  test('are queued again when an identifying field changes', async () => {
    await fixture.patch(b, { document_number: 'SE 4713' })
    expect(await fixture.queue()).toEqual([[a, b]])
  })

  test('are not queued when they are no longer similar', async () => {
    await fixture.patch(b, { surname: 'Okonkwo', given_name: 'Chidi', dob: '1999-01-02' })
    expect(await fixture.queue()).toEqual([])
  })

  test('can still be merged', async () => {
    await fixture.decide('same', a, b)
    expect((await fixture.get(b)).merged_into).toBe(a)
  })
})
