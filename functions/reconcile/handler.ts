import type { DynamoDBStreamEvent } from 'aws-lambda'
import { pause } from '#adapters/clock.ts'
import { services } from '../services.ts'
import { logger, settings } from '../settings.ts'
import { acknowledgeErasures } from './acknowledge.ts'
import { reconcileStream } from './stream.ts'

/** Reads the stream of `registry`. Throws, so that the whole batch comes again, when a row is not taken. */
export async function handler({ Records }: Pick<DynamoDBStreamEvent, 'Records'>): Promise<void> {
  const own = services()
  const here = { location: settings().REGISTRY_LOCATION, pause, now: new Date().toISOString() }
  const report = await reconcileStream(own, here, Records)
  await acknowledgeErasures(own, here, Records)
  if (report.lines > 0) logger.info('reconciled', { ...report, ...own.meter })
}
