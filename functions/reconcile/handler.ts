import type { DynamoDBBatchResponse } from 'aws-lambda'
import { backoff } from '#adapters/clock.ts'
import { rewindForLate } from '#domain/audit/index-entries.ts'
import { createServices } from '../runtime/services.ts'
import { getSettings, logger } from '../runtime/settings.ts'
import { processBatch, type StreamEvent } from '../runtime/stream-batch.ts'
import { acknowledgeErasures } from './acknowledge-erasures.ts'
import { toAuditEntryKeys } from './audit-entry-keys.ts'
import { reconcileStream } from './stream.ts'

/** Reads the stream of `registry`. Reports the first record that failed, so that Lambda retries from there. */
export async function handler(event: StreamEvent): Promise<DynamoDBBatchResponse> {
  const services = createServices()
  return processBatch(event, async records => {
    const { REGISTRY_LOCATION: location, REGISTRY_SEAL_AFTER: seconds } = getSettings()
    const context = { location, pause: backoff, now: new Date().toISOString() }
    const report = await reconcileStream(services, context, records)
    await rewindForLate(services.audit, toAuditEntryKeys(records), new Date().toISOString(), seconds * 1000)
    await acknowledgeErasures(services, context, records)
    if (report.lines > 0) logger.info('reconciled', { ...report, ...services.meter })
  })
}
