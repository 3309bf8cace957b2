import { pluralise, were } from '#contract/counted.ts'
import { routes } from '#contract/routes.ts'
import { batch as batchAnswer } from '#contract/schemas/batch.ts'
import { groupRows, surveyRows } from '#ingest/group-rows.ts'
import { type Counts, IngestJob, type JobOptions, type JobPorts, type LikelyRow } from '#ingest/ingest-job.ts'
import type { RowFile } from '#ingest/row.ts'
import type { Client } from '../client.ts'
import { BadFile, Failure } from '../failure.ts'
import { toProgress } from './progress.ts'
import { RefusedRows } from './rejected-rows.ts'

export interface Ingested {
  counts: Counts
  likely: readonly LikelyRow[]
  customers: ReadonlySet<string>
  /** What the registry did to the rows as they were sent. */
  notes: readonly string[]
}

/** 128 and the number of SIGINT, as shells count. */
export const EXIT_INTERRUPTED = 130

/** The user interrupted the command (Ctrl-C). */
export class Interrupted extends Failure {}

/** npm passes on a Ctrl-C that the terminal has sent already: a second one within this time, in milliseconds, is the same. */
const SAME_INTERRUPT = 1000

/** The first Ctrl-C ends the work in order; a later one ends the process at once. */
function toInterruptHandler(interruption: AbortController): () => void {
  let first: number | null = null
  return () => {
    if (first !== null && performance.now() - first > SAME_INTERRUPT) process.exit(EXIT_INTERRUPTED)
    first ??= performance.now()
    interruption.abort(new Interrupted('stopped'))
  }
}

/** What was answered before an error, and how to go on. */
const soFar = (rows: number, dryRun: boolean): string =>
  dryRun
    ? `${pluralise(rows, 'row')} ${were(rows)} tried, and nothing was written`
    : `${pluralise(rows, 'row')} ${were(rows)} answered; run it again for the rest: those change nothing`

/**
 * Ingests the rows of a file, or tries them without writing.
 *
 * @param refused the path of the file of rejected rows.
 * @throws Failure; Interrupted after Ctrl-C
 */
export async function ingestFile(
  client: Client,
  options: JobOptions,
  file: RowFile,
  refused: string,
): Promise<Ingested> {
  const { repeated, size } = await surveyRows(file.rows())
  const rejected = new RefusedRows(refused)
  const bar = toProgress(size)
  const interruption = new AbortController()
  const onInterrupt = toInterruptHandler(interruption)
  process.on('SIGINT', onInterrupt)
  const ports: JobPorts = {
    send: ({ query, type, body, key, signal }) =>
      client.ask(routes.createBatch, batchAnswer, {
        query: { ...query },
        type,
        body,
        headers: { 'Idempotency-Key': key },
        signal,
      }),
    refuse: (row, problem) => rejected.add(row, problem),
    progress: (bytes, rows) => bar.taken(bytes, rows),
  }
  const job = new IngestJob(ports, options, file, interruption.signal)
  const { counts, likely, customers } = job
  try {
    await job.sendAll(groupRows(file.rows(), repeated))
    await job.sendEarly()
  } catch (error) {
    if (error instanceof Interrupted) throw new Interrupted(`stopped: ${soFar(counts.rows, options.dryRun)}`)
    if (counts.rows === 0 || !(error instanceof Failure)) throw error
    throw new Failure(`${error.message} (${soFar(counts.rows, options.dryRun)})`)
  } finally {
    process.off('SIGINT', onInterrupt)
    bar.stop()
    rejected.close()
  }
  if (counts.rows === 0) throw new BadFile('has no rows')
  const notes = job.cleaned > 0 ? [`invisible characters taken off in ${pluralise(job.cleaned, 'row')}`] : []
  return { counts, likely, customers, notes }
}
