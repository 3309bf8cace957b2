import type { DynamoDBStreamEvent } from 'aws-lambda'
import { fields, services } from '../services.ts'
import { projectStream } from './stream.ts'

/** Reads the stream of `views`. Throws, so that the whole batch comes again, when the index does not take it. */
export async function handler({ Records }: Pick<DynamoDBStreamEvent, 'Records'>): Promise<void> {
  const own = services()
  await projectStream(own, await fields(own), Records, () => new Date().toISOString())
}
