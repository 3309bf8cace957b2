import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { OpenSearchAuditIndex } from '#adapters/opensearch/audit-index.ts'
import { Cluster } from '#adapters/opensearch/cluster.ts'
import type { AuditFilter } from '#contract/schemas/audit.ts'
import { FIRST } from '#domain/audit/entries.ts'
import { rewind } from '#domain/audit/index-entries.ts'
import type { AuditIndex } from '#domain/audit/port.ts'
import { Unavailable } from '#domain/errors.ts'
import { eraseRecord } from '#domain/retention/purge.ts'
import { MemoryAuditIndex } from '#test/in-memory/audit-index.ts'
import { callAt, timeAt } from '#test/in-memory/call.ts'
import { startEngine, type TestEngine } from '../../adapters/dynamodb/engine.ts'
import { askEngine, describeWithOpenSearch, freshAlias, sweep } from '../../adapters/opensearch/engine.ts'
import { Way } from '../../adapters/opensearch/tcp-proxy.ts'
import { Office } from './fixtures.ts'

const DAY = 86_400

/** An index that can be cut off, and lost. */
interface Troubled {
  index: AuditIndex
  cut(down: boolean): void
  lose(): Promise<void>
  close(): Promise<void>
  /** All that it holds, as text. */
  held(): Promise<string>
}

/** Filters by members of each kind, and by several. */
const filtersFor = (customer: string): AuditFilter[] => [
  { actor: 'ada' },
  { customer },
  { location: 'loc2' },
  { outcome: 'not-found' },
  { actor: 'ada', action: 'update', location: 'loc2' },
]

const toKey = (access: { at: string; request_id: string }) => `${access.at}#${access.request_id}`

function agreement(troubled: () => Promise<Troubled>): void {
  let engine: TestEngine
  let office: Office
  let way: Troubled
  let id: string
  beforeEach(async () => {
    engine = await startEngine()
    office = new Office(engine.tables())
    way = await troubled()
    office.auditIndex = way.index
    id = await office.create(0, { surname: 'Planted', dob: '1990' }, { actor: 'ada' })
    await work(0)
  })
  afterEach(async () => {
    await way.close()
    await engine.stop()
  })

  /** Changes and accesses on two days from that second on, of two actors at two locations. */
  async function work(from: number): Promise<void> {
    for (let n = 1; n <= 4; n++) {
      const at = from + n * 30_000
      const [actor, location] = [n % 2 ? 'ada' : 'bob', n % 3 ? 'loc1' : 'loc2']
      const other = await office.create(at, { surname: `N${n}` }, { actor, location })
      await office.patch(at + 1, other, { surname: `M${n}` }, { actor: 'ada', location: 'loc2' })
      const access = await office.access(at + 1, { actor, location, ...(n % 2 ? { customer: id } : {}) })
      if (n % 3 === 0) await office.accesses.recordOutcome(access, 'not-found')
      await office.access(at + 2, { actor, outcome: 'not-found' })
    }
    await office.patch(from + DAY, id, { surname: `Sown${from}` }, { actor: 'bob' })
  }

  /** Every page of every filter, in both orders, is the one that the tables alone give. */
  async function agree(limits = [4], more: AuditFilter[] = []): Promise<void> {
    for (const filter of [...filtersFor(id), ...more])
      for (const newestFirst of [false, true])
        for (const limit of limits) {
          const paging = { newestFirst, limit }
          const pages = await office.pages(filter, paging)
          expect({ filter, ...paging, pages }).toEqual({
            ...{ filter, ...paging },
            pages: await office.withoutIndex.pages(filter, paging),
          })
        }
  }

  test('gives the pages that the tables give: before anything is carried, of a part, and of all', async () => {
    await agree()
    expect(await office.carry(DAY / 2)).toBeGreaterThan(0)
    await agree()
    expect(await office.carry(3 * DAY)).toBeGreaterThan(0)
    expect(await office.carry(3 * DAY)).toBe(0)
    await agree(
      [2, 100],
      [{ actor: 'eve' }, { action: 'getCustomer' }, { outcome: 'done' }, { customer: id, outcome: 'done' }],
    )
    const span = { from: timeAt(25_000), to: timeAt(DAY), limit: 2 }
    expect(await office.pages({ actor: 'ada' }, span)).toEqual(await office.withoutIndex.pages({ actor: 'ada' }, span))
  })

  test('is asked: what it does not find is not looked for in the tables below where it was carried to', async () => {
    await office.carry(3 * DAY)
    await office.manyAccesses(400, n => n)
    const units = async (one: Office) => {
      const before = one.tables.meter.rru
      await one.pages({ customer: id, action: 'create' }, { limit: 5 })
      return one.tables.meter.rru - before
    }
    const [by, without] = [await units(office), await units(office.withoutIndex)]
    expect(by).toBeLessThan(without / 2)
  })

  test('gives the same after an erasure, and has nothing of what was said', async () => {
    await office.carry(3 * DAY)
    await eraseRecord(office.records, callAt(3 * DAY), id)
    await agree()
    const [first] = await office.list({ customer: id, action: 'create' })
    expect(first).toMatchObject({ actor: 'ada', record: `customer/${id}`, before: null, after: null })
    expect(await way.held()).toContain(id)
    expect(await way.held()).not.toMatch(/Planted|Sown|1990|surname/)
  })

  test('gives the same while it is down, and has caught up once it is back', async () => {
    await office.carry(3 * DAY)
    way.cut(true)
    await work(3 * DAY)
    await agree()
    await expect(office.carry(6 * DAY)).rejects.toThrow(Unavailable)
    way.cut(false)
    await agree()
    expect(await office.carry(6 * DAY)).toBeGreaterThan(15)
    await agree()
  })

  test('that was lost is made anew from the tables', async () => {
    const entries = await office.carry(3 * DAY)
    await way.lose()
    await agree()
    expect(await office.carry(3 * DAY + 1)).toBe(entries)
    await agree()
  })

  test('is made again from the tables when it is set back', async () => {
    const entries = await office.carry(3 * DAY)
    await rewind(office.audit, FIRST)
    await agree()
    expect(await office.carry(3 * DAY)).toBe(entries)
    await agree()
  })

  test('gets what came late: entries from elsewhere, and the outcome of an access', async () => {
    const access = await office.access(500, { actor: 'bob' })
    await office.carry(3 * DAY)
    const late = await office.access(100, { actor: 'eve', location: 'loc2' })
    await office.came(3 * DAY, toKey(late))
    expect(await office.list({ actor: 'eve' })).toHaveLength(1)
    expect(await office.carry(3 * DAY)).toBeGreaterThan(0)
    await office.accesses.recordOutcome(access, 'not-found')
    await office.came(3 * DAY, `${toKey(access)}#outcome`)
    await agree()
    expect(await office.carry(3 * DAY)).toBeGreaterThan(0)
    expect(await office.list({ actor: 'eve' })).toHaveLength(1)
    await agree()
  })
}

