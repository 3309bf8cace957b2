import type { DynamoDBBatchResponse } from 'aws-lambda'
import { backoff } from '#adapters/clock.ts'
import { toRegistryChanges } from '#adapters/dynamodb/stream.ts'
import { rewindForLate } from '#domain/audit/index-entries.ts'
import { acknowledgeErasures } from '#domain/retention/acknowledged.ts'
import { reconcileViews } from '#domain/views/reconcile-views.ts'
import { noteEntries, toAuditKeys, toErasedCustomers } from '#domain/views/registry-change.ts'
import { createServices } from '../runtime/services.ts'
import { getSettings, logger } from '../runtime/settings.ts'
import { processBatch, type StreamEvent } from '../runtime/stream-batch.ts'

/** Reads the stream of `registry`. Reports the first record that failed, so that Lambda retries from there. */
export async function handler(event: StreamEvent): Promise<DynamoDBBatchResponse> {
  const services = createServices()
  return processBatch(event, async records => {
    const { REGISTRY_LOCATION: location, REGISTRY_SEAL_AFTER: seconds } = getSettings()
    const context = { location, pause: backoff, now: new Date().toISOString() }
    const changes = toRegistryChanges(records)
    if (services.recentEntries !== null) noteEntries(services.recentEntries, changes)
    const report = await reconcileViews(services, context, changes)
    await rewindForLate(services.audit, toAuditKeys(changes), new Date().toISOString(), seconds * 1000)
    await acknowledgeErasures(services, context, toErasedCustomers(changes))
    if (report.lines > 0) logger.info('reconciled', { ...report, ...services.meter })
  })
}
