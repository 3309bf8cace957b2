/** Puts documents in bulk requests. */
import * as z from 'zod'
import type { Cluster } from './cluster.ts'
import { DocumentsRefused, isPassing, refused } from './errors.ts'

/** A document, and what to do with it. */
export interface Operation {
  action: { index: { _id: string; version: number; version_type: 'external_gte' } } | { create: { _id: string } }
  document: object
}

const MAX_BYTES = 5_000_000
const MAX_DOCUMENTS = 1000
const WITHIN_MS = 30_000
/** A newer version exists, or, for documents that are only created, the same. */
const THERE_ALREADY = 409

const outcome = z.object({ status: z.number(), error: z.object({ type: z.string() }).optional() })
const answer = z.object({
  errors: z.boolean(),
  items: z.array(z.record(z.string(), outcome)).default([]),
})

/** Request bodies of at most 5 MB and 1,000 documents; a larger document is sent alone. */
function* bodies(operations: readonly Operation[]): Generator<string> {
  let [body, bytes, documents] = ['', 0, 0]
  for (const { action, document } of operations) {
    const lines = `${JSON.stringify(action)}\n${JSON.stringify(document)}\n`
    const size = Buffer.byteLength(lines)
    if (documents > 0 && (bytes + size > MAX_BYTES || documents === MAX_DOCUMENTS)) {
      yield body
      ;[body, bytes, documents] = ['', 0, 0]
    }
    body += lines
    bytes += size
    documents += 1
  }
  if (documents > 0) yield body
}

/**
 * Puts documents through an alias. Documents older than the stored ones are ignored.
 *
 * @throws Unavailable if the cluster has no capacity or no shard for some of them; EngineRefusal if there is no such alias;
 * DocumentsRefused if some of them are invalid: the others are put.
 */
export async function bulk(cluster: Cluster, alias: string, operations: readonly Operation[]): Promise<void> {
  const types = new Map<string, number>()
  for (const bulkBody of bodies(operations)) {
    const demand = {
      method: 'POST',
      path: `/${alias}/_bulk`,
      querystring: { require_alias: 'true', filter_path: 'errors,items.*.status,items.*.error.type' },
      bulkBody,
      within: WITHIN_MS,
    }
    await cluster.write(demand, answer, ({ errors, items }) => {
      if (!errors) return
      for (const { status, error } of items.flatMap(item => Object.values(item))) {
        if (error === undefined || status === THERE_ALREADY) continue
        if (isPassing(status) || error.type === 'index_not_found_exception') throw refused(status, error.type)
        types.set(error.type, (types.get(error.type) ?? 0) + 1)
      }
    })
  }
  const count = [...types.values()].reduce((sum, number) => sum + number, 0)
  if (count > 0) throw new DocumentsRefused(count, operations.length, types)
}
