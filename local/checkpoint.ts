import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'

/** Where a stream's reader stands: the last sequence number that was taken, by shard. */
export const checkpoint = z.record(z.string(), z.string())
export type Checkpoint = z.infer<typeof checkpoint>

const fileOf = (folder: string, table: string): string => join(folder, `stream-${table}.json`)

export function readCheckpoint(folder: string, table: string): Checkpoint {
  try {
    return checkpoint.parse(JSON.parse(readFileSync(fileOf(folder, table), 'utf8')))
  } catch {
    return {}
  }
}

/** Replaces the file whole: a reader that is killed finds the old one or the new one. */
export function writeCheckpoint(folder: string, table: string, position: Checkpoint): void {
  writeFileSync(`${fileOf(folder, table)}.new`, JSON.stringify(position))
  renameSync(`${fileOf(folder, table)}.new`, fileOf(folder, table))
}
