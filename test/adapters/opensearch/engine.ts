import { randomUUID } from 'node:crypto'
import { describe } from '@jest/globals'
import type { Cluster } from '#adapters/opensearch/cluster.ts'
import { OpenSearchIndex } from '#adapters/opensearch/opensearch-index.ts'

/** Where an OpenSearch is (jest.config.js); null when none is named. */
export const ENDPOINT: string | null = (globalThis as { OPENSEARCH_ENDPOINT?: string }).OPENSEARCH_ENDPOINT || null

/** As `describe`, where there is an OpenSearch; else it says that its tests are left out. */
export function describeWithOpenSearch(name: string, tests: (endpoint: string) => void): void {
  if (ENDPOINT === null) console.log(`${name}: skipped, since no OPENSEARCH_ENDPOINT is named`)
  const run = ENDPOINT === null ? describe.skip : describe
  // What is left out is described all the same.
  run(name, () => tests(ENDPOINT ?? 'http://none.invalid'))
}

/** Names of indexes that no other test has. */
export const PREFIX = `test-${randomUUID().slice(0, 8)}`

let made = 0

/** An alias that has no index yet. */
export const freshAlias = (): string => `${PREFIX}-${++made}`

/** An empty index that counts as filled; counts of words are never kept. */
export async function freshIndex(cluster: Cluster, alias = freshAlias()): Promise<OpenSearchIndex> {
  const index = new OpenSearchIndex(cluster, alias, 0)
  await index.promote(await index.create())
  return index
}

/** Asks the engine itself. */
export async function askEngine(method: string, path: string, body?: object): Promise<Record<string, unknown>> {
  const answer = await fetch(`${ENDPOINT}${path}`, {
    method,
    headers: { 'Content-Type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  return answer.json() as Promise<Record<string, unknown>>
}

/** Takes away every index of this process's tests. */
export async function sweep(): Promise<void> {
  if (ENDPOINT !== null) await askEngine('DELETE', `/${PREFIX}-*`)
}
