import { randomUUID } from 'node:crypto'
import { type Batch, batch } from '#contract/schemas/batch.ts'
import type { Agent } from './agent.ts'

/** Returns a new source, whose keys meet no others. */
export const newSource = (): string => `source-${randomUUID()}`

const ndjson = (rows: readonly unknown[]) =>
  rows.map(row => (typeof row === 'string' ? row : JSON.stringify(row))).join('\n')

/** Sends rows as NDJSON (strings unchanged), or a text as CSV. */
export const sendBatch = (
  agent: Agent,
  source: string,
  rows: readonly unknown[] | string,
  headers: Record<string, string> = {},
) =>
  typeof rows === 'string'
    ? agent.send('POST', `/v1/batches?source=${source}`, rows, { 'Content-Type': 'text/csv', ...headers })
    : agent.send('POST', `/v1/batches?source=${source}`, ndjson(rows), {
        'Content-Type': 'application/x-ndjson',
        ...headers,
      })

/** Sends rows and returns the batch. @throws Error when the batch is refused. */
export const sendAccepted = async (agent: Agent, source: string, rows: readonly unknown[] | string): Promise<Batch> =>
  (await sendBatch(agent, source, rows)).as(batch)

const ZERO_COUNTS = { rows: 0, created: 0, updated: 0, unchanged: 0, refused: 0 }

export const toCounts = ({ rows, created, updated, unchanged, refused }: Batch) => ({
  rows,
  created,
  updated,
  unchanged,
  refused,
})
/** Fills in zeros for the counts that are not given. */
export const withZeros = (counts: Partial<typeof ZERO_COUNTS>) => ({ ...ZERO_COUNTS, ...counts })

export const toIds = ({ results }: Batch): string[] => results.map(({ id }) => id ?? '')

/** A batch without likely duplicates: these are described as they are when the batch is read. */
export const withoutDuplicates = (batch: Batch): Batch => ({
  ...batch,
  results: batch.results.map(result => ({ ...result, likely_duplicates: null })),
})

export const people = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    id: String(n),
    surname: `Batch${n}`,
    given_name: 'Row',
    details: { city: 'Gent' },
  }))
