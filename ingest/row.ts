import { MAX_BODY } from '#contract/route.ts'
import { type BatchIds, batchRow } from '#contract/schemas/batch.ts'
import { BadFile } from './failure.ts'

/** One row of a file. The registry interprets it. */
export interface Row {
  /** As in a batch's body, with its line break. */
  text: string
  /** The line of the file at which it begins. */
  line: number
  /** The source's key of the customer, as the registry reads it; null without one. */
  key: string | null
  /** Whether it states since when it is valid. */
  dated: boolean
  /** The position in the file at which it ends, in bytes. */
  end: number
}

/** A row with its position in the file. */
export interface Numbered extends Row {
  /** Starts at 1, without the header. */
  number: number
  /** Its size in the file. */
  bytes: number
}

/** The rows of a file. */
export interface RowFile {
  type: 'text/csv' | 'application/x-ndjson'
  /** The beginning of every batch: the header of a CSV. */
  preface: string
  /** Reads the rows from the beginning. */
  rows(): AsyncIterable<Row>
  /** Whose ids the rows have: the source's, or the registry's (in its own exports). */
  ids: BatchIds
  /** The columns and what they were taken for; null: left out. */
  columns: readonly (readonly [string, string | null])[]
  /** What to know about how the file was read; complete once the rows were. */
  notes(): string[]
}

/** The key in a row, as the registry reads it. */
export const keyIn = (value: unknown): string | null => batchRow.shape.id.safeParse(value).data ?? null

/** A row must fit into a request. */
export const tooLong = (line: number): BadFile =>
  new BadFile(`line ${line} begins a row of over ${MAX_BODY} bytes, which is more than a request takes`)
