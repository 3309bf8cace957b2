import type { DynamoDBStreamEvent } from 'aws-lambda'
import { pause } from '#adapters/clock.ts'
import { heedLate } from '#domain/audit/carry.ts'
import { services } from '../services.ts'
import { logger, settings } from '../settings.ts'
import { acknowledgeErasures } from './acknowledge.ts'
import { entryKeysIn } from './entry-keys.ts'
import { reconcileStream } from './stream.ts'

/** Reads the stream of `registry`. Throws, so that the whole batch comes again, when a row is not taken. */
export async function handler({ Records }: Pick<DynamoDBStreamEvent, 'Records'>): Promise<void> {
  const own = services()
  const { REGISTRY_LOCATION: location, REGISTRY_SEAL_AFTER: seconds } = settings()
  const here = { location, pause, now: new Date().toISOString() }
  const report = await reconcileStream(own, here, Records)
  await heedLate(own.audit, entryKeysIn(Records), new Date().toISOString(), seconds * 1000)
  await acknowledgeErasures(own, here, Records)
  if (report.lines > 0) logger.info('reconciled', { ...report, ...own.meter })
}
