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

/** All that can be asked of an index about these customers. */
async function told(index: MemoryIndex, ids: readonly string[]) {
  const held = await index.getMany(ids)
  const tokens = await index.tokens()
  return {
    held: held.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    listed: await index.listIds(null, 1000),
    total: tokens.total(),
    names: await Promise.all(
      NAMES.map(async name => [name, tokens.count(name.toLowerCase()), await index.exact([name.toLowerCase()], 1000)]),
    ),
  }
}

async function expectMadeFrom(records: ListedRecords, index: MemoryIndex): Promise<void> {
  const fresh = new MemoryIndex()
  await fresh.put(toEntries(records))
  const ids = records.all.map(({ id }) => id)
  expect(await told(index, ids)).toEqual(await told(fresh, ids))
}

type Act =
  | { do: 'write'; who: number; name: string | null }
  /** A change goes into the index; perhaps it will once more. */
  | { do: 'project'; pick: number; again: boolean }
  /** A change is sent to the index that is now in use, and gets there later. */
  | { do: 'send'; pick: number }
  | { do: 'arrive'; pick: number }

const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    do: fc.constant('write' as const),
    who: fc.nat(7),
    name: fc.option(fc.constantFrom(...NAMES), { freq: 3 }),
  }),
  fc.record({ do: fc.constant('project' as const), pick: fc.nat(20), again: fc.boolean() }),
  fc.record({ do: fc.constant('send' as const), pick: fc.nat(20) }),
  fc.record({ do: fc.constant('arrive' as const), pick: fc.nat(20) }),
)

/** A list that is written, and its changes on their way to the index: late, in any order, more than once. */
class Traffic {
  readonly records = new ListedRecords()
  readonly index = new MemoryIndex()
  #changes: IndexEntry[] = []
  #sent: { entry: IndexEntry; to: number }[] = []
  adoptions = 0

  async do(one: Act): Promise<void> {
    if (one.do === 'write') {
      const fields = one.name === null ? { state: 'deleted' } : { state: 'active', surname: one.name }
      this.#changes.push(toEntry(await this.records.write(toId(one.who), fields), NO_FIELDS))
    } else if (one.do === 'arrive') {
      const sent = this.#sent[one.pick % Math.max(1, this.#sent.length)]
      this.#sent = this.#sent.filter(other => other !== sent)
      // What was sent to an index that is gone goes with it, and nobody is told.
      if (sent?.to === this.adoptions) await this.index.put([sent.entry])
    } else {
      const entry = this.#changes[one.pick % Math.max(1, this.#changes.length)]
      if (entry === undefined) return
      if (one.do === 'send') this.#sent.push({ entry, to: this.adoptions })
      else await this.index.put([entry])
      if (one.do === 'send' || !one.again) this.#changes = this.#changes.filter(other => other !== entry)
    }
  }

  /** Everything that is on its way gets there. */
  async settle(): Promise<void> {
    while (this.#sent.length > 0) await this.do({ do: 'arrive', pick: 0 })
    while (this.#changes.length > 0) await this.do({ do: 'project', pick: 0, again: false })
  }
}

/** A port before and after each of whose calls something else happens. */
function interrupted<T extends object>(port: T, meanwhile: () => Promise<void>): T {
  return new Proxy(port, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name)
      if (typeof member !== 'function' || name === 'versions') return member
      return async (...given: unknown[]) => {
        await meanwhile()
        const answer = await member.apply(target, given)
        await meanwhile()
        return answer
      }
    },
  })
}

const groups = (size: number) =>
  fc.array(fc.array(act, { maxLength: 3 }), { minLength: size, maxLength: size, size: 'max' })

