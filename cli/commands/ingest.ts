import { parse } from 'node:path'
import { z } from 'zod'
import { pluralise, were } from '#contract/counted.ts'
import { batchQuery } from '#contract/schemas/batch.ts'
import { command } from '../command.ts'
import { Failure, UsageError } from '../failure.ts'
import { type Counts, takeIn } from '../ingest/ingest-file.ts'
import { readMapping } from '../ingest/mapping.ts'
import { wholeNumber } from '../option.ts'
import { toPath } from '../paths.ts'

const EXIT_SOME_REFUSED = 2

/** The given name, or the file's base name without extension. */
function toSource(file: string, named: string | undefined): string {
  const { success, data } = batchQuery.shape.source.safeParse(named ?? parse(file).name)
  if (!success) throw new UsageError('the file name is not a valid source name: pass --source NAME')
  return data
}

/** Deletions and restorations are printed if there were any. */
function toSummary({ rows, created, updated, deleted, restored, ...rest }: Counts) {
  const rare = deleted + restored > 0 ? { deleted, restored } : {}
  return { rows, created, updated, ...rare, ...rest }
}

export const ingest = command({
  name: 'ingest',
  summary: 'takes in the rows of a file',
  notes: [
    'A CSV has a header of field names: id, surname, given_name, dob, document_number, type, and details.NAME for own fields; an empty',
    "cell says that there is no value. NDJSON has an object of such members a line, own fields under `details`. `id` is the source's key:",
    'the same id of the same source is the same customer. The same rows again change nothing, so it can be run again at any time.',
    'A column valid_from says since when a row holds (a day or a moment, none to come): a history can be loaded in any order, and again. A',
    'column action says delete or restore, where a row is to take somebody off the list or back on it. --mapping names a file of JSON for',
    'foreign names, to ours or to null: {"Surname": "surname", "Town": "details.city", "Remarks": null}.',
    'Ends with a line {"rows","created","updated","unchanged","refused","seconds"} on standard output, and "deleted" and "restored" where',
    'there were any.',
    'Exit code 0: all rows were taken; 2: some were refused; 1: it did not come to the end.',
  ],
  argument: z.string().meta({ value: 'FILE', description: 'a .csv or .ndjson file, in UTF-8' }),
  options: z.object({
    source: batchQuery.shape.source
      .optional()
      .meta({ value: 'NAME', description: "who says so (the file's name without extension)" }),
    mapping: z
      .string()
      .min(1, 'is empty')
      .optional()
      .meta({ value: 'FILE', description: 'a JSON file that says what foreign columns are' }),
    refused: z
      .string()
      .optional()
      .meta({ value: 'PATH', description: 'where refused rows go, with the reasons (FILE.refused.ndjson)' }),
    parallel: wholeNumber(1, 32).default(4).meta({ value: 'N', description: 'requests in flight (4)' }),
  }),
  patience: 60,
  async run({ argument: file, options, client }) {
    const refused = toPath(options.refused ?? `${file}.refused.ndjson`)
    if (refused === toPath(file)) throw new UsageError('--refused names the file itself')
    const source = toSource(file, options.source)
    const started = performance.now()
    const report = async () => {
      const mapping = options.mapping === undefined ? null : await readMapping(options.mapping)
      return takeIn(client, { file, source, mapping, refused, parallel: options.parallel })
    }
    const counts = await report().catch((error: unknown) => {
      throw error instanceof Failure ? new Failure(`${file}: ${error.message}`) : error
    })
    const summary = { ...toSummary(counts), seconds: Math.round(performance.now() - started) / 1000 }
    process.stdout.write(`${JSON.stringify(summary)}\n`)
    if (summary.refused === 0) return 0
    process.stderr.write(
      `registry: ${summary.refused} of ${pluralise(summary.rows, 'row')} ${were(summary.refused)} refused: see ${refused}\n`,
    )
    return EXIT_SOME_REFUSED
  },
})
