import type { DynamoDBStreamEvent } from 'aws-lambda'
import { VERSION, versionOf } from '#adapters/dynamodb/rows.ts'
import { imageOf } from '#adapters/dynamodb/stream.ts'
import { services } from '../services.ts'
import { logger } from '../settings.ts'

/** Makes this location's lines from the stream of `registry`: a line a version, under the days on which it was made and holds from. */
export async function handler(event: Pick<DynamoDBStreamEvent, 'Records'>): Promise<void> {
  const { lines, meter } = services()
  const made = event.Records.flatMap(record => {
    const image = imageOf(record)
    if (image === null || !String(image.sk).startsWith(VERSION)) return []
    const { kind, id, valid_from, recorded_at, location } = versionOf(image)
    return [{ kind, id, valid_from, recorded_at, location }]
  })
  if (made.length === 0) return
  await lines.putLines(made)
  logger.info('reconciled', { lines: made.length, ...meter })
}
