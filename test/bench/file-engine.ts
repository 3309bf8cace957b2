import { rm } from 'node:fs/promises'
import { DirectDocuments } from '#adapters/dynamodb/direct-documents.ts'
import { connect, toDocuments } from '#adapters/dynamodb/sdk-documents.ts'
import { Tables } from '#adapters/dynamodb/tables.ts'
import { LOCAL_IDENTITY } from '#adapters/signed-posts.ts'
import { Engine } from '#local/engine.ts'
import { Lock } from '#local/lock.ts'
import { TABLES } from '#local/names.ts'
import { startAll } from '#local/service.ts'
import type { TestEngine } from '../adapters/dynamodb/engine.ts'
import { freshFolder } from '../e2e/server.ts'

/**
 * Starts the table engine as `npm start` does, with a file and an index of its stream: in memory, each write takes longer the more writes
 * there were before.
 */
export async function startFileEngine(): Promise<TestEngine> {
  const folder = await freshFolder()
  const lock = new Lock(folder)
  const engine = new Engine(folder, TABLES, lock)
  const stop = await startAll([lock, engine])
  const { endpoint } = engine
  const client = connect({ endpoint })
  const documents = new DirectDocuments({
    endpoint,
    identity: LOCAL_IDENTITY,
    openSdk: async () => toDocuments(client),
    isGrouped: true,
  })
  return {
    endpoint,
    tables: (names = TABLES) => new Tables(documents, names),
    stop: async () => {
      client.destroy()
      await stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
