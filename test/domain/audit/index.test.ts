import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { OpenSearchAuditIndex } from '#adapters/opensearch/audit-index.ts'
import { Cluster } from '#adapters/opensearch/cluster.ts'
import { MemoryAuditIndex } from '#test/in-memory/audit-index.ts'
import { timeAt } from '#test/in-memory/context.ts'
import { startEngine, type TestEngine } from '../../adapters/dynamodb/engine.ts'
import { askEngine, deleteTestIndexes, describeWithOpenSearch, freshAlias } from '../../adapters/opensearch/engine.ts'
import { EngineProxy } from '../../adapters/opensearch/engine-proxy.ts'
import { AuditFixture } from './fixtures.ts'
import { type ControlledIndex, testIndexAgainstTables } from './index-contract.ts'

const DAY = 86_400

const toKey = (access: { at: string; request_id: string }) => `${access.at}#${access.request_id}`

describe('an audit index', () => {
  const inMemory = async (): Promise<ControlledIndex> => {
    const index = new MemoryAuditIndex()
    return {
      index,
      setUnreachable: down => {
        index.unreachable = down
      },
      deleteAll: () => index.deleteAll(),
      close: async () => {},
      dump: async () => JSON.stringify(await index.find('index-1', {}, { above: '0', below: '~' }, false, 1000)),
    }
  }
  testIndexAgainstTables(inMemory)

  let engine: TestEngine
  let fixture: AuditFixture
  let index: MemoryAuditIndex
  beforeEach(async () => {
    engine = await startEngine()
    fixture = new AuditFixture(engine.tables())
    index = new MemoryAuditIndex()
    fixture.auditIndex = index
  })
  afterEach(() => engine.stop())

  test('continues where it stopped, one chunk at a time', async () => {
    await fixture.manyAccesses(7, n => n)
    const counts = [
      await fixture.updateIndex(DAY, 3),
      await fixture.updateIndex(DAY, 3),
      await fixture.updateIndex(DAY, 3),
    ]
    expect(counts).toEqual([3, 3, 1])
    expect((await index.find('index-1', {}, { above: '0', below: '~' }, false, 10)).map(({ key }) => key)).toEqual(
      (await fixture.list()).map(({ at, request_id }) => `${at}#${request_id}`),
    )
  })

  test('misses no entry that arrives late while entries are indexed', async () => {
    await fixture.access(1)
    index.beforePut = async () => {
      index.beforePut = null
      const late = await fixture.access(0, { actor: 'eve' })
      await fixture.rewindIndexFor(DAY, toKey(late))
    }
    await fixture.updateIndex(DAY)
    expect(await fixture.list({ actor: 'eve' })).toHaveLength(1)
    expect(await fixture.list({ actor: 'agent' })).toHaveLength(1)
  })

  test('reads nothing for an entry that arrives in time', async () => {
    await fixture.updateIndex(DAY)
    const before = fixture.tables.meter.rru
    await fixture.rewindIndexFor(DAY, `${timeAt(DAY - 29)}#request`)
    expect(fixture.tables.meter.rru).toBe(before)
    await fixture.rewindIndexFor(DAY, `${timeAt(DAY - 31)}#request`)
    expect(fixture.tables.meter.rru).toBeGreaterThan(before)
  })

  test('agrees with the tables for any order of arrival and any query', async () => {
    const entry = fc.record({
      at: fc.nat(200),
      actor: fc.constantFrom('ada', 'bob'),
      location: fc.constantFrom('loc1', 'loc2'),
      outcome: fc.constantFrom('done', 'not-found', 'concluded'),
    })
    const step = fc.oneof({ arbitrary: entry, weight: 5 }, { arbitrary: fc.constant('carry' as const), weight: 1 })
    const query = fc.record({
      filter: fc.record(
        {
          actor: fc.constantFrom('ada', 'bob', 'eve'),
          location: fc.constantFrom('loc1', 'loc2'),
          outcome: fc.constantFrom('done', 'not-found', 'concluded'),
        },
        { requiredKeys: [] },
      ),
      newestFirst: fc.boolean(),
      limit: fc.integer({ min: 1, max: 5 }),
    })
    let days = 0
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 20 }), fc.array(query, { minLength: 3 }), async (steps, queries) => {
        const from = ++days * DAY
        // The clock advances with each step, so an entry with an earlier time arrives late.
        for (const [n, action] of steps.entries()) {
          if (action === 'carry') {
            await fixture.updateIndex(from + 200 + n)
            continue
          }
          const { at, outcome, ...members } = action
          const access = await fixture.access(from + at, {
            ...members,
            outcome: outcome === 'concluded' ? 'done' : outcome,
          })
          if (outcome === 'concluded') await fixture.accesses.recordOutcome(access, outcome)
          await fixture.rewindIndexFor(from + 200 + n, toKey(access))
        }
        for (const { filter, ...paging } of queries) {
          const span = { ...paging, from: timeAt(from) }
          expect(await fixture.pages(filter, span)).toEqual(await fixture.withoutIndex.pages(filter, span))
        }
      }),
      { numRuns: 20 },
    )
  })
})

describeWithOpenSearch('an audit index in OpenSearch', endpoint => {
  afterAll(deleteTestIndexes)
  testIndexAgainstTables(async () => {
    const alias = freshAlias()
    const controlled = await new EngineProxy(endpoint).open()
    return {
      index: new OpenSearchAuditIndex(new Cluster({ url: controlled.url }), alias),
      setUnreachable: down => (down ? controlled.cut() : Object.assign(controlled, { state: 'open' })),
      deleteAll: async () => void (await askEngine('DELETE', `/${alias}-*`)),
      close: () => controlled.close(),
      dump: async () => JSON.stringify(await askEngine('GET', `/${alias}/_search?size=1000`)),
    }
  })
})
