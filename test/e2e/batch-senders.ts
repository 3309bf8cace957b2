import { randomUUID } from 'node:crypto'
import { type Batch, batch } from '#contract/schemas/batch.ts'
import type { Agent } from './agent.ts'

/** A source of its own, so that keys meet no others. */
export const newSource = (): string => `source-${randomUUID()}`

const ndjson = (rows: readonly unknown[]) =>
  rows.map(row => (typeof row === 'string' ? row : JSON.stringify(row))).join('\n')

/** Sends rows as JSON lines (texts among them as they are), or a text as comma-separated values. */
export const send = (
  who: Agent,
  source: string,
  rows: readonly unknown[] | string,
  headers: Record<string, string> = {},
) =>
  typeof rows === 'string'
    ? who.send('POST', `/v1/batches?source=${source}`, rows, { 'Content-Type': 'text/csv', ...headers })
    : who.send('POST', `/v1/batches?source=${source}`, ndjson(rows), {
        'Content-Type': 'application/x-ndjson',
        ...headers,
      })

/** Sends rows that are to be taken. @throws Error when the batch is refused. */
export const take = async (who: Agent, source: string, rows: readonly unknown[] | string): Promise<Batch> =>
  (await send(who, source, rows)).as(batch)

const NONE = { rows: 0, created: 0, updated: 0, unchanged: 0, refused: 0 }

export const counts = ({ rows, created, updated, unchanged, refused }: Batch) => ({
  rows,
  created,
  updated,
  unchanged,
  refused,
})
/** Counts as they are to be: those not said are 0. */
export const only = (some: Partial<typeof NONE>) => ({ ...NONE, ...some })

export const toIds = ({ results }: Batch): string[] => results.map(({ id }) => id ?? '')

export const people = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    id: String(n),
    surname: `Batch${n}`,
    given_name: 'Row',
    details: { city: 'Gent' },
  }))
