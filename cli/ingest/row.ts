import { MAX_BODY } from '#contract/route.ts'
import { batchRow } from '#contract/schemas/batch.ts'
import { BadFile } from '../failure.ts'

/** One row of a file as it is sent on. What it means is the registry's to say. */
export interface Row {
  /** As it stands in a batch's body, with its line break. */
  text: string
  /** The line of the file that it begins at. */
  line: number
  /** The source's key of the customer, as the registry reads it; null where there is none. */
  key: string | null
  /** Whether it says itself since when it holds. */
  dated: boolean
  /** Bytes of the file up to the row's end. */
  end: number
}

/** A row with its place in the file. */
export interface Numbered extends Row {
  /** From 1, without a header. */
  number: number
  /** How much of the file it is. */
  bytes: number
}

/** What a file holds, as it comes. */
export interface Rows {
  type: 'text/csv' | 'application/x-ndjson'
  /** What every batch begins with: the header of a CSV. */
  preface: string
  rows: AsyncIterable<Row>
}

/** The key in a row, as the registry reads it. */
export const keyIn = (value: unknown): string | null => batchRow.shape.id.safeParse(value).data ?? null

/** A row by itself must fit in a request. */
export const tooLong = (line: number): BadFile =>
  new BadFile(`line ${line} begins a row of over ${MAX_BODY} bytes, which is more than a request takes`)
