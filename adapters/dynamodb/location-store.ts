import * as z from 'zod'
import type { Heartbeat, LocalStatus, LocationStore, ReindexProgress } from '#domain/locations/port.ts'
import type { Tables } from './tables.ts'

/** The registry's partition of heartbeats: one row per location, written only by that location. */
export const LOCATIONS = 'locations'
/** When heartbeats of other locations arrived here, in `views`. */
const ARRIVALS = 'arrivals'
/** This location's own status, in `views`; the reader of the stream answers the probe. */
const OWN = 'own'
export const PROBE = 'probe'

const beatRow = z.object({
  sk: z.string(),
  sent: z.string(),
  seen: z.record(z.string(), z.string()),
  index_lag_ms: z.number().nullable(),
  conflicts: z.number(),
  drift: z.number().nullable(),
})
const arrivalRow = z.object({ sk: z.string(), sent: z.string(), received: z.string() })
const probeRow = z.object({ sent: z.string(), unanswered: z.string() })
const answerRow = z.object({ sent: z.string(), lag_ms: z.number() })
const readRow = z.object({ sent: z.string() })
const driftRow = z.object({ drift: z.number() })
const followingRow = z.object({
  searched: z.string(),
  place: z.object({ shard: z.number(), after: z.string().nullable() }).nullable(),
  customers: z.number(),
  changed: z.number(),
})

/** Decodes a heartbeat; null for other rows. */
export function toHeartbeat(row: Record<string, unknown>): Heartbeat | null {
  if (row.pk !== LOCATIONS) return null
  const { sk: name, ...rest } = beatRow.parse(row)
  return { name, ...rest }
}

/** When a probe was sent; null for other rows. */
export const probeIn = (row: Record<string, unknown>): string | null =>
  row.pk === OWN && row.sk === PROBE ? probeRow.parse(row).sent : null

export class DynamoLocationStore implements LocationStore {
  readonly #tables: Tables

  constructor(tables: Tables) {
    this.#tables = tables
  }

  async putHeartbeat({ name, ...rest }: Heartbeat): Promise<void> {
    await this.#tables.put({ TableName: this.#tables.names.registry, Item: { pk: LOCATIONS, sk: name, ...rest } })
  }

  async removeHeartbeat(name: string): Promise<void> {
    await this.#tables.remove({ TableName: this.#tables.names.registry, Key: { pk: LOCATIONS, sk: name } })
  }

  async heartbeats(): Promise<Heartbeat[]> {
    const rows = await this.#all(this.#tables.names.registry, LOCATIONS)
    return rows.map(toHeartbeat).filter(heartbeat => heartbeat !== null)
  }

  async recordArrival(name: string, sent: string, received: string): Promise<void> {
    await this.#tables.put({ TableName: this.#tables.names.views, Item: { pk: ARRIVALS, sk: name, sent, received } })
  }

  async receivedHeartbeats(): ReturnType<LocationStore['receivedHeartbeats']> {
    const rows = await this.#all(this.#tables.names.views, ARRIVALS)
    return rows.map(row => arrivalRow.parse(row)).map(({ sk: name, sent, received }) => ({ name, sent, received }))
  }

  async probe(sent: string, unanswered: string): Promise<void> {
    await this.#put(PROBE, { sent, unanswered })
  }

  async answerProbe(sent: string, now: string): Promise<void> {
    await this.#put('answer', { sent, lag_ms: Math.max(0, Date.parse(now) - Date.parse(sent)) })
  }

  async recordStreamPosition(sent: string): Promise<void> {
    await this.#put('read', { sent })
  }

  async recordDrift(drift: number): Promise<void> {
    await this.#put('drift', { drift })
  }

  async localStatus(): Promise<LocalStatus> {
    const rows = new Map((await this.#all(this.#tables.names.views, OWN)).map(row => [row.sk, row]))
    const answer = answerRow.safeParse(rows.get('answer')).data
    return {
      probed: probeRow.safeParse(rows.get(PROBE)).data?.unanswered ?? null,
      answered: answer?.sent ?? null,
      lag_ms: answer?.lag_ms ?? null,
      drift: driftRow.safeParse(rows.get('drift')).data?.drift ?? null,
      read: readRow.safeParse(rows.get('read')).data?.sent ?? null,
    }
  }

  async reindexProgress(): Promise<ReindexProgress | null> {
    const { Item } = await this.#tables.get({
      TableName: this.#tables.names.views,
      Key: { pk: OWN, sk: 'following' },
      ConsistentRead: true,
    })
    return Item ? followingRow.parse(Item) : null
  }

  async putReindexProgress(work: ReindexProgress): Promise<void> {
    await this.#put('following', { ...work })
  }

  async #put(sk: string, rest: Record<string, unknown>): Promise<void> {
    await this.#tables.put({ TableName: this.#tables.names.views, Item: { pk: OWN, sk, ...rest } })
  }

  async #all(TableName: string, pk: string): Promise<Record<string, unknown>[]> {
    const { Items = [] } = await this.#tables.query({
      TableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': pk },
    })
    return Items
  }
}
