import { type Field, field as fieldSchema } from '#contract/schemas/field.ts'
import { type ReadRow, readCsv } from '#domain/batches/rows.ts'

const field = (name: string, type: Field['type']): [string, Field] => [
  name,
  fieldSchema.parse({ name, label: name, type, state: 'authorised' }),
]
/** The authorised fields of the rows. */
export const FIELDS = new Map([
  field('colour', 'text'),
  field('amount', 'number'),
  field('member', 'boolean'),
  field('since', 'date'),
])

export const csv = (text: string) => readCsv(text, FIELDS)
export const faultPointers = (row: ReadRow | undefined) =>
  row && 'faults' in row ? row.faults.map(({ pointer }) => pointer) : []

/** Returns the error that a function throws, or null. */
export function catchError(read: () => unknown): unknown {
  try {
    read()
  } catch (error) {
    return error
  }
  return null
}

/** A row of a source. */
export const ANN = { row: { id: '1', surname: 'Lee', given_name: 'Ann' } }
