import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type DriftAnswer, driftAnswer, type RebuildAnswer, rebuildAnswer } from '#contract/schemas/operations.ts'
import { problem } from '#contract/schemas/problem.ts'
import { searchAnswer } from '#contract/schemas/query.ts'
import { ping } from '#contract/schemas/service.ts'
import { Agent } from './agent.ts'
import { allCustomers } from './pages.ts'
import { startServer, type TestServer } from './server.ts'
import { until } from './until.ts'

/** Until what is written is in the index. */
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

/** Asks until there is nothing left to do. */
async function rebuild(by = provider) {
  let filled = 0
  for (let cursor: string | null = ''; cursor !== null; ) {
    const path: string = `/v1/index/rebuild${cursor && `?cursor=${cursor}`}`
    const answer: RebuildAnswer = (await by.send('POST', path)).as(rebuildAnswer)
    filled += answer.filled
    cursor = answer.next
  }
  return filled
}

async function drift(repair = false): Promise<DriftAnswer[]> {
  const answers: DriftAnswer[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const path: string = `/v1/index/drift${cursor && `?cursor=${cursor}`}`
    const answer: DriftAnswer = (await provider.send('POST', path, { repair })).as(driftAnswer)
    answers.push(answer)
    cursor = answer.next
  }
  return answers
}
const differing = (answers: readonly DriftAnswer[]) =>
  answers.flatMap(({ differences }) => Object.values(differences)).reduce((sum, { count }) => sum + count, 0)

async function everybody() {
  const customers = await allCustomers(server, agent.token, 'state=all&limit=100')
  return { all: customers.length, active: customers.filter(({ state }) => state === 'active').length }
}

/** Somebody who creates, renames, deletes and restores customers until told to stop; tells who is to be found by which word. */
async function write(name: string, goOn: () => boolean): Promise<Map<string, string | null>> {
  const found = new Map<string, string | null>()
  for (let n = 0; goOn(); n++) {
    const word = `${name}qx${n}`
    const { id } = await agent.create({ surname: word, given_name: 'Writer' })
    const renamed = n % 3 === 1 ? `${word}new` : word
    if (renamed !== word) await agent.patch(id, { surname: renamed })
    found.set(id, renamed)
    if (n % 4 === 2) {
      await agent.delete(id)
      found.set(id, null)
    }
    if (n % 8 === 6) {
      await agent.restore(id)
      found.set(id, renamed)
    }
  }
  return found
}

const exactly = async (q: string) =>
  (await agent.send('POST', '/v1/search', { q, mode: 'exact', limit: 100 }))
    .as(searchAnswer)
    .items.map(({ customer }) => customer.id)

describe('the search index', () => {
  test('is made anew while customers are written, and nothing is missing', async () => {
    let writing = true
    const writers = Array.from({ length: WRITERS }, (_, n) => write(`writer${n}`, () => writing))
    const filled: number[] = []
    for (let n = 0; n < 4; n++) filled.push(await rebuild())
    writing = false
    const written = (await Promise.all(writers)).flatMap(found => [...found])
    expect(written.length).toBeGreaterThan(WRITERS)
    expect(filled).toEqual(filled.toSorted((a, b) => a - b))
    await until(async () => differing(await drift()) === 0, BOUND, 'the index to have taken everything')
    const { all, active } = await everybody()
    const [answer] = await drift()
    expect(answer).toMatchObject({ customers: all, entries: active, repaired: 0, needs_rebuild: false, next: null })
    // What was put is seen a moment later.
    for (const [id, word] of written)
      if (word !== null) await until(async () => (await exactly(word)).join() === id, BOUND, `${word} to be found`)
    expect(await exactly('Writer')).not.toContain(written.find(([, word]) => word === null)?.[0])
  })

  test('goes on to take what is written after it was made anew', async () => {
    await rebuild()
    const { id } = await agent.create({ surname: 'Afterwards' })
    await until(async () => (await exactly('Afterwards')).includes(id), BOUND, 'her to be found')
    await agent.delete(id)
    await until(async () => (await exactly('Afterwards')).length === 0, BOUND, 'her to be gone')
  })

  test('differs in nothing that a repair would put right', async () => {
    await until(async () => differing(await drift()) === 0, BOUND, 'the index to have taken everything')
    expect(await drift(true)).toMatchObject([{ repaired: 0, next: null }])
  })
})

describe('the operations', () => {
  test.each(['/v1/index/rebuild', '/v1/index/drift'])('POST %s is for the provider alone', async path => {
    expect((await agent.send('POST', path, {})).as(problem).status).toBe(403)
    expect((await server.api('POST', path, { body: {} })).as(problem).status).toBe(401)
  })

  test.each([
    ['a cursor that is none', '/v1/index/rebuild?cursor=x', undefined, ['?cursor']],
    ['a cursor that is none', '/v1/index/drift?cursor=x', {}, ['?cursor']],
    ['an empty cursor', '/v1/index/rebuild?cursor=', undefined, ['?cursor']],
    ['a body', '/v1/index/rebuild', {}, ['#']],
    ['an unknown member', '/v1/index/drift', { repair: true, all: true }, ['#/all']],
    ['a repair that is neither true nor false', '/v1/index/drift', { repair: 'yes' }, ['#/repair']],
  ])('refuse %s: %s', async (_, path, body, pointers) => {
    const { status, errors } = (await provider.send('POST', path, body)).as(problem)
    expect({ status, pointers: errors.map(({ pointer }) => pointer) }).toEqual({ status: 400, pointers })
  })
})

test('a ping by the provider names no search domain where there is none', async () => {
  const { status, search } = (await provider.send('GET', '/ping')).as(ping)
  expect({ status, domain: search.domain }).toEqual({ status: 'up', domain: undefined })
})
