import { createRequestContext } from '#adapters/clock.ts'
import { DynamoAuditStore } from '#adapters/dynamodb/audit-store.ts'
import { carryEntries } from '#domain/audit/index-entries.ts'
import { sealEntries } from '#domain/audit/seal.ts'
import { countDays } from '#domain/audit/summary.ts'
import { Unavailable } from '#domain/errors.ts'
import type { RequestContext } from '#domain/ports.ts'
import { timeBudget } from '../runtime/deadline.ts'
import { createServices, type Services } from '../runtime/services.ts'
import { getSettings, logger } from '../runtime/settings.ts'

/** Carries entries to the index; while it does not answer, the audit is read from the tables. */
async function indexEntries(
  { auditIndex, locations, tables }: Services,
  request: RequestContext,
  margin: number,
): Promise<void> {
  try {
    const consistentPorts = { locations, audit: new DynamoAuditStore(tables, true) }
    await carryEntries(consistentPorts, auditIndex, request, margin, timeBudget())
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
  const { REGISTRY_LOCATION: location, REGISTRY_SEAL_AFTER: seconds } = getSettings()
  const services = createServices()
  const request = createRequestContext({ location, actor: 'schedule', request_id: 'seal' })
  const sealed = await sealEntries(services, request, seconds * 1000)
  if (sealed.restarted !== undefined)
    logger.warn('the clock was set back: entries are sealed again', { from: sealed.restarted })
  await countDays(services, request)
  await indexEntries(services, request, seconds * 1000)
  if (sealed.entries > 0) logger.info('sealed', { ...sealed, ...services.meter })
}
