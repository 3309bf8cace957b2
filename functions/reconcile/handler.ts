import type { DynamoDBBatchResponse } from 'aws-lambda'
import { pause } from '#adapters/clock.ts'
import { type StreamEvent, taken } from '../batch.ts'
import { services } from '../services.ts'
import { logger, settings } from '../settings.ts'
import { acknowledgeErasures } from './acknowledge.ts'
import { reconcileStream } from './stream.ts'

/** Reads the stream of `registry`. Tells the record from which it has to come again when a row is not taken. */
export async function handler(event: StreamEvent): Promise<DynamoDBBatchResponse> {
  const own = services()
  return taken(event, async records => {
    const here = { location: settings().REGISTRY_LOCATION, pause, now: new Date().toISOString() }
    const report = await reconcileStream(own, here, records)
    await acknowledgeErasures(own, here, records)
    if (report.lines > 0) logger.info('reconciled', { ...report, ...own.meter })
  })
}
