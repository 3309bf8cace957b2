import { randomUUID } from 'node:crypto'
import { parse } from 'node:path'
import { z } from 'zod'
import { routes } from '#contract/routes.ts'
import { batch as batchAnswer, batchQuery } from '#contract/schemas/batch.ts'
import type { Client } from '../client.ts'
import { command } from '../command.ts'
import { BadFile, Failure, WrongUse } from '../failure.ts'
import { batchesOf, type RowBatch } from '../ingest/batches.ts'
import { sendAll } from '../ingest/in-flight.ts'
import { progressOf } from '../ingest/progress.ts'
import { RefusedRows } from '../ingest/refused-rows.ts'
import { openSource } from '../ingest/source-file.ts'
import { wholeNumber } from '../option.ts'
import { pathOf } from '../paths.ts'

const EXIT_SOME_REFUSED = 2

interface Job {
  file: string
  source: string
  refused: string
  parallel: number
}

/** The file's base name without its extension, unless another name was given. */
function sourceOf(file: string, named: string | undefined): string {
  const { success, data } = batchQuery.shape.source.safeParse(named ?? parse(file).name)
  if (!success) throw new WrongUse('the name of the file is none for a source: say --source NAME')
  return data
}

/** Sends one batch. Under one key for all its tries: a batch whose answer was lost is answered as the first time. */
async function send(client: Client, source: string, type: string, { body, rows }: RowBatch, signal: AbortSignal) {
  const request = { query: { source }, type, body, headers: { 'Idempotency-Key': randomUUID() }, signal }
  const answer = await client.ask(routes.createBatch, batchAnswer, request)
  if (answer.rows !== rows.length)
    throw new Failure(`the registry read ${answer.rows} rows where ${rows.length} were sent`)
  return answer
}

async function takeIn(client: Client, { file, source, refused: path, parallel }: Job) {
  const started = performance.now()
  const { size, ...rows } = await openSource(file)
  const refused = new RefusedRows(path)
  const bar = progressOf(size)
  const counts = { rows: 0, created: 0, updated: 0, unchanged: 0, refused: 0 }
  try {
    await sendAll(batchesOf(rows), parallel, async (batch, signal) => {
      const answer = await send(client, source, rows.type, batch, signal)
      refused.add(batch, answer.results)
      for (const name of ['rows', 'created', 'updated', 'unchanged', 'refused'] as const) counts[name] += answer[name]
      bar.taken(batch.bytes, counts.rows)
    })
  } catch (error) {
    if (counts.rows === 0 || !(error instanceof Failure)) throw error
    throw new Failure(
      `${error.message} (${counts.rows} rows were answered; run it again for the rest: those change nothing)`,
    )
  } finally {
    bar.stop()
    refused.close()
  }
  if (counts.rows === 0) throw new BadFile('has no rows')
  return { ...counts, seconds: Math.round(performance.now() - started) / 1000 }
}

export const ingest = command({
  name: 'ingest',
  summary: 'takes in the rows of a file',
  notes: [
    'A CSV has a header of field names: id, surname, given_name, dob, document_number, type, and details.NAME for own fields; an empty',
    "cell says that there is no value. NDJSON has an object of such members a line, own fields under `details`. `id` is the source's key:",
    'the same id of the same source is the same customer. The same rows again change nothing, so it can be run again at any time.',
    'Ends with a line {"rows","created","updated","unchanged","refused","seconds"} on standard output.',
    'Exit code 0: all rows were taken; 2: some were refused; 1: it did not come to the end.',
  ],
  argument: z.string().meta({ value: 'FILE', description: 'a .csv or .ndjson file, in UTF-8' }),
  options: z.object({
    source: batchQuery.shape.source
      .optional()
      .meta({ value: 'NAME', description: "who says so (the file's name without extension)" }),
    refused: z
      .string()
      .optional()
      .meta({ value: 'PATH', description: 'where refused rows go, with the reasons (FILE.refused.ndjson)' }),
    parallel: wholeNumber(1, 32).default(4).meta({ value: 'N', description: 'requests in flight (4)' }),
  }),
  patience: 60,
  async run({ argument: file, options, client }) {
    const refused = pathOf(options.refused ?? `${file}.refused.ndjson`)
    if (refused === pathOf(file)) throw new WrongUse('--refused names the file itself')
    const job = { file, source: sourceOf(file, options.source), refused, parallel: options.parallel }
    const summary = await takeIn(client, job).catch((error: unknown) => {
      throw error instanceof Failure ? new Failure(`${file}: ${error.message}`) : error
    })
    process.stdout.write(`${JSON.stringify(summary)}\n`)
    if (summary.refused === 0) return 0
    process.stderr.write(`registry: ${summary.refused} of ${summary.rows} rows were refused: see ${refused}\n`)
    return EXIT_SOME_REFUSED
  },
})
