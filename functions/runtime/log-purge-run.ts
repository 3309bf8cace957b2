import type { StoredRun } from '#domain/retention/port.ts'
import { logger } from './settings.ts'

/** Logs a purge run with its cost. The dashboard's metric filters count from this line. */
export function logPurgeRun(
  { due, expired, marked, removed, kept, waiting_for, finished }: StoredRun,
  cost: object,
): void {
  logger.info('purged', { due, expired, marked, removed, kept, waiting_for, finished, ...cost })
}
