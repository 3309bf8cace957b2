import { randomUUID } from 'node:crypto'
import { describe } from '@jest/globals'
import type { Cluster } from '#adapters/opensearch/cluster.ts'
import { OpenSearchIndex } from '#adapters/opensearch/opensearch-index.ts'

/** The endpoint of an OpenSearch (see jest.config.js), or null when none is configured. */
export const ENDPOINT: string | null = (globalThis as { OPENSEARCH_ENDPOINT?: string }).OPENSEARCH_ENDPOINT || null

/** Like `describe`, but skips its tests when no OpenSearch is configured, and says so. */
export function describeWithOpenSearch(name: string, tests: (endpoint: string) => void): void {
  if (ENDPOINT === null) console.log(`${name}: skipped, since no OPENSEARCH_ENDPOINT is named`)
  const run = ENDPOINT === null ? describe.skip : describe
  // Skipped tests are still listed.
  run(name, () => tests(ENDPOINT ?? 'http://none.invalid'))
}

/** The prefix of this process's indexes. */
export const PREFIX = `test-${randomUUID().slice(0, 8)}`

let created = 0

/** Returns an alias without an index. */
export const freshAlias = (): string => `${PREFIX}-${++created}`

/** Creates and promotes an empty index whose token counts are not cached. */
export async function freshIndex(cluster: Cluster, alias = freshAlias()): Promise<OpenSearchIndex> {
  const index = new OpenSearchIndex(cluster, alias, 0)
  await index.promote(await index.create())
  return index
}

/** Sends a request to the engine directly. */
export async function askEngine(method: string, path: string, body?: object): Promise<Record<string, unknown>> {
  const response = await fetch(`${ENDPOINT}${path}`, {
    method,
    headers: { 'Content-Type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  return response.json() as Promise<Record<string, unknown>>
}

/** Deletes every index of this process. */
export async function deleteTestIndexes(): Promise<void> {
  if (ENDPOINT !== null) await askEngine('DELETE', `/${PREFIX}-*`)
}
