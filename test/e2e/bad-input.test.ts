import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { problemType } from '#contract/problems.ts'
import type { Route } from '#contract/route.ts'
import { routes } from '#contract/routes.ts'
import { customer, customerList } from '#contract/schemas/customer.ts'
import { problem } from '#contract/schemas/problem.ts'
import { buyList } from '#contract/schemas/purchase.ts'
import type { Answer } from './api.ts'
import { paths, queries } from './bad-addresses.ts'
import { bodies, elsewhere, headers } from './bad-bodies.ts'
import { BUYER, purchases } from './bad-purchases.ts'
import { type BadRequest, details, members, SECRET, times, values } from './bad-requests.ts'
import { everything } from './pages.ts'
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
  before = await everything(server, token)
})
afterAll(() => server.stop())

/** Refused as it should be: with a problem document that tells nothing it should not. */
function expectProblem(answer: Answer, status: number, path: string) {
  expect({ status: answer.status, text: answer.text }).toMatchObject({ status })
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
  expect(answer.headers.get('cache-control')).toBe('no-store')
  const told = answer.as(problem)
  expect(told).toMatchObject({ status, instance: path })
  expect(told.request_id).toBe(answer.headers.get('x-request-id'))
  expect(told.type).toMatch(/^urn:customer-registry:problem:[a-z-]+$/)
  expect(answer.text).not.toMatch(STACK)
  return told
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
  ['elsewhere', elsewhere],
  ['in purchases', purchases],
])('what is wrong %s is told:', (_, requests: BadRequest[]) => {
  test.each(requests)('$it', async ({ send, body, headers = {}, status = 400, at }) => {
    const [method = '', to = ''] = send.split(' ')
    const path = to.replace(':id', id).replace(':nobody', NOBODY)
    const answer = await server.api(method, path, { token, body, headers })
    const told = expectProblem(answer, status, new URL(server.url + path).pathname)
    expect([...new Set(told.errors.map(({ pointer }) => pointer))].sort()).toEqual([...at].sort())
    expect(answer.text.replaceAll(path, '')).not.toContain(SECRET)
  })
})

describe('a method that a path does not take', () => {
  const taken = Map.groupBy(Object.values<Route>(routes), ({ path }) => path)
  const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
  const others = [...taken].flatMap(([path, own]) =>
    METHODS.filter(method => own.every(route => route.method !== method)).map((method): [string, string, string[]] => [
      method,
      path,
      own.map(route => route.method),
    ]),
  )

  test.each(others)('%s %s is a 405 that names those it takes', async (method, path, allowed) => {
    const at = path.replaceAll(/\{\w+\}/g, NOBODY)
    const answer = await server.api(method, at, { token })
    const told = expectProblem(answer, 405, at)
    expect(told.type).toBe(problemType('method-not-allowed'))
    expect(answer.headers.get('allow')?.split(', ').sort()).toEqual([...allowed].sort())
  })
})

describe('a cursor', () => {
  const refuses = async (path: string) => {
    const answer = await server.api('GET', path, { token })
    const told = expectProblem(answer, 400, new URL(server.url + path).pathname)
    expect(told).toMatchObject({ type: problemType('invalid-cursor'), errors: [{ pointer: '?cursor' }] })
  }
  const cursorOf = async (path: string): Promise<string> => {
    const { next } = (await server.api('GET', path, { token })).as(customerList.pick({ next: true }))
    if (next === null) throw new Error(`${path} has one page`)
    return next
  }

  test('that was edited in any one bit of any character is refused', async () => {
    const cursor = await cursorOf('/v1/customers?limit=2')
    const other = (old: string) => BASE64URL[BASE64URL.indexOf(old) ^ 1] ?? 'A'
    const edited = [...cursor].map((old, n) => cursor.slice(0, n) + other(old) + cursor.slice(n + 1))
    for (const one of edited) await refuses(`/v1/customers?limit=2&cursor=${encodeURIComponent(one)}`)
  })

  test.each([
    ['lengthened by a character', (cursor: string) => `${cursor}A`],
    ['lengthened by a part', (cursor: string) => `${cursor}.A`],
    ['with a character that is none of its alphabet', (cursor: string) => `${cursor}!`],
    ['cut short', (cursor: string) => cursor.slice(0, -1)],
    ['without its signature', (cursor: string) => cursor.split('.')[0] ?? ''],
    [
      'made by the caller',
      () => `${Buffer.from('{"after":null,"now":"","shard":0,"type":0}').toString('base64url')}.AAAAAAAAAAAAAAAAAAAAAA`,
    ],
    ['that is no cursor at all', () => 'next'],
  ])('%s is refused', async (_, edit) => {
    await refuses(`/v1/customers?limit=2&cursor=${encodeURIComponent(edit(await cursorOf('/v1/customers?limit=2')))}`)
  })

  test.each([
    ['another filter', '/v1/customers?limit=2&type=PERSON'],
    ['another time', '/v1/customers?limit=2&as_of=2030-01-01'],
    ['another path', '/v1/diff?from=2020-01-01&limit=2'],
    ["a customer's history", '/v1/customers/:id/history?limit=2'],
  ])('of one query is refused by %s', async (_, path) => {
    const cursor = await cursorOf('/v1/customers?limit=2')
    await refuses(`${path.replace(':id', id)}&cursor=${cursor}`)
  })
})

test('after all of this the list and its versions are as they were', async () => {
  expect(await everything(server, token)).toEqual(before)
  expect((await server.api('GET', `/getAllUserBuys/${BUYER}`, { token })).as(buyList).items).toEqual([])
})
