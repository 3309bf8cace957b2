import { beforeEach, describe, expect, test } from '@jest/globals'
import { Desk } from './fixtures.ts'

const NAMED = { surname: 'Lindqvist', given_name: 'Marta', dob: '1961-04-12' }
const SPELT = { surname: 'Lindkvist', given_name: 'Märta', dob: '1961-04-12', document_number: 'SE 4711' }

describe('two customers who are the same', () => {
  let desk: Desk
  let [a, b] = ['', '']

  beforeEach(async () => {
    desk = new Desk()
    const ids = [await desk.create(NAMED), await desk.create(SPELT)].sort()
    ;[a = '', b = ''] = ids
  })

  test('come up for review', async () => {
    expect(await desk.queue()).toEqual([[a, b]])
  })

  test('become the one of the lesser id, whichever is named first, with what only the other had', async () => {
    const { customers } = await desk.decide('same', b, a)
    expect(customers.map(({ id }) => id)).toEqual([a])
    const stays = await desk.get(a)
    expect(stays).toMatchObject({ state: 'active', document_number: 'SE 4711', absorbed: [b], merged_into: null })
    expect(await desk.get(b)).toMatchObject({ state: 'merged', merged_into: a, absorbed: [] })
    expect(await desk.queue()).toEqual([])
  })

  test('keep what the one that lives on says itself', async () => {
    const before = await desk.get(a)
    await desk.decide('same', a, b)
    const { surname, given_name, dob } = await desk.get(a)
    expect({ surname, given_name, dob }).toEqual({
      surname: before.surname,
      given_name: before.given_name,
      dob: before.dob,
    })
  })

  test('are found by what either was called, as the one that lives on, once', async () => {
    await desk.decide('same', a, b)
    expect(await desk.match({ surname: 'Lindqvist', given_name: 'Marta' })).toEqual([a])
    expect(await desk.match({ surname: 'Lindkvist', given_name: 'Märta' })).toEqual([a])
  })

  test('are two in the list as it was before', async () => {
    const before = desk.call.now
    await desk.decide('same', a, b)
    expect((await desk.match({ surname: 'Lindqvist', given_name: 'Marta' }, before)).sort()).toEqual([a, b])
    expect((await desk.get(b, before)).state).toBe('active')
  })

  test('said again, make no further version', async () => {
    await desk.decide('same', a, b)
    const versions = desk.records.size
    await desk.decide('same', b, a)
    expect(desk.records.size).toBe(versions)
  })

  test('are two again after a split, each as it was, and do not come up again', async () => {
    const [one, other] = [await desk.get(a), await desk.get(b)]
    await desk.decide('same', a, b)
    await desk.split(b)
    const still = ({ surname, given_name, dob, document_number, state, absorbed, merged_into }: typeof one) => ({
      ...{ surname, given_name, dob, document_number, state, absorbed, merged_into },
    })
    expect(still(await desk.get(a))).toEqual(still(one))
    expect(still(await desk.get(b))).toEqual(still(other))
    expect(await desk.queue()).toEqual([])
    expect((await desk.match({ surname: 'Lindqvist', given_name: 'Marta' })).sort()).toEqual([a, b])
  })

  test('keep after a split what was corrected in between', async () => {
    await desk.decide('same', a, b)
    await desk.patch(a, { document_number: 'SE 4712' })
    await desk.split(b)
    const numbers = [(await desk.get(a)).document_number, (await desk.get(b)).document_number]
    expect(numbers.sort()).toEqual(['SE 4711', 'SE 4712'])
  })

  test('can be merged with a third, whichever of them is named', async () => {
    const c = await desk.create({ surname: 'Lindquist', given_name: 'Marta', dob: '1961-04-12' })
    await desk.decide('same', a, b)
    const { customers } = await desk.decide('same', b, c)
    const [least = ''] = [a, c].sort()
    expect(customers.map(({ id }) => id)).toEqual([least])
    expect(await desk.match({ surname: 'Lindkvist', given_name: 'Märta' })).toEqual([least])
  })

  test.each([
    ['changed', (id: string) => desk.patch(id, { surname: 'Other' })],
    ['deleted', (id: string) => desk.delete(id)],
  ])('once merged, the one that does not live on cannot be %s, and is told which does', async (_, attempt) => {
    await desk.decide('same', a, b)
    await expect(attempt(b)).rejects.toThrow(a)
  })

  test('cannot be merged while one is deleted', async () => {
    await desk.delete(a)
    await expect(desk.decide('same', a, b)).rejects.toThrow('deleted')
  })

  test('cannot be one customer, nor one that is not there', async () => {
    await expect(desk.decide('same', a, a)).rejects.toThrow('must be two different customers')
    await expect(desk.decide('same', a, '00000000-0000-4000-8000-00000000dead')).rejects.toThrow('not found')
  })

  test('that were never merged cannot be split', async () => {
    await expect(desk.split(a)).rejects.toThrow('merged into no other')
    await desk.decide('same', a, b)
    await expect(desk.split(a)).rejects.toThrow(b)
  })
})

describe('two customers who differ', () => {
  let desk: Desk
  let [a, b] = ['', '']

  beforeEach(async () => {
    desk = new Desk()
    ;[a = '', b = ''] = [await desk.create(NAMED), await desk.create(SPELT)].sort()
    await desk.decide('different', a, b)
  })

  test('do not come up again, also when something else about them changes', async () => {
    await desk.patch(a, { type: 'PERSON', details: {} })
    await desk.project(a, b)
    expect(await desk.queue()).toEqual([])
  })

  test('come up again when what identifies one of them changes', async () => {
    await desk.patch(b, { document_number: 'SE 4713' })
    expect(await desk.queue()).toEqual([[a, b]])
  })

  test('do not come up when they are no longer alike', async () => {
    await desk.patch(b, { surname: 'Okonkwo', given_name: 'Chidi', dob: '1999-01-02' })
    expect(await desk.queue()).toEqual([])
  })

  test('can be decided to be the same after all', async () => {
    await desk.decide('same', a, b)
    expect((await desk.get(b)).merged_into).toBe(a)
  })
})
