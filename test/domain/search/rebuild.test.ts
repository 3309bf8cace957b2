import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { MemoryIndex } from '#adapters/memory-search/memory-index.ts'
import type { Field } from '#contract/schemas/field.ts'
import { toEntry } from '#domain/search/entry.ts'
import type { IndexEntry } from '#domain/search/port.ts'
import { type RebuildPlace, rebuild, rebuildStep } from '#domain/search/rebuild.ts'
import { ListedRecords } from '../../in-memory/listed-records.ts'

const NO_FIELDS: ReadonlyMap<string, Field> = new Map()
const NAMES = ['Adler', 'Brahe', 'Curie']

const toId = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const toEntries = (records: ListedRecords): IndexEntry[] => records.all.map(row => toEntry(row, NO_FIELDS))

/** Reads everything that an index returns about these customers. */
async function readEverything(index: MemoryIndex, ids: readonly string[]) {
  const entries = await index.getMany(ids)
  const tokens = await index.tokens()
  return {
    held: entries.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    listed: await index.listIds(null, 1000),
    total: tokens.total(),
    names: await Promise.all(
      NAMES.map(async name => [name, tokens.count(name.toLowerCase()), await index.exact([name.toLowerCase()], 1000)]),
    ),
  }
}

async function expectIndexOf(records: ListedRecords, index: MemoryIndex): Promise<void> {
  const fresh = new MemoryIndex()
  await fresh.put(toEntries(records))
  const ids = records.all.map(({ id }) => id)
  expect(await readEverything(index, ids)).toEqual(await readEverything(fresh, ids))
}

type Action =
  | { do: 'write'; who: number; name: string | null }
  /** A change is indexed, and perhaps once more later. */
  | { do: 'project'; pick: number; again: boolean }
  /** A change is sent to the index now in use, and arrives later. */
  | { do: 'send'; pick: number }
  | { do: 'arrive'; pick: number }

const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({
    do: fc.constant('write' as const),
    who: fc.nat(7),
    name: fc.option(fc.constantFrom(...NAMES), { freq: 3 }),
  }),
  fc.record({ do: fc.constant('project' as const), pick: fc.nat(20), again: fc.boolean() }),
  fc.record({ do: fc.constant('send' as const), pick: fc.nat(20) }),
  fc.record({ do: fc.constant('arrive' as const), pick: fc.nat(20) }),
)

/** A list that is written, and its changes on their way to the index: delayed, in any order, repeatedly. */
class IndexTraffic {
  readonly records = new ListedRecords()
  readonly index = new MemoryIndex()
  #changes: IndexEntry[] = []
  #sent: { entry: IndexEntry; to: number }[] = []
  promotions = 0

  async apply(action: Action): Promise<void> {
    if (action.do === 'write') {
      const fields = action.name === null ? { state: 'deleted' } : { state: 'active', surname: action.name }
      this.#changes.push(toEntry(await this.records.write(toId(action.who), fields), NO_FIELDS))
    } else if (action.do === 'arrive') {
      const sent = this.#sent[action.pick % Math.max(1, this.#sent.length)]
      this.#sent = this.#sent.filter(message => message !== sent)
      // A change sent to a replaced index is lost with it, without an error.
      if (sent?.to === this.promotions) await this.index.put([sent.entry])
    } else {
      const entry = this.#changes[action.pick % Math.max(1, this.#changes.length)]
      if (entry === undefined) return
      if (action.do === 'send') this.#sent.push({ entry, to: this.promotions })
      else await this.index.put([entry])
      if (action.do === 'send' || !action.again) this.#changes = this.#changes.filter(change => change !== entry)
    }
  }

  /** Delivers every change that is on its way. */
  async deliverAll(): Promise<void> {
    while (this.#sent.length > 0) await this.apply({ do: 'arrive', pick: 0 })
    while (this.#changes.length > 0) await this.apply({ do: 'project', pick: 0, again: false })
  }
}

/** A port that runs something else before and after each of its calls. */
function interleave<T extends object>(port: T, meanwhile: () => Promise<void>): T {
  return new Proxy(port, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name)
      if (typeof member !== 'function' || name === 'versions') return member
      return async (...args: unknown[]) => {
        await meanwhile()
        const result = await member.apply(target, args)
        await meanwhile()
        return result
      }
    },
  })
}

