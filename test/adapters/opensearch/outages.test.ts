import { afterAll, afterEach, beforeEach, expect, test } from '@jest/globals'
import { Cluster } from '#adapters/opensearch/cluster.ts'
import { OpenSearchIndex } from '#adapters/opensearch/opensearch-index.ts'
import { Unavailable } from '#domain/errors.ts'
import { freePort } from '#local/free-port.ts'
import { example, person } from '../../domain/matching/people.ts'
import { until } from '../../e2e/until.ts'
import { describeWithOpenSearch, freshAlias, freshIndex, sweep } from './engine.ts'
import { Way } from './tcp-proxy.ts'

/** The longest that a search may take to fail, and a failure that nothing was tried for. */
const SEARCH_FAILS_MS = 4000
const AT_ONCE_MS = 100
/** Failures one after the other that are enough to leave the cluster alone, and how long it may be left alone. */
const FAILURES = 5
const BACK_MS = 15_000

describeWithOpenSearch('an OpenSearch that is troubled', endpoint => {
  let way: Way
  let index: OpenSearchIndex

  beforeEach(async () => {
    way = await new Way(endpoint).open()
    index = await freshIndex(new Cluster({ url: way.url }))
    await index.put([{ id: 'c1', version: 1, person: person({ surname: 'Lindqvist' }), past: [] }], { visible: true })
  })
  afterEach(() => way.close())
  afterAll(sweep)

  const search = async () => (await index.candidates([example({ surname: 'Lindqvist' })], 5)).flat().map(({ id }) => id)

  /** How long something takes to be refused as unavailable, in milliseconds. */
  async function refused(asked: () => Promise<unknown>): Promise<number> {
    const from = performance.now()
    const failure = await asked().then(
      () => null,
      (error: unknown) => error,
    )
    expect(failure).toBeInstanceOf(Unavailable)
    expect((failure as Unavailable).retryAfter).toBeGreaterThan(0)
    return performance.now() - from
  }

  test.each([
    ['search', () => search()],
    ['exact search', () => index.exact(['lindqvist'], 5)],
    ['count', () => index.tokens()],
    ['put', () => index.put([{ id: 'c2', version: 1, person: person({ surname: 'Berg' }), past: [] }])],
    ['look into what is held', () => index.getMany(['c1'])],
    ['list', () => index.listIds(null, 5)],
    ['beginning', () => index.create()],
  ])('whose connections break makes each %s unavailable', async (_what, asked) => {
    way.cut()
    await refused(asked)
  })

  test('that is not there is unavailable', async () => {
    const nowhere = new OpenSearchIndex(new Cluster({ url: `http://127.0.0.1:${await freePort()}` }), freshAlias())
    await refused(() => nowhere.candidates([example({ surname: 'Lindqvist' })], 5))
  })

  test.each(['silent', 'stalled'] as const)(
    'that is %s is waited for no longer than a search may take',
    async state => {
      way.state = state
      expect(await refused(search)).toBeLessThan(SEARCH_FAILS_MS)
    },
  )

  test('is left alone after a few failures, tried again later, and then searched as before', async () => {
    way.cut()
    for (let i = 0; i < FAILURES; i++) await refused(search)
    const tried = way.connections
    expect(await refused(search)).toBeLessThan(AT_ONCE_MS)
    expect(way.connections).toBe(tried)
    way.state = 'open'
    await until(
      () =>
        search().then(
          found => found.includes('c1'),
          () => false,
        ),
      BACK_MS,
      'the search to come back',
    )
    expect(await search()).toEqual(['c1'])
  })

  test('is searched while it takes nothing in', async () => {
    const other = new OpenSearchIndex(new Cluster({ url: way.url }), freshAlias(), 0)
    await other.put([])
    way.state = 'silent'
    const putting = other.put([{ id: 'c1', version: 1, person: null, past: [] }]).catch((error: unknown) => error)
    await until(() => way.sent.at(-1)?.path.includes('_bulk') ?? false, 2000, 'the put to be on its way')
    way.state = 'open'
    expect(await search()).toEqual(['c1'])
    way.cut()
    expect(await putting).toBeInstanceOf(Unavailable)
  })

  test('has everything that was put again when it is back', async () => {
    const put = () =>
      index.put(
        Array.from({ length: 20 }, (_, n) => ({
          id: `n${n}`,
          version: 1,
          person: person({ surname: 'Berg' }),
          past: [],
        })),
        { visible: true },
      )
    way.cut()
    await refused(put)
    way.state = 'open'
    await put()
    expect(await index.exact(['berg'], 50)).toHaveLength(20)
  })
})
