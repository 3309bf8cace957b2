import { randomUUID } from 'node:crypto'
import { pluralise, were } from '#contract/counted.ts'
import { routes } from '#contract/routes.ts'
import { type Batch, batch as batchAnswer } from '#contract/schemas/batch.ts'
import type { Client } from '../client.ts'
import { BadFile, Failure } from '../failure.ts'
import { type RowBatch, toBatches } from './batches.ts'
import { findRepeatedKeys, groupRows } from './group-rows.ts'
import type { Mapping } from './mapping.ts'
import { type Progress, toProgress } from './progress.ts'
import { RefusedRows } from './rejected-rows.ts'
import type { Numbered, Rows } from './row.ts'
import { sendAll } from './send-batches.ts'
import { openSource } from './source-file.ts'

export interface Job {
  file: string
  source: string
  mapping: Mapping | null
  /** The file of rejected rows. */
  refused: string
  /** Concurrent requests. */
  parallel: number
}

/** The outcomes of a file's rows. */
export interface Counts {
  rows: number
  created: number
  updated: number
  deleted: number
  restored: number
  unchanged: number
  refused: number
}

/** The maximum number of rejected rows that are kept to be sent again. */
const MAX_KEPT = 100_000

/** Sends one batch, with one idempotency key for all attempts: if the response to a batch was lost, the next attempt gets it. */
async function send(client: Client, source: string, type: string, batch: RowBatch, signal: AbortSignal) {
  const { body, rows } = batch
  const request = { query: { source }, type, body, headers: { 'Idempotency-Key': randomUUID() }, signal }
  const answer = await client.ask(routes.createBatch, batchAnswer, request)
  if (answer.rows !== rows.length)
    throw new Failure(
      `the registry read ${pluralise(answer.rows, 'row')} where ${rows.length} ${were(rows.length)} sent`,
    )
  return answer
}

/** The ingestion of one file. */
class IngestJob {
  readonly counts: Counts = { rows: 0, created: 0, updated: 0, deleted: 0, restored: 0, unchanged: 0, refused: 0 }
  readonly #client: Client
  readonly #job: Job
  readonly #rows: Pick<Rows, 'type' | 'preface'>
  readonly #refused: RefusedRows
  readonly #bar: Progress
  /** Rejected rows with dates, and why. */
  #early: { row: Numbered; problem: string | null }[] = []

  constructor(client: Client, job: Job, rows: Pick<Rows, 'type' | 'preface'>, refused: RefusedRows, bar: Progress) {
    this.#client = client
    this.#job = job
    this.#rows = rows
    this.#refused = refused
    this.#bar = bar
  }

  async sendAll(groups: Parameters<typeof toBatches>[1]): Promise<void> {
    const { source, parallel } = this.#job
    const { type, preface } = this.#rows
    await sendAll(toBatches(preface, groups), parallel, async (batch, signal) =>
      this.#count(batch, await send(this.#client, source, type, batch, signal)),
    )
  }

  #count(batch: RowBatch, { results }: Batch): void {
    let bytes = 0
    for (const { row: place, id, outcome, problem } of results) {
      const row = batch.rows[place - 1]
      if (row === undefined) throw new Failure(`the registry reports a row ${place} that was not sent`)
      bytes += row.bytes
      // A row that was rejected because of the customer's state may have come before the rows that it depends on.
      if (outcome === 'refused' && id !== null && row.dated && this.#early.length < MAX_KEPT) {
        this.#early.push({ row: { ...row, bytes: 0 }, problem })
        continue
      }
      this.counts.rows++
      this.counts[outcome]++
      if (outcome === 'refused') this.#refused.add(row, problem)
    }
    this.#bar.taken(bytes, this.counts.rows)
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
      this.#refused.add(row, problem)
    }
  }
}

/** Ingests a file. @throws Failure */
export async function takeIn(client: Client, job: Job): Promise<Counts> {
  const first = await openSource(job.file, job.mapping)
  const more = first.plain ? await findRepeatedKeys(first.rows) : new Set<number>()
  const { size, rows, ...source } = first.plain ? await openSource(job.file, job.mapping) : first
  const refused = new RefusedRows(job.refused)
  const bar = toProgress(size)
  const intake = new IngestJob(client, job, source, refused, bar)
  const { counts } = intake
  try {
    await intake.sendAll(groupRows(rows, more))
    await intake.sendEarly()
  } catch (error) {
    if (counts.rows === 0 || !(error instanceof Failure)) throw error
    throw new Failure(
      `${error.message} (${pluralise(counts.rows, 'row')} ${were(counts.rows)} answered; run it again for the rest: those change nothing)`,
    )
  } finally {
    bar.stop()
    refused.close()
  }
  if (counts.rows === 0) throw new BadFile('has no rows')
  return counts
}
