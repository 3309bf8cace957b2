import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'

/** Where a stream's reader stands: the last sequence number that was taken, by shard. */
export const checkpoint = z.record(z.string(), z.string())
export type Checkpoint = z.infer<typeof checkpoint>

const stored = z.object({ stream: z.string(), position: checkpoint })

const toFile = (folder: string, table: string): string => join(folder, `stream-${table}.json`)

/**
 * Where the reader of a table stands; at the beginning where it has not read yet, or has read another stream: that of a table of the same
 * name that is gone.
 *
 * @param stream the stream's name; null: whichever it was.
 */
export function readCheckpoint(folder: string, table: string, stream: string | null): Checkpoint {
  try {
    const found: unknown = JSON.parse(readFileSync(toFile(folder, table), 'utf8'))
    const own = stored.safeParse(found).data
    // An earlier version did not note the stream.
    if (!own) return checkpoint.parse(found)
    return stream === null || own.stream === stream ? own.position : {}
  } catch {
    return {}
  }
}

/** Replaces the file whole: a reader that is killed finds the old one or the new one. */
export function writeCheckpoint(folder: string, table: string, stream: string, position: Checkpoint): void {
  const own: z.infer<typeof stored> = { stream, position }
  writeFileSync(`${toFile(folder, table)}.new`, JSON.stringify(own))
  renameSync(`${toFile(folder, table)}.new`, toFile(folder, table))
}
