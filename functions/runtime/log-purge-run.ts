import type { StoredRun } from '#domain/retention/port.ts'
import { logger } from './settings.ts'

/** Leaves the line of a run in the log, with what it took: the board's figures of the purge are counted from it. */
export function logPurgeRun(
  { due, expired, marked, removed, kept, waiting_for, finished }: StoredRun,
  cost: object,
): void {
  logger.info('purged', { due, expired, marked, removed, kept, waiting_for, finished, ...cost })
}
