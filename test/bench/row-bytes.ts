import type { AttributeValue } from 'aws-lambda'

/** What DynamoDB adds to each row that it stores, in bytes (its developer guide, "Item sizes"). */
const OVERHEAD = 100

function valueBytes({ S, N, M, L }: AttributeValue): number {
  if (S !== undefined) return Buffer.byteLength(S)
  if (N !== undefined) return Math.ceil(N.length / 2) + 1
  if (M !== undefined) return 3 + nameAndValues(M) + Object.keys(M).length
  if (L !== undefined) return 3 + L.reduce((sum, element) => sum + valueBytes(element) + 1, 0)
  return 1
}

const nameAndValues = (row: Record<string, AttributeValue>): number =>
  Object.entries(row).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + valueBytes(value), 0)

type Row = Record<string, AttributeValue> | undefined

/** A row's size as request units count it, in bytes; 0 for none. */
export const rowBytes = (row: Row): number => (row === undefined ? 0 : nameAndValues(row))

/** Its size as storage is paid for. */
export const storedBytes = (row: Row): number => (row === undefined ? 0 : rowBytes(row) + OVERHEAD)
