/** Recognises customers as the registry exports them, so that an export can be ingested again. */
import { batchRow } from './schemas/batch.ts'
import { type Customer, customer } from './schemas/customer.ts'

/** Members of a customer that the registry sets itself. */
const OWNED = (Object.keys(customer.shape) satisfies string[]).filter(name => !(name in batchRow.shape))
const MARKS = ['version', 'recorded_at', 'created_at'] as const satisfies readonly (keyof Customer)[]

/** Whether the names are those of a customer as the registry exports it. */
export const isExported = (names: readonly string[]): boolean => MARKS.every(mark => names.includes(mark))

/** Whether an exported member is not for ingest: what the registry sets itself, and since when the version is valid. */
export const isOwned = (name: string): boolean => OWNED.includes(name) || name === 'valid_from'
