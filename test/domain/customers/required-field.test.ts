import { beforeEach, describe, expect, test } from '@jest/globals'
import { requestFieldBody } from '#contract/schemas/field.ts'
import { createCustomer } from '#domain/customers/create.ts'
import { patchCustomer, putCustomer } from '#domain/customers/edit.ts'
import { authoriseField, patchField, requestField } from '#domain/fields/fields.ts'
import { TestLocation } from '#test/in-memory/test-location.ts'

const ALWAYS = { ifMatch: undefined, idempotencyKey: undefined }

let location: TestLocation
let id: string

/** Creates a customer without details, and returns its id. */
const create = async () => {
  const { records } = location
  const body = { surname: 'Amsel', details: {} }
  const definitions = await location.definitions()
  return (await createCustomer(records, location.context(), definitions, body, undefined)).customer.id
}
const patch = async (changes: Parameters<typeof patchCustomer>[4]) =>
  patchCustomer(location.records, location.context(), await location.definitions(), id, changes, ALWAYS)
const put = async (changes: Parameters<typeof putCustomer>[4]) =>
  putCustomer(location.records, location.context(), await location.definitions(), id, changes, ALWAYS)

describe('a required field', () => {
  const required = { pointer: '#/details/colour', detail: 'is required' }
  beforeEach(async () => {
    location = new TestLocation()
    await requestField(location, location.context(), requestFieldBody.parse({ name: 'colour', type: 'text' }))
    await authoriseField(location.records, location.context('provider'), 'colour')
    id = await create()
    await patchField(location.records, location.context('provider'), 'colour', { required: true })
  })

  test('must be set when a customer is created or replaced, and cannot be cleared', async () => {
    await expect(create()).rejects.toMatchObject({ faults: [required] })
    await expect(put({ surname: 'A' })).rejects.toMatchObject({ faults: [required] })
    await expect(patch({ details: { colour: null } })).rejects.toMatchObject({ faults: [required] })
  })

  test('does not prevent other changes of a customer that lacks it', async () => {
    await patch({ given_name: 'Ada' })
    expect((await put({ surname: 'A', details: { colour: 'red' } })).customer.details).toEqual({ colour: 'red' })
  })
})
