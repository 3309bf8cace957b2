import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { shuffled } from '../domain/records/random.ts'
import { Agent } from './agent.ts'
import { historyRows, listAsOf, load, settled, wholeDiff } from './histories.ts'
import { describeOwnServer } from './own-server.ts'
import { startServer, type TestServer } from './server.ts'

const BOUND = 60_000
/** Going through all of it takes its time where little else may run. */
const LONG = 120_000
const SOURCE = 'history'
const rows = historyRows(1000)

// Two lists of our own are compared: one that anybody else writes to could not be.
describeOwnServer('a history of 1,000 rows with effective dates', () => {
  let [inOrder, anyhow]: TestServer[] = []
  const token = (server: TestServer) => server.token('agent')
  const servers = (): [TestServer, TestServer] => {
    if (!inOrder || !anyhow) throw new Error('both were started')
    return [inOrder, anyhow]
  }
  let ids: ReadonlySet<string>

  beforeAll(async () => {
    ;[inOrder, anyhow] = await Promise.all([startServer(), startServer()])
    const [one, other] = await Promise.all(servers().map(server => Agent.logIn(server)))
    if (!one || !other) throw new Error('both were logged in')
    const once = await load(one, SOURCE, rows)
    const first = await load(other, SOURCE, shuffled(rows, 1))
    const second = await load(other, SOURCE, shuffled(rows, 2))
    expect(once.outcomes).toMatchObject({ created: 200 })
    expect(once.outcomes.refused).toBeUndefined()
    expect(first.outcomes.refused).toBeUndefined()
    expect(first.ids).toEqual(once.ids)
    expect(second.outcomes).toEqual({ unchanged: rows.length })
    ids = once.ids
    await Promise.all([settled(one, BOUND), settled(other, BOUND)])
  }, LONG)
  afterAll(() => Promise.all(servers().map(server => server.stop())))

  test.each(['2000-06-01', '2003-01-01', '2007-05-05', '2012-12-31', '2026-01-01'])(
    'loaded in any order, twice, is as of %s the list that it is in order, once',
    async as_of => {
      const [one, other] = await Promise.all(
        servers().map(async server => listAsOf(server, await token(server), ids, as_of)),
      )
      expect(one?.length).toBeGreaterThan(0)
      expect(other).toEqual(one)
    },
  )

  test.each([
    ['1999-12-31', '2026-01-01'],
    ['2004-03-01', '2004-04-01'],
    ['2010-01-01', '2015-01-01'],
  ])(
    'differs between %s and %s by the same',
    async (from, to) => {
      const [one, other] = await Promise.all(
        servers().map(async server => wholeDiff(server, await token(server), ids, from, to)),
      )
      expect(one?.length).toBeGreaterThan(0)
      expect(other).toEqual(one)
    },
    LONG,
  )
})