const groups = (size: number) =>
  fc.array(fc.array(action, { maxLength: 3 }), { minLength: size, maxLength: size, size: 'max' })

describe('a rebuilt index', () => {
  test('equals the list, whatever is written and indexed between its calls', async () => {
    const plan = fc.record({
      before: fc.array(action, { maxLength: 20 }),
      during: groups(60),
      behind: fc.nat(2),
      repeats: fc.array(fc.boolean(), { maxLength: 20 }),
      size: fc.integer({ min: 1, max: 4 }),
    })
    await fc.assert(
      fc.asyncProperty(plan, async ({ before, during, behind, repeats, size }) => {
        const traffic = new IndexTraffic()
        const { records, index } = traffic
        for (const action of before) await traffic.apply(action)
        records.lag = behind
        const remaining = [...during]
        const meanwhile = async () => {
          for (const action of remaining.shift() ?? []) await traffic.apply(action)
        }
        const interleaved = { lists: interleave(records.lists, meanwhile), records: interleave(records, meanwhile) }
        const ports = { ...interleaved, index: interleave(index, meanwhile) }
        const repeat = [...repeats]
        for (let place: RebuildPlace | null | undefined; place !== null; ) {
          const at: RebuildPlace | null = place ?? null
          const step = () => rebuildStep(ports, NO_FIELDS, at, size)
          // The response was lost, so the caller repeats the step.
          if (repeat.shift()) await step()
          place = (await step()).next
          if (at?.phase === 'adopt') traffic.promotions++
        }
        for (const actions of remaining) for (const action of actions) await traffic.apply(action)
        await traffic.deliverAll()
        await expectIndexOf(records, index)
      }),
      { numRuns: 400 },
    )
  })

  const createCustomers = async (count: number) => {
    const records = new ListedRecords()
    const index = new MemoryIndex()
    for (let n = 0; n < count; n++) await records.write(toId(n), { surname: NAMES[n % NAMES.length] ?? null })
    return { lists: records.lists, records, index }
  }

  test('is built from nothing and many pages, by one request or by several', async () => {
    for (const hasTime of [() => true, () => false]) {
      const ports = await createCustomers(1203)
      const sum = { read: 0, filled: 0, mended: 0, requests: 0 }
      for (let place: RebuildPlace | null | undefined; place !== null; sum.requests++) {
        const { read, filled, mended, next }: Awaited<ReturnType<typeof rebuild>> = await rebuild(
          ports,
          NO_FIELDS,
          place ?? null,
          hasTime,
        )
        sum.read += read
        sum.filled += filled
        sum.mended += mended
        place = next
      }
      expect(sum).toMatchObject({ read: 4 * 1203, filled: 1203, mended: 0 })
      expect(sum.requests > 1).toBe(!hasTime())
      await expectIndexOf(ports.records, ports.index)
    }
  })

  test('loses unknown entries, entries of a later version and wrong entries', async () => {
    const ports = await createCustomers(3)
    const [first, second] = toEntries(ports.records)
    if (!first || !second) throw new Error('there are three customers')
    await ports.index.put([
      { ...first, version: first.version + 1000, person: null },
      { ...second, past: [] },
      { ...first, id: toId(99) },
    ])
    await rebuild(ports, NO_FIELDS, null, () => true)
    await expectIndexOf(ports.records, ports.index)
    expect(await ports.index.getMany([toId(99)])).toEqual([])
  })

  test('does not restore customers purged after they were read', async () => {
    const ports = await createCustomers(4)
    const purged = toId(1)
    for (let place: RebuildPlace | null | undefined; place !== null; ) {
      place = (await rebuildStep(ports, NO_FIELDS, place ?? null)).next
      if (place?.phase === 'adopt') ports.records.purge(purged)
    }
    expect(await ports.index.listIds(null, 10)).not.toContain(purged)
    await expectIndexOf(ports.records, ports.index)
  })

  test('is not changed by a rebuild that another one has replaced', async () => {
    const ports = await createCustomers(4)
    const { next: first } = await rebuildStep(ports, NO_FIELDS, null)
    await rebuild(ports, NO_FIELDS, null, () => true)
    await expect(rebuildStep(ports, NO_FIELDS, first)).rejects.toMatchObject({ kind: 'unavailable' })
    await expectIndexOf(ports.records, ports.index)
  })
})
