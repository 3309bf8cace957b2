import type { DynamoDBRecord } from 'aws-lambda'
import { lineRow } from '#adapters/dynamodb/line-store.ts'
import { imageOf } from '#adapters/dynamodb/stream.ts'
import type { Line } from '#domain/ports.ts'

/** The lines of versions, under the day of their recording: each once. */
export const linesIn = (records: readonly DynamoDBRecord[]): Line[] =>
  records.map(imageOf).flatMap(image => (String(image?.pk).startsWith('audit#') ? [lineRow.parse(image)] : []))
