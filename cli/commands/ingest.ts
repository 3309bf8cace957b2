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
  summary: 'imports the rows of a file',
  notes: [
    'CSV needs a header of field names: id, surname, given_name, dob, document_number, type, and details.NAME for custom fields. An empty',
    "cell clears the field. NDJSON has one object per line, with custom fields in `details`. `id` is the source's own key: the same id of",
    'the same source is the same customer. Repeated rows change nothing, so the command can be run again at any time.',
    'The column valid_from says since when a row is valid (a past date or time): a history can be loaded in any order. The column action',
    'is delete or restore for rows that remove a customer from the list or put it back. --mapping names a JSON file that maps other',
    'column names to field names, or to null: {"Surname": "surname", "Town": "details.city", "Remarks": null}.',
    'It prints {"rows","created","updated","unchanged","refused","seconds"} to standard output, with "deleted" and "restored" if',
    'there were any.',
    'Exit code: 0 all rows imported; 2 some rejected; 1 not completed.',
  ],
  argument: z.string().meta({ value: 'FILE', description: 'a .csv or .ndjson file, in UTF-8' }),
  options: z.object({
    source: batchQuery.shape.source
      .optional()
      .meta({ value: 'NAME', description: "the name of the source (default: the file's name without extension)" }),
    mapping: z
      .string()
      .min(1, 'is empty')
      .optional()
      .meta({ value: 'FILE', description: 'a JSON file that maps column names' }),
    refused: z.string().optional().meta({
      value: 'PATH',
      description: 'output file of rejected rows, with reasons (default: FILE.refused.ndjson)',
    }),
    parallel: wholeNumber(1, 32).default(4).meta({ value: 'N', description: 'concurrent requests (default: 4)' }),
  }),
  patience: 60,
  async run({ argument: file, options, client }) {
    const refused = toPath(options.refused ?? `${file}.refused.ndjson`)
    if (refused === toPath(file)) throw new UsageError('--refused names the input file: choose another')
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
