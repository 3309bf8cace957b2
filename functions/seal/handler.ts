import { callNow } from '#adapters/clock.ts'
import { DynamoAuditStore } from '#adapters/dynamodb/audit-store.ts'
import { carryEntries } from '#domain/audit/carry.ts'
import { sealEntries } from '#domain/audit/seal.ts'
import { countDays } from '#domain/audit/summary.ts'
import { Unavailable } from '#domain/errors.ts'
import type { Call } from '#domain/ports.ts'
import { forAWhile } from '../piece.ts'
import { type Services, services } from '../services.ts'
import { logger, settings } from '../settings.ts'

/** Carries entries to the index, where there is one; while it does not answer, the audit is read from the tables. */
async function carry({ auditIndex, locations, tables }: Services, call: Call, margin: number): Promise<void> {
  if (auditIndex === null) return
  try {
    const consistent = { locations, audit: new DynamoAuditStore(tables, true) }
    await carryEntries(consistent, auditIndex, call, margin, forAWhile())
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error
    logger.warn('the index of the audit does not answer')
  }
}

/**
 * Runs by a schedule, every few seconds on one machine and every few minutes in the cloud: seals this location's entries, and carries all
 * of them to the index.
 */
export async function handler(): Promise<void> {
  const { REGISTRY_LOCATION: location, REGISTRY_SEAL_AFTER: seconds } = settings()
  const own = services()
  const call = callNow({ location, actor: 'schedule', request_id: 'seal' })
  const sealed = await sealEntries(own, call, seconds * 1000)
  await countDays(own, call)
  await carry(own, call, seconds * 1000)
  if (sealed.entries > 0) logger.info('sealed', { ...sealed, ...own.meter })
}
