import type { DynamoDBBatchResponse } from 'aws-lambda'
import { pause } from '#adapters/clock.ts'
import { heedLate } from '#domain/audit/carry.ts'
import { type StreamEvent, taken } from '../batch.ts'
import { services } from '../services.ts'
import { logger, settings } from '../settings.ts'
import { acknowledgeErasures } from './acknowledge.ts'
import { entryKeysIn } from './entry-keys.ts'
import { reconcileStream } from './stream.ts'

/** Reads the stream of `registry`. Tells the record from which it has to come again when a row is not taken. */
export async function handler(event: StreamEvent): Promise<DynamoDBBatchResponse> {
  const own = services()
  return taken(event, async records => {
    const { REGISTRY_LOCATION: location, REGISTRY_SEAL_AFTER: seconds } = settings()
    const here = { location, pause, now: new Date().toISOString() }
    const report = await reconcileStream(own, here, records)
    await heedLate(own.audit, entryKeysIn(records), new Date().toISOString(), seconds * 1000)
    await acknowledgeErasures(own, here, records)
    if (report.lines > 0) logger.info('reconciled', { ...report, ...own.meter })
  })
}
