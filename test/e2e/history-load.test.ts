import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { shuffled } from '../domain/records/random.ts'
import { Agent } from './agent.ts'
import { describeLocalServer } from './conditional-tests.ts'
import { historyRows, listAsOf, readDiff, sendHistory, waitForChangeLog } from './histories.ts'
import { startServer, type TestServer } from './server.ts'

const BOUND = 60_000
/** Reading everything takes long on a slow machine. */
const LONG = 120_000
const SOURCE = 'history'
const rows = historyRows(1000)

// Compares two lists that nobody else writes to.
describeLocalServer('a history of 1,000 rows with effective dates', () => {
  let [ordered, shuffledServer]: TestServer[] = []
  const token = (server: TestServer) => server.token('agent')
  const servers = (): [TestServer, TestServer] => {
    if (!ordered || !shuffledServer) throw new Error('both servers were started')
    return [ordered, shuffledServer]
  }
  let ids: ReadonlySet<string>

  beforeAll(async () => {
    ;[ordered, shuffledServer] = await Promise.all([startServer(), startServer()])
    const [first, second] = await Promise.all(servers().map(server => Agent.logIn(server)))
    if (!first || !second) throw new Error('both agents were logged in')
    const orderedLoad = await sendHistory(first, SOURCE, rows)
    const shuffledLoad = await sendHistory(second, SOURCE, shuffled(rows, 1))
    const repeatedLoad = await sendHistory(second, SOURCE, shuffled(rows, 2))
    expect(orderedLoad.outcomes).toMatchObject({ created: 200 })
    expect(orderedLoad.outcomes.refused).toBeUndefined()
    expect(shuffledLoad.outcomes.refused).toBeUndefined()
    expect(shuffledLoad.ids).toEqual(orderedLoad.ids)
    expect(repeatedLoad.outcomes).toEqual({ unchanged: rows.length })
    ids = orderedLoad.ids
    await Promise.all([waitForChangeLog(first, BOUND), waitForChangeLog(second, BOUND)])
  }, LONG)
  afterAll(() => Promise.all(servers().map(server => server.stop())))

  test.each(['2000-06-01', '2003-01-01', '2007-05-05', '2012-12-31', '2026-01-01'])(
    'sent twice in any order equals, as of %s, the list of one ordered load',
    async as_of => {
      const [expected, actual] = await Promise.all(
        servers().map(async server => listAsOf(server, await token(server), ids, as_of)),
      )
      expect(expected?.length).toBeGreaterThan(0)
      expect(actual).toEqual(expected)
    },
  )

  test.each([
    ['1999-12-31', '2026-01-01'],
    ['2004-03-01', '2004-04-01'],
    ['2010-01-01', '2015-01-01'],
  ])(
    'has the same differences between %s and %s',
    async (from, to) => {
      const [expected, actual] = await Promise.all(
        servers().map(async server => readDiff(server, await token(server), ids, from, to)),
      )
      expect(expected?.length).toBeGreaterThan(0)
      expect(actual).toEqual(expected)
    },
    LONG,
  )
})
