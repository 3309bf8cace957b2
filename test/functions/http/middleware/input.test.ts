import { expect, test } from '@jest/globals'
import * as z from 'zod'
import { routes } from '#contract/routes.ts'
import { InvalidInput } from '#domain/errors.ts'
import { input } from '#functions/http/middleware/input.ts'
import { ok, operation } from '#functions/http/operation.ts'
import { toRequest, withState } from './request.ts'

/** Returns the body that the handler receives after the middleware prepared and the test made the call. */
async function parse(body: unknown, findSemanticErrors?: () => Promise<{ pointer: string; detail: string }[]>) {
  let received: unknown
  const create = operation(
    routes.createCustomer,
    parsed => {
      received = parsed.body
      return ok({})
    },
    findSemanticErrors,
  )
  const request = withState(await toRequest({ body: JSON.stringify(body) }), { operation: create })
  await input().before?.(request)
  expect(received).toBeUndefined()
  await request.context.http?.run?.()
  return received
}

test('a valid request prepares the call of its handler with the parsed body', async () => {
  expect(await parse({ surname: ' Okafor ', type: 'PERSON' })).toMatchObject({ surname: 'Okafor', type: 'PERSON' })
})

test('an invalid request is refused with every error, before its handler is called', async () => {
  const errors = await parse({ surname: 4, dob: '1990-02-31' }).catch((error: unknown) => error)
  if (!(errors instanceof InvalidInput)) throw new Error('the input was accepted')
  expect(errors.faults.map(({ pointer }) => pointer)).toEqual(expect.arrayContaining(['#/surname', '#/dob']))
})

test('semantic errors are added to schema errors, one per pointer', async () => {
  const findSemanticErrors = async () => [
    { pointer: '#/surname', detail: 'is reported by the schema already' },
    { pointer: '#/details/city', detail: 'is not a field' },
  ]
  const errors = await parse({ surname: 4 }, findSemanticErrors).catch((error: unknown) => error)
  const pointers = z.object({ faults: z.array(z.object({ pointer: z.string() })) }).parse(errors)
  const counts = Map.groupBy(pointers.faults, ({ pointer }) => pointer)
  expect(counts.get('#/surname')).toHaveLength(1)
  expect(counts.get('#/details/city')).toHaveLength(1)
})
