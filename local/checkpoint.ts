import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'

/** The position of a stream's reader: the last processed sequence number of each shard. */
export const checkpoint = z.record(z.string(), z.string())
export type Checkpoint = z.infer<typeof checkpoint>

const stored = z.object({ stream: z.string(), position: checkpoint })

/** The file with the position of a table's reader, in the folder of the location. */
export const toCheckpointFile = (table: string): string => `stream-${table}.json`
const toFile = (folder: string, table: string): string => join(folder, toCheckpointFile(table))

/**
 * The position of a table's reader; the beginning if it has read nothing, or has read the stream of an earlier table of the same name.
 *
 * @param stream the stream's name; null for any.
 */
export function readCheckpoint(folder: string, table: string, stream: string | null): Checkpoint {
  try {
    const content: unknown = JSON.parse(readFileSync(toFile(folder, table), 'utf8'))
    const parsed = stored.safeParse(content).data
    // Earlier versions did not store the stream.
    if (!parsed) return checkpoint.parse(content)
    return stream === null || parsed.stream === stream ? parsed.position : {}
  } catch {
    return {}
  }
}

/** Replaces the file atomically, so that a killed reader finds either the old or the new one. */
export function writeCheckpoint(folder: string, table: string, stream: string, position: Checkpoint): void {
  const content: z.infer<typeof stored> = { stream, position }
  writeFileSync(`${toFile(folder, table)}.new`, JSON.stringify(content))
  renameSync(`${toFile(folder, table)}.new`, toFile(folder, table))
}
