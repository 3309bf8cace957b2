import { basename } from 'node:path'
import { z } from 'zod'
import { pluralise, were } from '#contract/counted.ts'
import { batchQuery } from '#contract/schemas/batch.ts'
import { countryCode } from '#contract/schemas/field.ts'
import { DATE_FORMATS } from '#ingest/date-columns.ts'
import { isEncoding } from '#ingest/encoding.ts'
import { authorisedFields } from '../authorised-fields.ts'
import type { Client } from '../client.ts'
import { command } from '../command.ts'
import { confirmed } from '../confirm.ts'
import { Failure, UsageError } from '../failure.ts'
import { EXIT_INTERRUPTED, type Ingested, Interrupted, ingestFile } from '../ingest/ingest-file.ts'
import { deleteMissing, findMissing, type Missing } from '../ingest/missing.ts'
import { readMapping } from '../ingest/read-mapping.ts'
import { type Report, toJson, toText } from '../ingest/report.ts'
import { openSource } from '../ingest/source-file.ts'
import { flag, oneOf, wholeNumber } from '../option.ts'
import { toPath } from '../paths.ts'

const EXIT_SOME_REFUSED = 2

/** Splits an option at commas. */
const list = z
  .string()
  .min(1, 'is empty')
  .transform(text => text.split(',').map(name => name.trim()))

/** Deletes customers who are no longer in the file, once that is confirmed. Returns how many. @throws Failure */
async function removeMissing(
  client: Client,
  source: string,
  missing: readonly Missing[],
  yes: boolean,
): Promise<number> {
  if (missing.length === 0) return 0
  const question = `Delete ${pluralise(missing.length, 'customer')} of ${source} who ${were(missing.length)} not in the file?`
  if (!yes && !(await confirmed(question))) {
    process.stderr.write('registry: not confirmed: nobody was deleted (scripts: --yes)\n')
    return 0
  }
  return deleteMissing(client, source, missing)
}

