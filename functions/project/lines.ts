import type { DynamoDBRecord } from 'aws-lambda'
import * as z from 'zod'
import { imageOf } from '#adapters/dynamodb/stream.ts'
import type { Line } from '#domain/ports.ts'
import { kind } from '#domain/records/version.ts'

const line = z.object({
  kind,
  id: z.string(),
  valid_from: z.string(),
  recorded_at: z.string(),
  location: z.string(),
})

/** The lines of versions, under the day of their recording: each once. */
export const linesIn = (records: readonly DynamoDBRecord[]): Line[] =>
  records.map(imageOf).flatMap(image => (String(image?.pk).startsWith('audit#') ? [line.parse(image)] : []))
