import { beforeEach, describe, expect, test } from '@jest/globals'
import { createCustomer } from '#domain/customers/create.ts'
import { decideOnType, removeType, requestType } from '#domain/fields/types.ts'
import { TestLocation } from '#test/in-memory/test-location.ts'

let location: TestLocation
beforeEach(() => {
  location = new TestLocation()
})

describe('a customer type', () => {
  const CREATE = { surname: 'Amsel', type: 'PARTNER' }
  const create = async () =>
    createCustomer(location.records, location.context(), await location.definitions(), CREATE, undefined)
  const authorisePartner = async () => {
    await requestType(location, location.context(), { name: 'PARTNER' })
    await decideOnType(location, location.context('provider'), 'PARTNER', 'authorise')
  }

  test('can be used once it is authorised', async () => {
    await expect(create()).rejects.toMatchObject({
      faults: [{ pointer: '#/type', detail: 'must be one of INSTITUTION, PERSON' }],
    })
    await requestType(location, location.context(), { name: 'PARTNER' })
    await expect(create()).rejects.toMatchObject({ kind: 'invalid-input' })
    await decideOnType(location, location.context('provider'), 'PARTNER', 'authorise')
    expect((await create()).customer.type).toBe('PARTNER')
  })

  test('in use cannot be removed, and the error counts its customers', async () => {
    await authorisePartner()
    await create()
    await create()
    await expect(removeType(location, location.context('provider'), 'PARTNER')).rejects.toMatchObject({
      kind: 'conflict',
      message: expect.stringContaining('2 customers'),
    })
    expect((await create()).customer.type).toBe('PARTNER')
  })

  test('is refused when there are already 100', async () => {
    for (let n = 1; n <= 100; n++) await requestType(location, location.context(), { name: `TYPE_${n}` })
    await expect(requestType(location, location.context(), { name: 'PARTNER' })).rejects.toMatchObject({
      kind: 'conflict',
      message: expect.stringContaining('There are 100 types'),
    })
    expect(location.records.size).toBe(100)
  })

  test('not in use can be removed; its customers at other locations can still be searched', async () => {
    await authorisePartner()
    await removeType(location, location.context('provider'), 'PARTNER')
    await expect(create()).rejects.toMatchObject({ kind: 'invalid-input' })
    expect((await location.definitions()).types.has('PARTNER')).toBe(true)
  })

  test.each(['PERSON', 'INSTITUTION'])('that is built in cannot be changed: %s', async name => {
    const changes = [
      () => requestType(location, location.context(), { name }),
      () => decideOnType(location, location.context(), name, 'reject'),
      () => removeType(location, location.context(), name),
    ]
    for (const change of changes) await expect(change()).rejects.toMatchObject({ kind: 'conflict' })
    expect(location.records.size).toBe(0)
  })
})
