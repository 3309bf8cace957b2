import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import {
  type AttributeValue,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb'
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb'
import { connect } from '#adapters/dynamodb/sdk-documents.ts'
import { connectStreams } from '#adapters/dynamodb/stream-client.ts'
import { JOURNAL_FILE } from '#local/replication/journal.ts'
import { Replicator } from '#local/replication/replicator.ts'
import { StreamCursor } from '#local/stream-cursor.ts'
import { startEngine, type TestEngine } from '../../adapters/dynamodb/engine.ts'
import { until } from '../../e2e/until.ts'

const TableName = 'registry'

type Row = Record<string, unknown>

/** A location's table engine, with the operations of a client. */
export class TestSite {
  readonly name: string
  readonly engine: TestEngine
  readonly client: ReturnType<typeof connect>

  constructor(name: string, engine: TestEngine) {
    this.name = name
    this.engine = engine
    this.client = connect({ endpoint: engine.endpoint })
  }

  async put(pk: string, value: unknown): Promise<void> {
    await this.client.send(new PutItemCommand({ TableName, Item: marshall({ pk, sk: 'row', value }) }))
  }

  async delete(pk: string): Promise<void> {
    await this.client.send(new DeleteItemCommand({ TableName, Key: marshall({ pk, sk: 'row' }) }))
  }

  /** Returns the value of the row, or undefined. */
  async get(pk: string): Promise<unknown> {
    const Key = marshall({ pk, sk: 'row' })
    const { Item } = await this.client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }))
    return Item && unmarshall(Item).value
  }

  /** Returns the value of each row by key. */
  async rows(): Promise<Map<string, unknown>> {
    const rows: Row[] = []
    let ExclusiveStartKey: Record<string, AttributeValue> | undefined
    do {
      const page = await this.client.send(new ScanCommand({ TableName, ExclusiveStartKey }))
      rows.push(...(page.Items ?? []).map(item => unmarshall(item)))
      ExclusiveStartKey = page.LastEvaluatedKey
    } while (ExclusiveStartKey)
    return new Map(rows.map(({ pk, value }) => [String(pk), value] as const).sort(([a], [b]) => (a < b ? -1 : 1)))
  }

  /** Counts the records of its stream, from the beginning. */
  async records(): Promise<number> {
    const streams = connectStreams(this.engine.endpoint)
    const cursor = new StreamCursor(streams, TableName, {})
    let count = 0
    for (let batch = await cursor.read(1000); batch; batch = await cursor.read(1000)) {
      count += batch.records.length
      cursor.acknowledge(batch)
    }
    streams.destroy()
    return count
  }

  async stop(): Promise<void> {
    this.client.destroy()
    await this.engine.stop()
  }
}

/** Locations that consist of a table engine each, with a replicator between them. */
export class Sites {
  readonly folder: string
  readonly all: readonly TestSite[]
  replicator: Replicator

  private constructor(folder: string, all: readonly TestSite[]) {
    this.folder = folder
    this.all = all
    this.replicator = this.#createReplicator()
  }

  /** Creates the locations without starting the replicator. */
  static async create(...names: string[]): Promise<Sites> {
    const folder = await mkdtemp(join(tmpdir(), 'registry-sites-'))
    const all: TestSite[] = []
    for (const name of names) {
      await mkdir(join(folder, name))
      all.push(new TestSite(name, await startEngine()))
    }
    return new Sites(folder, all)
  }

  #createReplicator(): Replicator {
    return new Replicator(
      this.folder,
      this.all.map(({ name }) => name),
    )
  }

  async start(): Promise<void> {
    await this.replicator.start()
    for (const { name, engine } of this.all) this.replicator.at(name, engine.endpoint)
  }

  /** Replaces the replicator with a new one, which continues from the stored state. */
  async restart(): Promise<void> {
    await this.replicator.stop()
    this.replicator = this.#createReplicator()
    await this.start()
  }

  /** Counts the changes of a location in its journal. */
  countJournalled(name: string): number {
    const database = new DatabaseSync(join(this.folder, name, JOURNAL_FILE), { readOnly: true })
    const count = Number(database.prepare('SELECT COUNT(*) AS value FROM change').get()?.value)
    database.close()
    return count
  }

  /** Waits until all locations hold the same rows and these meet a condition. */
  async waitForConvergence(
    description: string,
    condition: (rows: Map<string, unknown>) => boolean = () => true,
  ): Promise<void> {
    await until(
      async () => {
        if (this.replicator.waiting().some(({ changes }) => changes !== 0)) return false
        const [first = new Map(), ...others] = await Promise.all(this.all.map(site => site.rows()))
        const text = JSON.stringify([...first])
        return others.every(rows => JSON.stringify([...rows]) === text) && condition(first)
      },
      20_000,
      description,
    )
  }

  async stop(): Promise<void> {
    await this.replicator.stop()
    for (const site of this.all) await site.stop()
    await rm(this.folder, { recursive: true })
  }
}

/** Waits for the next second, since engines compare timestamps in whole seconds. */
export async function nextSecond(): Promise<void> {
  const second = Math.floor(Date.now() / 1000)
  await until(() => Math.floor(Date.now() / 1000) > second, 2000, 'the next second')
}
