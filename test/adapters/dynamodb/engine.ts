import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { DirectDocuments } from '#adapters/dynamodb/direct-documents.ts'
import { createTables } from '#adapters/dynamodb/schema.ts'
import { connect, toDocuments } from '#adapters/dynamodb/sdk-documents.ts'
import { type TableNames, Tables } from '#adapters/dynamodb/tables.ts'
import { LOCAL_IDENTITY } from '#adapters/signed-posts.ts'
import { freePorts } from '../../e2e/free-ports.ts'
import { until } from '../../e2e/until.ts'

const PACKAGED = fileURLToPath(
  new URL(`../../../node_modules/@dynoxide/${process.platform}-${process.arch}/dynoxide`, import.meta.url),
)

export const TABLE_NAMES = { registry: 'registry', views: 'views' }

export interface TestEngine {
  endpoint: string
  /** The two tables, with a separate capacity meter. */
  tables(names?: TableNames): Tables
  stop(): Promise<void>
}

/** Starts the table engine in memory, with both tables. */
export async function startEngine(): Promise<TestEngine> {
  const port = await freePorts()
  const child = spawn(existsSync(PACKAGED) ? PACKAGED : 'dynoxide', ['serve', '--port', String(port)], {
    stdio: 'ignore',
  })
  const endpoint = `http://127.0.0.1:${port}`
  const isReady = () =>
    fetch(endpoint).then(
      async response => (await response.text()) !== undefined,
      () => false,
    )
  await until(isReady, 10_000, 'the table engine')
  const client = connect({ endpoint })
  await createTables(client, TABLE_NAMES)
  const documents = new DirectDocuments({
    endpoint,
    identity: LOCAL_IDENTITY,
    openSdk: async () => toDocuments(client),
  })
  return {
    endpoint,
    tables: (names = TABLE_NAMES) => new Tables(documents, names),
    stop: async () => {
      client.destroy()
      const exit = once(child, 'exit')
      child.kill('SIGTERM')
      await exit
    },
  }
}