describe('an index that is made anew', () => {
  test('holds what the list has, whatever is written and projected between any two of its calls', async () => {
    const plan = fc.record({
      before: fc.array(act, { maxLength: 20 }),
      during: groups(60),
      behind: fc.nat(2),
      repeats: fc.array(fc.boolean(), { maxLength: 20 }),
      size: fc.integer({ min: 1, max: 4 }),
    })
    await fc.assert(
      fc.asyncProperty(plan, async ({ before, during, behind, repeats, size }) => {
        const traffic = new Traffic()
        const { records, index } = traffic
        for (const one of before) await traffic.do(one)
        records.behind = behind
        const left = [...during]
        const meanwhile = async () => {
          for (const one of left.shift() ?? []) await traffic.do(one)
        }
        const around = { lists: interrupted(records.lists, meanwhile), records: interrupted(records, meanwhile) }
        const ports = { ...around, index: interrupted(index, meanwhile) }
        const again = [...repeats]
        for (let place: RebuildPlace | null | undefined; place !== null; ) {
          const at: RebuildPlace | null = place ?? null
          const step = () => rebuildStep(ports, NO_FIELDS, at, size)
          // An answer that was lost: the caller asks for the same step again.
          if (again.shift()) await step()
          place = (await step()).next
          if (at?.phase === 'adopt') traffic.adoptions++
        }
        for (const acts of left) for (const one of acts) await traffic.do(one)
        await traffic.settle()
        await expectMadeFrom(records, index)
      }),
      { numRuns: 400 },
    )
  })

  const filled = async (count: number) => {
    const records = new ListedRecords()
    const index = new MemoryIndex()
    for (let n = 0; n < count; n++) await records.write(toId(n), { surname: NAMES[n % NAMES.length] ?? null })
    return { lists: records.lists, records, index }
  }

  test('is made from nothing, from many pages, by one request or by many', async () => {
    for (const goOn of [() => true, () => false]) {
      const ports = await filled(1203)
      const sum = { read: 0, filled: 0, mended: 0, requests: 0 }
      for (let place: RebuildPlace | null | undefined; place !== null; sum.requests++) {
        const { read, filled, mended, next }: Awaited<ReturnType<typeof rebuild>> = await rebuild(
          ports,
          NO_FIELDS,
          place ?? null,
          goOn,
        )
        sum.read += read
        sum.filled += filled
        sum.mended += mended
        place = next
      }
      expect(sum).toMatchObject({ read: 4 * 1203, filled: 1203, mended: 0 })
      expect(sum.requests > 1).toBe(!goOn())
      await expectMadeFrom(ports.records, ports.index)
    }
  })

  test('loses entries of nobody, those of a later version, and those that are wrong', async () => {
    const ports = await filled(3)
    const [first, second] = toEntries(ports.records)
    if (!first || !second) throw new Error('there are three')
    await ports.index.put([
      { ...first, version: first.version + 1000, person: null },
      { ...second, past: [] },
      { ...first, id: toId(99) },
    ])
    await rebuild(ports, NO_FIELDS, null, () => true)
    await expectMadeFrom(ports.records, ports.index)
    expect(await ports.index.getMany([toId(99)])).toEqual([])
  })

  test('does not bring back who was purged after they were read', async () => {
    const ports = await filled(4)
    const purged = toId(1)
    for (let place: RebuildPlace | null | undefined; place !== null; ) {
      place = (await rebuildStep(ports, NO_FIELDS, place ?? null)).next
      if (place?.phase === 'adopt') ports.records.purge(purged)
    }
    expect(await ports.index.listIds(null, 10)).not.toContain(purged)
    await expectMadeFrom(ports.records, ports.index)
  })

  test('is not touched by a rebuild that another has taken the place of', async () => {
    const ports = await filled(4)
    const { next: first } = await rebuildStep(ports, NO_FIELDS, null)
    await rebuild(ports, NO_FIELDS, null, () => true)
    await expect(rebuildStep(ports, NO_FIELDS, first)).rejects.toMatchObject({ kind: 'unavailable' })
    await expectMadeFrom(ports.records, ports.index)
  })
})
