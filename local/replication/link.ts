import { type DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb'
import { TABLES } from '../names.ts'
import { Loop } from '../poller.ts'
import { apply, BEFORE_ALL, type Sized, type Target } from './apply.ts'
import { toStamp, withoutStamp } from './change.ts'
import type { Journal, Place } from './journal.ts'
import type { Replica } from './replica.ts'

const BATCH = 200
const IDLE_MS = 5000
const MAX_RETRY_MS = 1000

/** Both ends, while they are reachable. */
interface Ends {
  from: Journal
  to: Journal
  target: Target
}

/** Replicates writes of one location to another, from the last position. */
export class Link {
  readonly source: Replica
  readonly target: Replica
  readonly #loop: Loop
  /** Everything written at the source before this time has been applied; 0 if unknown. */
  appliedUntil = 0

  constructor(source: Replica, target: Replica, failed: (error: unknown, failures: number) => void) {
    this.source = source
    this.target = target
    this.#loop = new Loop(() => this.#step(), failed, MAX_RETRY_MS)
  }

  /** The number of changes to replicate; null if unknown because one of the two has not started yet. */
  get waiting(): number | null {
    const { journal } = this.source
    const place = this.target.journal?.placeOf(this.source.name)
    return journal === null || !place || place.journal !== journal.id ? null : journal.last - place.n
  }

  start(): void {
    this.#loop.start()
  }

  stop(): Promise<void> {
    return this.#loop.stop()
  }

  nudge(): void {
    this.#loop.nudge()
  }

  settled(): Promise<void> {
    return this.#loop.settled()
  }

  async #step(): Promise<number> {
    const { source, target } = this
    const { journal: from } = source
    const { journal: to, client } = target
    if (from === null || source.cut || to === null || client === null) return IDLE_MS
    const ends = { from, to, target: toTarget(target, client, to) }
    const place = to.placeOf(source.name)
    if (place === null || place.journal !== from.id || place.n < from.pruned) return this.#beginCopy(ends)
    return place.copying ? this.#copy(ends, place, place.copying) : this.#deliver(ends, place)
  }

  /** The existing table is copied first; later writes are in the journal. */
  async #beginCopy({ from, to }: Ends): Promise<number> {
    this.appliedUntil = 0
    if (this.source.complete === 0) return IDLE_MS
    to.recordPlace(this.source.name, { journal: from.id, n: from.last, copying: {} })
    return 0
  }

  async #copy(ends: Ends, place: Place, { pk, sk }: NonNullable<Place['copying']>): Promise<number> {
    const { from } = ends
    const { name, client } = this.source
    if (client === null) return IDLE_MS
    const start = pk === undefined || sk === undefined ? {} : { ExclusiveStartKey: { pk: { S: pk }, sk: { S: sk } } }
    const { Items = [], LastEvaluatedKey } = await client.send(
      new ScanCommand({ TableName: TABLES.registry, Limit: BATCH, ConsistentRead: true, ...start }),
    )
    const changes = Items.map(item => {
      const key = { pk: item.pk?.S ?? '', sk: item.sk?.S ?? '' }
      const moment = toStamp(item) ?? from.latest(key.pk, key.sk) ?? { at: BEFORE_ALL, from: name, n: 0 }
      return { ...key, moment, row: withoutStamp(item), bytes: JSON.stringify(item).length }
    })
    const next = LastEvaluatedKey && { pk: LastEvaluatedKey.pk?.S, sk: LastEvaluatedKey.sk?.S }
    await this.#bring(ends, changes, { ...place, copying: next ?? null })
    return 0
  }

  async #deliver(ends: Ends, place: Place): Promise<number> {
    const { complete } = this.source
    const changes = ends.from.after(place.n, BATCH)
    const [first] = changes
    if (first === undefined) {
      this.appliedUntil = complete
      return IDLE_MS
    }
    const lag = this.source.lag + this.target.lag
    const now = Date.now()
    const late = changes.findIndex(({ seen }) => seen + lag > now)
    const due = late === -1 ? changes : changes.slice(0, late)
    const last = due.at(-1)
    if (last === undefined) return first.seen + lag - now
    await this.#bring(ends, due, { ...place, n: last.moment.n })
    this.appliedUntil = Math.max(this.appliedUntil, last.moment.at - 1)
    return 0
  }

  async #bring({ to, target }: Ends, changes: readonly Sized[], place: Place): Promise<void> {
    await this.target.inTurn(async () => {
      await apply(target, changes)
      to.recordPlace(this.source.name, place)
    })
  }
}

const toTarget = (site: Replica, client: DynamoDBClient, journal: Journal): Target => ({
  name: site.name,
  client,
  look: () => site.look(),
  latest: (pk, sk) => journal.latest(pk, sk),
  bury: deletions => journal.bury(deletions),
})
