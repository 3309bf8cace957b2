import { afterAll, afterEach, beforeEach, expect, test } from '@jest/globals'
import { Cluster } from '#adapters/opensearch/cluster.ts'
import { OpenSearchIndex } from '#adapters/opensearch/opensearch-index.ts'
import { Unavailable } from '#domain/errors.ts'
import { example, person } from '../../domain/matching/people.ts'
import { freePorts } from '../../e2e/free-ports.ts'
import { until } from '../../e2e/until.ts'
import { deleteTestIndexes, describeWithOpenSearch, freshAlias, freshIndex } from './engine.ts'
import { EngineProxy } from './engine-proxy.ts'

/** Consecutive failures that open the circuit breaker, and the maximum time until a recovery is noticed. */
const FAILURES = 5
const RECOVERY_MS = 15_000

describeWithOpenSearch('a troubled OpenSearch', endpoint => {
  let proxy: EngineProxy
  let index: OpenSearchIndex

  beforeEach(async () => {
    proxy = await new EngineProxy(endpoint).open()
    index = await freshIndex(new Cluster({ url: proxy.url }))
    await index.put([{ id: 'c1', version: 1, person: person({ surname: 'Lindqvist' }), past: [] }], { visible: true })
  })
  afterEach(() => proxy.close())
  afterAll(deleteTestIndexes)

  const search = async () => (await index.candidates([example({ surname: 'Lindqvist' })], 5)).flat().map(({ id }) => id)

  /** Waits until an operation fails as unavailable. */
  async function expectUnavailable(operation: () => Promise<unknown>): Promise<void> {
    const error = await operation().then(
      () => null,
      (error: unknown) => error,
    )
    expect(error).toBeInstanceOf(Unavailable)
    expect((error as Unavailable).retryAfter).toBeGreaterThan(0)
  }

  test.each([
    ['search', () => search()],
    ['exact search', () => index.exact(['lindqvist'], 5)],
    ['count', () => index.tokens()],
    ['put', () => index.put([{ id: 'c2', version: 1, person: person({ surname: 'Berg' }), past: [] }])],
    ['read of entries', () => index.getMany(['c1'])],
    ['list', () => index.listIds(null, 5)],
    ['start of a rebuild', () => index.create()],
  ])('whose connections break makes each %s unavailable', async (_what, operation) => {
    proxy.cut()
    await expectUnavailable(operation)
  })

  test('that is unreachable is unavailable', async () => {
    const unreachableIndex = new OpenSearchIndex(
      new Cluster({ url: `http://127.0.0.1:${await freePorts()}` }),
      freshAlias(),
    )
    await expectUnavailable(() => unreachableIndex.candidates([example({ surname: 'Lindqvist' })], 5))
  })

  test.each(['silent', 'stalled'] as const)(
    'that is %s fails a search before a write, whose timeout is longer',
    async state => {
      proxy.state = state
      const written = expectUnavailable(() => index.put([{ id: 'c2', version: 1, person: null, past: [] }]))
      const searched = expectUnavailable(search)
      expect(await Promise.race([written.then(() => 'put'), searched.then(() => 'search')])).toBe('search')
      proxy.cut()
      await written
    },
  )

  test('is not contacted after several failures, then retried, and then searched as before', async () => {
    proxy.cut()
    for (let i = 0; i < FAILURES; i++) await expectUnavailable(search)
    const connectionsBefore = proxy.connections
    await expectUnavailable(search)
    expect(proxy.connections).toBe(connectionsBefore)
    proxy.state = 'open'
    await until(
      () =>
        search().then(
          ids => ids.includes('c1'),
          () => false,
        ),
      RECOVERY_MS,
      'the search to recover',
    )
    expect(await search()).toEqual(['c1'])
  })

  test('is searched while it accepts no writes', async () => {
    const secondIndex = new OpenSearchIndex(new Cluster({ url: proxy.url }), freshAlias(), 0)
    await secondIndex.put([])
    proxy.state = 'silent'
    const pendingPut = secondIndex
      .put([{ id: 'c1', version: 1, person: null, past: [] }])
      .catch((error: unknown) => error)
    await until(() => proxy.sent.at(-1)?.path.includes('_bulk') ?? false, 2000, 'the put to be in flight')
    proxy.state = 'open'
    expect(await search()).toEqual(['c1'])
    proxy.cut()
    expect(await pendingPut).toBeInstanceOf(Unavailable)
  })

  test('has everything that was put again after it recovered', async () => {
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
    proxy.cut()
    await expectUnavailable(put)
    proxy.state = 'open'
    await put()
    expect(await index.exact(['berg'], 50)).toHaveLength(20)
  })
})