export const ingest = command({
  name: 'ingest',
  summary: 'imports the rows of a file',
  notes: [
    'A CSV or an Excel workbook needs a header. Columns are found by the names of fields (id, surname, given_name, dob, document_number,',
    'type, details.NAME) and by usual names in several languages, such as "Last Name" or "Date of Birth"; the summary says which column',
    'became which field. Delimiter and encoding are detected. An empty cell clears the field. NDJSON has one object per line, with custom fields in `details`.',
    "`id` is the source's own key: the same id of the same source is the same customer. Repeated rows change nothing, so the command can be",
    'run again at any time. An export of the registry is recognised: its rows change the customers that they came from.',
    'The column valid_from says since when a row is valid (a past date or time): a history can be loaded in any order. The column action',
    'is delete or restore for rows that remove a customer from the list or put it back. --mapping names a JSON file that maps other',
    'column names to field names, or to null: {"Surname": "surname", "Town": "details.city", "Remarks": null}.',
    'On a terminal it prints a summary. With --json, or into a pipe, it prints {"rows","created","updated","unchanged","refused",',
    '"likely_duplicates","seconds"}, with "deleted" and "restored" if there were any, "columns" if they had other names, and "notes".',
    'Exit code: 0 all rows imported; 2 some rejected; 1 not completed; 130 interrupted.',
  ],
  argument: z.string().meta({ value: 'FILE', description: 'a .csv, .tsv, .txt, .xlsx, .ndjson or .jsonl file' }),
  options: z.object({
    source: z
      .string({ error: 'is missing: name where the rows come from, such as crm, and keep that name for later files' })
      .pipe(batchQuery.shape.source)
      .meta({ value: 'NAME', description: 'the name of the source (required)' }),
    mapping: z
      .string()
      .min(1, 'is empty')
      .optional()
      .meta({ value: 'FILE', description: 'a JSON file that maps column names' }),
    'name-column': z
      .string()
      .min(1, 'is empty')
      .optional()
      .meta({ value: 'COLUMN', description: 'the column with the whole name, "Surname, Given" or "Given Surname"' }),
    'id-column': list
      .optional()
      .meta({ value: 'COLUMNS', description: 'the column, or columns after commas, whose values tell the rows apart' }),
    'ignore-unknown': flag('leaves out columns that are not fields'),
    'date-format': oneOf(
      DATE_FORMATS,
      'FORMAT',
      'dmy or mdy for dates such as 03/04/1985; excel for serial numbers',
    ).optional(),
    encoding: z
      .string()
      .refine(isEncoding, 'is no encoding, such as windows-1250, windows-1251 or gb18030')
      .optional()
      .meta({ value: 'NAME', description: 'the encoding (default: UTF-8, UTF-16 or Windows-1252, as detected)' }),
    country: z
      .string()
      .transform(code => code.toUpperCase())
      .pipe(countryCode)
      .optional()
      .meta({
        value: 'CODE',
        description: 'the country (ISO 3166, such as DE) of phone numbers without a country code',
      }),
    sheet: z.string().optional().meta({ value: 'NAME', description: 'the sheet of a workbook (default: the first)' }),
    'dry-run': flag('shows what would be done, and writes nothing'),
    complete: flag('the file has all customers of the source: shows those who are not in it'),
    'delete-missing': flag('with --complete: deletes those who are not in the file, after a question'),
    yes: flag('does not ask'),
    json: flag('the summary as JSON, for programs'),
    refused: z.string().optional().meta({
      value: 'PATH',
      description: 'output file of rejected rows, with reasons (default: FILE.refused.ndjson)',
    }),
    parallel: wholeNumber(1, 32).default(4).meta({ value: 'N', description: 'concurrent requests (default: 4)' }),
  }),
  patience: 60,
  async run({ argument: file, options, client }) {
    const { source, country, complete, json, yes, parallel, 'dry-run': dryRun, 'delete-missing': deletes } = options
    const refused = toPath(options.refused ?? `${file}.refused.ndjson`)
    if (refused === toPath(file)) throw new UsageError('--refused names the input file: choose another')
    if (deletes && !complete) throw new UsageError('--delete-missing needs --complete')
    const started = performance.now()
    const open = async () =>
      openSource(
        file,
        {
          mapping: options.mapping === undefined ? null : await readMapping(options.mapping),
          nameColumn: options['name-column'] ?? null,
          idColumns: options['id-column'] ?? [],
          ignoreUnknown: options['ignore-unknown'],
          dateFormat: options['date-format'] ?? null,
          encoding: options.encoding ?? null,
          sheet: options.sheet,
        },
        () => authorisedFields(client),
      )
    const ingestRows = async (): Promise<Ingested & Pick<Report, 'columns' | 'notes'>> => {
      const rows = await open()
      const ingested = await ingestFile(client, { source, country, parallel, dryRun }, rows, refused)
      return { ...ingested, columns: rows.columns, notes: [...rows.notes(), ...ingested.notes] }
    }
    const outcome = await ingestRows().catch((error: unknown) => {
      if (error instanceof Interrupted) return error
      throw error instanceof Failure ? new Failure(`${file}: ${error.message}`) : error
    })
    if (outcome instanceof Interrupted) {
      process.stderr.write(`registry: ${file}: ${outcome.message}\n`)
      return EXIT_INTERRUPTED
    }
    const { counts, likely, customers, columns, notes } = outcome
    const isWhole = complete && counts.refused === 0
    const missing = isWhole ? await findMissing(client, source, customers) : null
    if (complete && !isWhole)
      process.stderr.write(
        'registry: some rows were refused, so it cannot be said who is missing, and nobody is deleted\n',
      )
    const deletedMissing = deletes && missing && !dryRun ? await removeMissing(client, source, missing, yes) : 0
    const seconds = Math.round(performance.now() - started) / 1000
    const report: Report = {
      file: basename(file),
      source,
      dryRun,
      counts,
      columns,
      notes,
      missing,
      deletedMissing,
      seconds,
    }
    const isText = process.stdout.isTTY && !json
    process.stdout.write(isText ? toText(report, likely) : toJson(report, likely))
    if (counts.refused === 0) return 0
    process.stderr.write(
      `registry: ${counts.refused} of ${pluralise(counts.rows, 'row')} ${dryRun ? 'would be' : were(counts.refused)} refused: see ${refused}\n`,
    )
    return EXIT_SOME_REFUSED
  },
})
