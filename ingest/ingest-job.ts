import { pluralise, were } from '#contract/counted.ts'
import type { Batch } from '#contract/schemas/batch.ts'
import type { Customer } from '#contract/schemas/customer.ts'
import type { LikelyDuplicate } from '#contract/schemas/duplicates.ts'
import { type RowBatch, toBatches } from './batches.ts'
import { Failure } from './failure.ts'
import type { Numbered, RowFile } from './row.ts'
import { sendAll } from './send-batches.ts'

/** The outcomes of a file's rows. */
export interface Counts {
  rows: number
  created: number
  updated: number
  deleted: number
  restored: number
  unchanged: number
  refused: number
  /** Rows whose customers look like somebody else on the list. */
  likely_duplicates: number
}

/** A row whose customer looks like somebody else on the list. */
export interface LikelyRow {
  line: number
  id: string | null
  duplicates: readonly Duplicate[]
}

/** Somebody on the list, as far as it takes to know who it is. */
export type Duplicate = Pick<LikelyDuplicate, 'id' | 'score' | 'grade'> & Partial<Identity>

type Identity = Pick<Customer, 'surname' | 'given_name' | 'dob' | 'document_number'>

function toDuplicate({ id, score, grade, customer }: LikelyDuplicate): Duplicate {
  if (customer === null) return { id, score, grade }
  const { surname, given_name, dob, document_number } = customer
  return { id, score, grade, surname, given_name, dob, document_number }
}

export interface JobOptions {
  source: string
  /** The country of telephone numbers without a country code. */
  country: string | undefined
  /** Concurrent requests. */
  parallel: number
  dryRun: boolean
}

interface BatchQuery {
  source: string
  ids?: 'registry'
  dry_run?: 'true'
  country?: string
}

/** A request for `POST /v1/batches`. */
export interface BatchRequest {
  query: BatchQuery
  type: RowFile['type']
  body: string
  /** The idempotency key: one for all attempts, so that if the response was lost, the next attempt gets it. */
  key: string
  signal: AbortSignal
}

/** Where an ingestion sends its rows, and what it tells about them. */
export interface JobPorts {
  send(request: BatchRequest): Promise<Batch>
  refuse(row: Numbered, problem: string | null): void
  /** More bytes of the file were answered, and so many rows in all. */
  progress(bytes: number, rows: number): void
}

/** The maximum number of rejected rows that are kept to be sent again. */
const MAX_KEPT = 100_000
/** The maximum number of rows with likely duplicates that are kept. */
const MAX_LIKELY = 1000

/** The ingestion of one file. */
export class IngestJob {
  readonly counts: Counts = {
    rows: 0,
    created: 0,
    updated: 0,
    deleted: 0,
    restored: 0,
    unchanged: 0,
    refused: 0,
    likely_duplicates: 0,
  }
  readonly likely: LikelyRow[] = []
  /** How many rows the registry took invisible characters off. */
  cleaned = 0
  /** The registry's ids of the customers in the file. */
  readonly customers = new Set<string>()
  readonly #ports: JobPorts
  readonly #options: JobOptions
  readonly #file: Pick<RowFile, 'type' | 'preface' | 'ids'>
  readonly #interrupted: AbortSignal
  /** Rejected rows with dates, and why. */
  #early: { row: Numbered; problem: string | null }[] = []

  constructor(
    ports: JobPorts,
    options: JobOptions,
    file: Pick<RowFile, 'type' | 'preface' | 'ids'>,
    interrupted: AbortSignal,
  ) {
    this.#ports = ports
    this.#options = options
    this.#file = file
    this.#interrupted = interrupted
  }

  async sendAll(groups: Parameters<typeof toBatches>[1]): Promise<void> {
    const batches = toBatches(this.#file.preface, groups)
    const send = async (batch: RowBatch, signal: AbortSignal) => this.#count(batch, await this.#send(batch, signal))
    await sendAll(batches, this.#options.parallel, send, this.#interrupted)
  }

  /** Sends one batch. @throws Failure if the response is not about it */
  async #send({ body, rows }: RowBatch, signal: AbortSignal): Promise<Batch> {
    const { source, country, dryRun } = this.#options
    const { type, ids } = this.#file
    const query: BatchQuery = {
      source,
      ...(ids === 'registry' ? { ids } : {}),
      ...(dryRun ? { dry_run: 'true' } : {}),
      ...(country === undefined ? {} : { country }),
    }
    const answer = await this.#ports.send({ query, type, body, key: crypto.randomUUID(), signal })
    if (answer.rows !== rows.length)
      throw new Failure(
        `the registry read ${pluralise(answer.rows, 'row')} where ${rows.length} ${were(rows.length)} sent`,
      )
    if (dryRun && !answer.dry_run) throw new Failure('the registry is too old to try rows, and ingested these')
    return answer
  }

  #count(batch: RowBatch, { results }: Batch): void {
    let bytes = 0
    for (const { row: place, id, outcome, problem, note, likely_duplicates } of results) {
      const row = batch.rows[place - 1]
      if (row === undefined) throw new Failure(`the registry reports a row ${place} that was not sent`)
      bytes += row.bytes
      if (id !== null) this.customers.add(id)
      // A row that was rejected because of the customer's state may have come before the rows that it depends on.
      if (outcome === 'refused' && id !== null && row.dated && this.#early.length < MAX_KEPT) {
        this.#early.push({ row: { ...row, bytes: 0 }, problem })
        continue
      }
      this.counts.rows++
      this.counts[outcome]++
      if (note !== undefined) this.cleaned++
      if (outcome === 'refused') this.#ports.refuse(row, problem)
      if (likely_duplicates === null || likely_duplicates.length === 0) continue
      this.counts.likely_duplicates++
      if (this.likely.length < MAX_LIKELY)
        this.likely.push({ line: row.line, id: row.key, duplicates: likely_duplicates.map(toDuplicate) })
    }
    this.#ports.progress(bytes, this.counts.rows)
  }

  /** Sends rejected rows with dates again, as long as some of them are accepted. */
  async sendEarly(): Promise<void> {
    for (let before = Number.POSITIVE_INFINITY; this.#early.length > 0 && this.#early.length < before; ) {
      before = this.#early.length
      const again = this.#early.toSorted((a, b) => a.row.number - b.row.number)
      this.#early = []
      await this.sendAll(again.map(({ row }) => [row]))
    }
    for (const { row, problem } of this.#early) {
      this.counts.rows++
      this.counts.refused++
      this.#ports.refuse(row, problem)
    }
  }
}