describe('an index of the audit', () => {
  const inMemory = async (): Promise<Troubled> => {
    const index = new MemoryAuditIndex()
    return {
      index,
      cut: down => {
        index.down = down
      },
      lose: () => index.lose(),
      close: async () => {},
      held: async () => JSON.stringify(await index.find('index-1', {}, { above: '0', below: '~' }, false, 1000)),
    }
  }
  agreement(inMemory)

  let engine: TestEngine
  let office: Office
  let index: MemoryAuditIndex
  beforeEach(async () => {
    engine = await startEngine()
    office = new Office(engine.tables())
    index = new MemoryAuditIndex()
    office.auditIndex = index
  })
  afterEach(() => engine.stop())

  test('goes on where it stopped, a piece at a time', async () => {
    await office.manyAccesses(7, n => n)
    const carried = [await office.carry(DAY, 3), await office.carry(DAY, 3), await office.carry(DAY, 3)]
    expect(carried).toEqual([3, 3, 1])
    expect((await index.find('index-1', {}, { above: '0', below: '~' }, false, 10)).map(({ key }) => key)).toEqual(
      (await office.list()).map(({ at, request_id }) => `${at}#${request_id}`),
    )
  })

  test('misses nothing that comes late while it is carried', async () => {
    await office.access(1)
    index.meanwhile = async () => {
      index.meanwhile = null
      const late = await office.access(0, { actor: 'eve' })
      await office.came(DAY, toKey(late))
    }
    await office.carry(DAY)
    expect(await office.list({ actor: 'eve' })).toHaveLength(1)
    expect(await office.list({ actor: 'agent' })).toHaveLength(1)
  })

  test('reads nothing for what comes in time', async () => {
    await office.carry(DAY)
    const before = office.tables.meter.rru
    await office.came(DAY, `${timeAt(DAY - 29)}#request`)
    expect(office.tables.meter.rru).toBe(before)
    await office.came(DAY, `${timeAt(DAY - 31)}#request`)
    expect(office.tables.meter.rru).toBeGreaterThan(before)
  })

  test('agrees with the tables whatever comes in whatever order, and whatever is asked for', async () => {
    const entry = fc.record({
      at: fc.nat(200),
      actor: fc.constantFrom('ada', 'bob'),
      location: fc.constantFrom('loc1', 'loc2'),
      outcome: fc.constantFrom('done', 'not-found', 'concluded'),
    })
    const step = fc.oneof({ arbitrary: entry, weight: 5 }, { arbitrary: fc.constant('carry' as const), weight: 1 })
    const asked = fc.record({
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
      fc.asyncProperty(
        fc.array(step, { maxLength: 20 }),
        fc.array(asked, { minLength: 3 }),
        async (steps, questions) => {
          const from = ++days * DAY
          // By the clock it is later with each step; what happened earlier comes late.
          for (const [n, one] of steps.entries()) {
            if (one === 'carry') {
              await office.carry(from + 200 + n)
              continue
            }
            const { at, outcome, ...said } = one
            const access = await office.access(from + at, {
              ...said,
              outcome: outcome === 'concluded' ? 'done' : outcome,
            })
            if (outcome === 'concluded') await office.accesses.recordOutcome(access, outcome)
            await office.came(from + 200 + n, toKey(access))
          }
          for (const { filter, ...paging } of questions) {
            const span = { ...paging, from: timeAt(from) }
            expect(await office.pages(filter, span)).toEqual(await office.withoutIndex.pages(filter, span))
          }
        },
      ),
      { numRuns: 20 },
    )
  })
})

describeWithOpenSearch('an index of the audit in OpenSearch', endpoint => {
  afterAll(sweep)
  agreement(async () => {
    const alias = freshAlias()
    const way = await new Way(endpoint).open()
    return {
      index: new OpenSearchAuditIndex(new Cluster({ url: way.url }), alias),
      cut: down => (down ? way.cut() : Object.assign(way, { state: 'open' })),
      lose: async () => void (await askEngine('DELETE', `/${alias}-*`)),
      close: () => way.close(),
      held: async () => JSON.stringify(await askEngine('GET', `/${alias}/_search?size=1000`)),
    }
  })
})
