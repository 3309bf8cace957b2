import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { problemType } from '#contract/problems.ts'
import type { Route } from '#contract/route.ts'
import { routes } from '#contract/routes.ts'
import { customer, customerList } from '#contract/schemas/customer.ts'
import { problem } from '#contract/schemas/problem.ts'
import { buyList } from '#contract/schemas/purchase.ts'
import type { ApiResponse } from './api.ts'
import { paths, queries } from './bad-addresses.ts'
import { bodies, headers, otherBodies } from './bad-bodies.ts'
import { BUYER, purchases } from './bad-purchases.ts'
import { type BadRequest, details, members, SECRET, times, values } from './bad-requests.ts'
import { readEverything } from './pages.ts'
import { startServer, type TestServer } from './server.ts'

const NOBODY = '00000000-0000-4000-8000-000000000000'
const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const STACK = /node_modules|\.[tj]s:\d+|\n\s+at |Error:|ValidationException/

let server: TestServer
let token: string
let id: string
let before: unknown

beforeAll(async () => {
  server = await startServer()
  token = await server.token('agent')
  const body = { surname: 'Good', given_name: 'Input', details: { city: 'Cork' } }
  id = (await server.api('POST', '/v1/customers', { token, body })).as(customer).id
  before = await readEverything(server, token)
})
afterAll(() => server.stop())

/** Expects a problem document that reveals nothing internal. */
function expectProblem(response: ApiResponse, status: number, path: string) {
  expect({ status: response.status, text: response.text }).toMatchObject({ status })
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  expect(response.headers.get('cache-control')).toBe('no-store')
  const problemDocument = response.as(problem)
  expect(problemDocument).toMatchObject({ status, instance: path })
  expect(problemDocument.request_id).toBe(response.headers.get('x-request-id'))
  expect(problemDocument.type).toMatch(/^urn:customer-registry:problem:[a-z-]+$/)
  expect(response.text).not.toMatch(STACK)
  return problemDocument
}

describe.each([
  ['in members', members],
  ['in values', values],
  ['in details', details],
  ['in times', times],
  ['in the query', queries],
  ['in the path', paths],
  ['in the body as a whole', bodies],
  ['in headers', headers],
  ['in other bodies', otherBodies],
  ['in purchases', purchases],
])('bad input %s returns a problem document:', (_, requests: BadRequest[]) => {
  test.each(requests)('$title', async ({ request, body, headers = {}, status = 400, pointers: expectedPointers }) => {
    const [method = '', to = ''] = request.split(' ')
    const path = to.replace(':id', id).replace(':nobody', NOBODY)
    const response = await server.api(method, path, { token, body, headers })
    const problemDocument = expectProblem(response, status, new URL(server.url + path).pathname)
    expect([...new Set(problemDocument.errors.map(({ pointer }) => pointer))].sort()).toEqual(
      [...expectedPointers].sort(),
    )
    expect(response.text.replaceAll(path, '')).not.toContain(SECRET)
  })
})

describe('a method that a path does not support', () => {
  const routesByPath = Map.groupBy(Object.values<Route>(routes), ({ path }) => path)
  const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
  const unsupported = [...routesByPath].flatMap(([path, ownRoutes]) =>
    METHODS.filter(method => ownRoutes.every(route => route.method !== method)).map(
      (method): [string, string, string[]] => [method, path, ownRoutes.map(route => route.method)],
    ),
  )

  test.each(unsupported)('%s %s returns 405 with the supported methods', async (method, path, allowed) => {
    const requestPath = path.replaceAll(/\{\w+\}/g, NOBODY)
    const response = await server.api(method, requestPath, { token })
    const problemDocument = expectProblem(response, 405, requestPath)
    expect(problemDocument.type).toBe(problemType('method-not-allowed'))
    expect(response.headers.get('allow')?.split(', ').sort()).toEqual([...allowed].sort())
  })
})

describe('a cursor', () => {
  const expectRefused = async (path: string) => {
    const response = await server.api('GET', path, { token })
    const problemDocument = expectProblem(response, 400, new URL(server.url + path).pathname)
    expect(problemDocument).toMatchObject({ type: problemType('invalid-cursor'), errors: [{ pointer: '?cursor' }] })
  }
  const getCursor = async (path: string): Promise<string> => {
    const { next } = (await server.api('GET', path, { token })).as(customerList.pick({ next: true }))
    if (next === null) throw new Error(`${path} has one page`)
    return next
  }

  test('with any one bit changed is refused', async () => {
    const cursor = await getCursor('/v1/customers?limit=2')
    const flipBit = (character: string) => BASE64URL[BASE64URL.indexOf(character) ^ 1] ?? 'A'
    const edited = [...cursor].map((character, n) => cursor.slice(0, n) + flipBit(character) + cursor.slice(n + 1))
    for (const editedCursor of edited)
      await expectRefused(`/v1/customers?limit=2&cursor=${encodeURIComponent(editedCursor)}`)
  })

  test.each([
    ['with an additional character', (cursor: string) => `${cursor}A`],
    ['with an additional part', (cursor: string) => `${cursor}.A`],
    ['with a character outside its alphabet', (cursor: string) => `${cursor}!`],
    ['without its last character', (cursor: string) => cursor.slice(0, -1)],
    ['without its authentication tag', (cursor: string) => cursor.slice(0, -22)],
    [
      'made by the caller',
      () => `${Buffer.from('{"after":null,"now":"","shard":0,"type":0}').toString('base64url')}.AAAAAAAAAAAAAAAAAAAAAA`,
    ],
    ['of any other text', () => 'next'],
  ])('%s is refused', async (_, edit) => {
    await expectRefused(
      `/v1/customers?limit=2&cursor=${encodeURIComponent(edit(await getCursor('/v1/customers?limit=2')))}`,
    )
  })

  test.each([
    ['another filter', '/v1/customers?limit=2&type=PERSON'],
    ['another time', '/v1/customers?limit=2&as_of=2030-01-01'],
    ['another path', '/v1/diff?from=2020-01-01&limit=2'],
    ["a customer's history", '/v1/customers/:id/history?limit=2'],
  ])('of one query is refused with %s', async (_, path) => {
    const cursor = await getCursor('/v1/customers?limit=2')
    await expectRefused(`${path.replace(':id', id)}&cursor=${cursor}`)
  })
})

test('none of these requests changed the list or its versions', async () => {
  expect(await readEverything(server, token)).toEqual(before)
  expect((await server.api('GET', `/getAllUserBuys/${BUYER}`, { token })).as(buyList).items).toEqual([])
})
