import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { DynamoListStore } from '#adapters/dynamodb/list-store.ts'
import { connectStreams, isRecord } from '#adapters/dynamodb/stream-client.ts'
import { MemoryIndex } from '#adapters/memory-search/memory-index.ts'
import type { FieldValues } from '#domain/records/prepare-write.ts'
import { differing } from '#domain/search/difference.ts'
import { toEntry } from '#domain/search/entry.ts'
import type { Services } from '#functions/runtime/services.ts'
import { StreamCursor } from '#local/stream-cursor.ts'
import { TABLE_NAMES } from '../../adapters/dynamodb/engine.ts'
import { createCommitted, timestampAt, toWrite } from '../../adapters/dynamodb/histories.ts'
import { type FunctionEnvironment, startFunctionEnvironment } from '../function-environment.ts'

/** Some in each partition. */
const COUNT = 640
const NO_FIELDS = new Map()
const { listIndexed } = DynamoListStore.prototype
const { put } = MemoryIndex.prototype

describe('filling the index in memory', () => {
  let environment: FunctionEnvironment
  let services: Services
  let fill: typeof import('#functions/project/bootstrap-index.ts').bootstrapIndex
  let project: typeof import('#functions/project/handler.ts').handler
  let cursor: StreamCursor
  let disconnect: () => void

  beforeAll(async () => {
    environment = await startFunctionEnvironment()
    services = (await import('#functions/runtime/services.ts')).createServices()
    fill = (await import('#functions/project/bootstrap-index.ts')).bootstrapIndex
    project = (await import('#functions/project/handler.ts')).handler
    await Promise.all(
      Array.from({ length: COUNT }, (_, n) => createCommitted(services.records, { surname: `Old${n}` })),
    )
    const client = connectStreams(environment.engine.endpoint)
    disconnect = () => client.destroy()
    cursor = new StreamCursor(client, TABLE_NAMES.views, {})
    await readStream(async () => ({ batchItemFailures: [] }))
  })
  afterEach(() => {
    DynamoListStore.prototype.listIndexed = listIndexed
    MemoryIndex.prototype.put = put
  })
  afterAll(async () => {
    disconnect()
    await environment.engine.stop()
  })

  /** Passes what is new in the stream to a handler. */
  async function readStream(handler: typeof project): Promise<void> {
    for (let batch = await cursor.read(500); batch !== null; batch = await cursor.read(500)) {
      expect(await handler({ Records: batch.records.filter(isRecord) })).toEqual({ batchItemFailures: [] })
      cursor.acknowledge(batch)
    }
  }

  /** Creates or changes a customer, and puts the entry into the index. */
  async function write(id: string, fields: FieldValues): Promise<void> {
    const { records, index } = services
    const current = await records.current('customer', id, true)
    const change = await toWrite(records, { id, row: current, fields, at: timestampAt(1) })
    expect(await records.commit([change])).toEqual({ done: true })
    await index.put([toEntry(change.row, NO_FIELDS)])
  }

  test('keeps the changes that arrive between the reading and the indexing of a page', async () => {
    const renamed: string[] = []
    const deleted: string[] = []
    const created: string[] = []
    DynamoListStore.prototype.listIndexed = async function (...page) {
      const read = await listIndexed.apply(this, page)
      // A customer created while an earlier partition was read may be in this one.
      const [first, second] = read.records.filter(({ id }) => !created.includes(id))
      if (first && second) {
        const id = randomUUID()
        await write(first.id, { surname: 'Renamed' })
        await write(second.id, { state: 'deleted' })
        await write(id, { surname: 'Created' })
        renamed.push(first.id)
        deleted.push(second.id)
        created.push(id)
      }
      return read
    }
    expect(await fill()).toBe(true)
    expect(renamed.length).toBeGreaterThanOrEqual(8)
    const { index, lists } = services
    const { entries } = await lists.list('customer', { shard: 0, after: null }, 2 * COUNT, true)
    const expected = entries.map(({ entry }) => toEntry(entry, NO_FIELDS))
    const listed = COUNT + created.length - deleted.length
    const find = async (word: string) => (await index.exact([word], COUNT)).map(({ id }) => id).sort()
    const expectComplete = async () => {
      expect(await differing(index, expected)).toEqual([])
      expect(await find('renamed')).toEqual(renamed.sort())
      expect(await find('created')).toEqual(created.sort())
      const ids = await index.listIds(null, 2 * COUNT)
      expect(ids).toHaveLength(listed)
      expect(ids.filter(id => deleted.includes(id))).toEqual([])
      const order = { by: 'surname', descending: false, state: 'active' } as const
      expect(await index.sorted({ ...order, after: null, limit: 2 * COUNT })).toHaveLength(listed)
    }
    await expectComplete()
    // The stream brings the same changes once more.
    await readStream(project)
    await expectComplete()
  })

  test('refuses searches until every customer is indexed, and tells its progress', async () => {
    const progress: number[] = []
    const isComplete = () =>
      services.index.exact(['old1'], 5).then(
        () => true,
        () => false,
      )
    DynamoListStore.prototype.listIndexed = async function (...page) {
      expect(await isComplete()).toBe(false)
      return listIndexed.apply(this, page)
    }
    expect(await fill((_, part) => progress.push(part))).toBe(true)
    expect(await isComplete()).toBe(true)
    expect(progress.length).toBeGreaterThanOrEqual(8)
    expect(progress.toSorted((a, b) => a - b)).toEqual(progress)
    expect(progress.at(-1)).toBe(1)
  })

  test('lets requests in between', async () => {
    let [inARow, mostInARow] = [0, 0]
    MemoryIndex.prototype.put = async function (...entries) {
      inARow += 1
      mostInARow = Math.max(mostInARow, inARow)
      setImmediate(() => {
        inARow = 0
      })
      await put.apply(this, entries)
      for (const end = performance.now() + 10; performance.now() < end; );
    }
    expect(await fill()).toBe(true)
    // Two partitions are indexed at the same time.
    expect(mostInARow).toBeLessThanOrEqual(2)
  })
})
