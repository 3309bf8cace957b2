import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'

/** The position of a stream's reader: the last processed sequence number of each shard. */
export const checkpoint = z.record(z.string(), z.string())
export type Checkpoint = z.infer<typeof checkpoint>

const stored = z.object({ stream: z.string(), position: checkpoint })

const toFile = (folder: string, table: string): string => join(folder, `stream-${table}.json`)

/**
 * The position of a table's reader; the beginning if it has read nothing, or has read the stream of an earlier table of the same name.
 *
 * @param stream the stream's name; null for any.
 */
export function readCheckpoint(folder: string, table: string, stream: string | null): Checkpoint {
  try {
    const found: unknown = JSON.parse(readFileSync(toFile(folder, table), 'utf8'))
    const own = stored.safeParse(found).data
    // Earlier versions did not store the stream.
    if (!own) return checkpoint.parse(found)
    return stream === null || own.stream === stream ? own.position : {}
  } catch {
    return {}
  }
}

/** Replaces the file atomically, so that a killed reader finds either the old or the new one. */
export function writeCheckpoint(folder: string, table: string, stream: string, position: Checkpoint): void {
  const own: z.infer<typeof stored> = { stream, position }
  writeFileSync(`${toFile(folder, table)}.new`, JSON.stringify(own))
  renameSync(`${toFile(folder, table)}.new`, toFile(folder, table))
}
