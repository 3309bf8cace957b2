import * as z from 'zod'
import { runReport } from '#contract/schemas/retention.ts'
import { type Purge, type PurgeStore, runPlace, STEPS, type Step, type StoredRun } from '#domain/retention/port.ts'
import { putAbsent } from './put-if-absent.ts'
import type { Tables } from './tables.ts'

/** The partition of purges: one row with the customers of a purge, and one for each completed step. */
const PURGES = 'purges'
const RUNS = 'runs'

const purgeRow = z.object({ sk: z.string(), customers: z.array(z.string()).optional(), at: z.string().optional() })

/** Older reports lack the members that were added later; runs that failed left none. */
const runRow = runReport.extend({
  next: runPlace.nullable(),
  returned: runReport.shape.returned.default(0),
  purges: z.array(z.string()).default([]),
  failed: runReport.shape.failed.default(false),
})

/** A purge's id has two parts; the sort keys of its steps have a third. */
const idIn = (sk: string): string => sk.split('#').slice(0, 2).join('#')
const stepIn = (sk: string): Step | undefined => STEPS.find(step => sk.endsWith(`#${step}`))

function toPurge(id: string, rows: readonly z.infer<typeof purgeRow>[]): Purge {
  const steps = rows.flatMap(({ sk, at }) => {
    const step = stepIn(sk)
    return step && at !== undefined ? [[step, at]] : []
  })
  return { id, customers: rows.flatMap(row => row.customers ?? []), steps: Object.fromEntries(steps) }
}

export class DynamoPurgeStore implements PurgeStore {
  readonly #tables: Tables

  constructor(tables: Tables) {
    this.#tables = tables
  }

  async begin(id: string, customers: readonly string[]): Promise<void> {
    await putAbsent(this.#tables, this.#tables.names.registry, { pk: PURGES, sk: id, customers })
  }

  async done(id: string, step: Step, at: string): Promise<void> {
    await putAbsent(this.#tables, this.#tables.names.registry, { pk: PURGES, sk: `${id}#${step}`, at })
  }

  /** Deletes the customers' row first: without its steps, a purge would seem to have just started. */
  async end(id: string): Promise<void> {
    for (const sk of [id, ...STEPS.map(step => `${id}#${step}`)])
      await this.#tables.remove({ TableName: this.#tables.names.registry, Key: { pk: PURGES, sk } })
  }

  async purges(after: string | null): ReturnType<PurgeStore['purges']> {
    const { Items = [], LastEvaluatedKey } = await this.#tables.query({
      TableName: this.#tables.names.registry,
      KeyConditionExpression: 'pk = :pk AND sk > :after',
      // After all steps of the purge with that id.
      ExpressionAttributeValues: { ':pk': PURGES, ':after': after === null ? '0' : `${after}~` },
      ConsistentRead: true,
    })
    const groups = [
      ...Map.groupBy(
        Items.map(item => purgeRow.parse(item)),
        ({ sk }) => idIn(sk),
      ),
    ]
    // The last purge of a page may have more steps on the next page.
    const complete = LastEvaluatedKey ? groups.slice(0, -1) : groups
    const purges = complete.map(([id, rows]) => toPurge(id, rows))
    return { purges, next: LastEvaluatedKey ? (purges.at(-1)?.id ?? null) : null }
  }

  async purge(id: string): Promise<Purge | null> {
    const { Items = [] } = await this.#tables.query({
      TableName: this.#tables.names.registry,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :id)',
      ExpressionAttributeValues: { ':pk': PURGES, ':id': id },
      ConsistentRead: true,
    })
    const rows = Items.map(item => purgeRow.parse(item)).filter(({ sk }) => idIn(sk) === id)
    return rows.some(({ customers }) => customers !== undefined) ? toPurge(id, rows) : null
  }

  async run(id: string): Promise<StoredRun | null> {
    const { Item } = await this.#tables.get({
      TableName: this.#tables.names.registry,
      Key: { pk: RUNS, sk: id },
      ConsistentRead: true,
    })
    return Item ? runRow.parse(Item) : null
  }

  async putRun(run: StoredRun): Promise<void> {
    await putAbsent(this.#tables, this.#tables.names.registry, { pk: RUNS, sk: run.id, ...run })
  }

  async runs(after: string | null, limit: number): ReturnType<PurgeStore['runs']> {
    const { Items = [], LastEvaluatedKey } = await this.#tables.query({
      TableName: this.#tables.names.registry,
      KeyConditionExpression: 'pk = :pk AND sk < :after',
      ExpressionAttributeValues: { ':pk': RUNS, ':after': after ?? '~' },
      ScanIndexForward: false,
      ConsistentRead: true,
      Limit: limit,
    })
    const runs = Items.map(item => runRow.parse(item))
    return { runs, next: LastEvaluatedKey ? (runs.at(-1)?.id ?? null) : null }
  }
}
