import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { routes } from '#contract/routes.ts'
import { NotFound } from '#domain/errors.ts'
import { type FunctionEnvironment, startFunctionEnvironment } from '../../function-environment.ts'
import { toRequest } from './request.ts'

let environment: FunctionEnvironment
let before: (request: Awaited<ReturnType<typeof toRequest>>) => unknown

beforeAll(async () => {
  environment = await startFunctionEnvironment()
  const { requestState } = await import('#functions/http/middleware/request-state.ts')
  const { ok, operation } = await import('#functions/http/operation.ts')
  const operations = {
    createCustomer: operation(routes.createCustomer, () => ok({})),
    lookup: operation(routes.lookup, () => ok({})),
  }
  before = request => requestState(operations).before?.(request)
})
afterAll(() => environment.engine.stop())

const toAuthorized = async (authorizer: Record<string, unknown> | null, change = {}) => {
  const { event } = await toRequest()
  const requestContext = { ...event.requestContext, authorizer }
  return toRequest({ requestContext, ...change })
}

test('the operation is found by method and resource, the caller by the authorizer', async () => {
  const request = await toAuthorized({ actor: 'ada', role: 'agent' })
  await before(request)
  expect(request.context.http).toMatchObject({
    name: 'createCustomer',
    role: 'agent',
    request: { actor: 'ada', location: 'loc1', request_id: request.event.requestContext.requestId },
  })
})

test.each([
  ['no authorizer', null, {}],
  ['an authorizer without a role', { actor: 'ada' }, {}],
  ['a public operation', { actor: 'ada', role: 'agent' }, { resource: '/v1/lookup', path: '/v1/lookup' }],
])('%s makes the caller public', async (_, authorizer, change) => {
  const request = await toAuthorized(authorizer, change)
  await before(request)
  expect(request.context.http).toMatchObject({ role: 'public', request: { actor: 'public' } })
})

test.each([{ httpMethod: 'PURGE' }, { resource: '/v1/nowhere' }])('%p is not found', async change => {
  const request = await toAuthorized({ actor: 'ada', role: 'agent' }, change)
  expect(() => before(request)).toThrow(NotFound)
  expect(request.context.http).toBeUndefined()
})

test('each request has separate state, even when the context is shared', async () => {
  const first = await toAuthorized({ actor: 'ada', role: 'agent' })
  const second = await toAuthorized({ actor: 'bob', role: 'provider' })
  second.context = first.context
  await before(first)
  await before(second)
  expect(first.context.http).toMatchObject({ request: { actor: 'ada' } })
  expect(second.context.http).toMatchObject({ request: { actor: 'bob' } })
})
