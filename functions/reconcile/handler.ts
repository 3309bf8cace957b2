import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda'
import { pause } from '#adapters/clock.ts'
import { taken } from '../batch.ts'
import { services } from '../services.ts'
import { logger, settings } from '../settings.ts'
import { reconcileStream } from './stream.ts'

/** Reads the stream of `registry`. Tells the record from which it has to come again when a row is not taken. */
export async function handler({ Records }: Pick<DynamoDBStreamEvent, 'Records'>): Promise<DynamoDBBatchResponse> {
  const own = services()
  return taken(Records, async records => {
    const here = { location: settings().REGISTRY_LOCATION, pause, now: new Date().toISOString() }
    const report = await reconcileStream(own, here, records)
    if (report.lines > 0) logger.info('reconciled', { ...report, ...own.meter })
  })
}
