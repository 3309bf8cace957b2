import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type DriftAnswer, driftAnswer, type RebuildAnswer, rebuildAnswer } from '#contract/schemas/operations.ts'
import { problem } from '#contract/schemas/problem.ts'
import { searchAnswer } from '#contract/schemas/query.ts'
import { ping } from '#contract/schemas/service.ts'
import { Agent } from './agent.ts'
import { allCustomers } from './pages.ts'
import { startServer, type TestServer } from './server.ts'
import { until } from './until.ts'

/** The timeout for writes to reach the index. */
const BOUND = 15_000
const WRITERS = 4

let server: TestServer
let agent: Agent
let provider: Agent

beforeAll(async () => {
  server = await startServer()
  ;[agent, provider] = await Promise.all([Agent.logIn(server), Agent.logIn(server, 'provider')])
})
afterAll(() => server.stop())

/** Repeats the request until nothing is left to do. */
async function rebuild(user = provider) {
  let filled = 0
  for (let cursor: string | null = ''; cursor !== null; ) {
    const path: string = `/v1/index/rebuild${cursor && `?cursor=${cursor}`}`
    const response: RebuildAnswer = (await user.send('POST', path)).as(rebuildAnswer)
    filled += response.filled
    cursor = response.next
  }
  return filled
}

async function drift(repair = false): Promise<DriftAnswer[]> {
  const responses: DriftAnswer[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const path: string = `/v1/index/drift${cursor && `?cursor=${cursor}`}`
    const response: DriftAnswer = (await provider.send('POST', path, { repair })).as(driftAnswer)
    responses.push(response)
    cursor = response.next
  }
  return responses
}
const countDifferences = (responses: readonly DriftAnswer[]) =>
  responses.flatMap(({ differences }) => Object.values(differences)).reduce((sum, { count }) => sum + count, 0)

async function countCustomers() {
  const customers = await allCustomers(server, agent.token, 'state=all&limit=100')
  // Merged customers are found, too, and lead to the one that they were merged into.
  return {
    all: customers.length,
    found: customers.filter(({ state }) => state === 'active' || state === 'merged').length,
  }
}

/** Creates, renames, deletes and restores customers until stopped. Returns the expected surname of each, or null when deleted. */
async function write(name: string, isActive: () => boolean): Promise<Map<string, string | null>> {
  const expected = new Map<string, string | null>()
  for (let n = 0; isActive(); n++) {
    const word = `${name}qx${n}`
    const { id } = await agent.create({ surname: word, given_name: 'Writer' })
    const renamed = n % 3 === 1 ? `${word}new` : word
    if (renamed !== word) await agent.patch(id, { surname: renamed })
    expected.set(id, renamed)
    if (n % 4 === 2) {
      await agent.delete(id)
      expected.set(id, null)
    }
    if (n % 8 === 6) {
      await agent.restore(id)
      expected.set(id, renamed)
    }
  }
  return expected
}

const findExact = async (q: string) =>
  (await agent.send('POST', '/v1/search', { q, mode: 'exact', limit: 100 }))
    .as(searchAnswer)
    .items.map(({ customer }) => customer.id)

describe('the search index', () => {
  test('is rebuilt while customers are written, and misses nothing', async () => {
    let writing = true
    const writers = Array.from({ length: WRITERS }, (_, n) => write(`writer${n}`, () => writing))
    const filled: number[] = []
    for (let n = 0; n < 4; n++) filled.push(await rebuild())
    writing = false
    const written = (await Promise.all(writers)).flatMap(expected => [...expected])
    expect(written.length).toBeGreaterThan(WRITERS)
    expect(filled).toEqual(filled.toSorted((a, b) => a - b))
    await until(async () => countDifferences(await drift()) === 0, BOUND, 'the index to catch up')
    const { all, found } = await countCustomers()
    // Deletions become visible in the index after a moment, too.
    const hasEntries = async () => (await drift())[0]?.entries === found
    await until(hasEntries, BOUND, `the index to have ${found} entries`)
    const [response] = await drift()
    expect(response).toMatchObject({ customers: all, entries: found, repaired: 0, needs_rebuild: false, next: null })
    // Writes become visible in the index after a moment.
    for (const [id, word] of written)
      if (word !== null) await until(async () => (await findExact(word)).includes(id), BOUND, `${word} to be found`)
    expect(await findExact('Writer')).not.toContain(written.find(([, word]) => word === null)?.[0])
  })

  test('takes later changes after a rebuild', async () => {
    await rebuild()
    const { id } = await agent.create({ surname: 'Afterwards' })
    await until(async () => (await findExact('Afterwards')).includes(id), BOUND, 'the customer to be found')
    await agent.delete(id)
    await until(async () => (await findExact('Afterwards')).length === 0, BOUND, 'the customer to be removed')
  })

  test('needs no repair', async () => {
    await until(async () => countDifferences(await drift()) === 0, BOUND, 'the index to catch up')
    expect(await drift(true)).toMatchObject([{ repaired: 0, next: null }])
  })
})

describe('operations on the index', () => {
  test.each(['/v1/index/rebuild', '/v1/index/drift'])('POST %s is only for the provider', async path => {
    expect((await agent.send('POST', path, {})).as(problem).status).toBe(403)
    expect((await server.api('POST', path, { body: {} })).as(problem).status).toBe(401)
  })

  test.each([
    ['an invalid cursor', '/v1/index/rebuild?cursor=x', undefined, ['?cursor']],
    ['an invalid cursor', '/v1/index/drift?cursor=x', {}, ['?cursor']],
    ['an empty cursor', '/v1/index/rebuild?cursor=', undefined, ['?cursor']],
    ['a body', '/v1/index/rebuild', {}, ['#']],
    ['an unknown member', '/v1/index/drift', { repair: true, all: true }, ['#/all']],
    ['an invalid repair', '/v1/index/drift', { repair: 'yes' }, ['#/repair']],
  ])('refuse %s: %s', async (_, path, body, pointers) => {
    const { status, errors } = (await provider.send('POST', path, body)).as(problem)
    expect({ status, pointers: errors.map(({ pointer }) => pointer) }).toEqual({ status: 400, pointers })
  })
})

test('a ping by the provider names no search domain when there is none', async () => {
  const { status, search } = (await provider.send('GET', '/ping')).as(ping)
  expect({ status, domain: search.domain }).toEqual({ status: 'up', domain: undefined })
})
