import { z } from 'zod'
import { pluralise } from '#contract/counted.ts'
import type { Customer } from '#contract/schemas/customer.ts'
import { command } from '../command.ts'
import { csv } from '../export/csv.ts'
import { writeOut } from '../export/destination.ts'
import { ndjson } from '../export/ndjson.ts'
import { toPages } from '../export/pages.ts'
import { xlsx } from '../export/xlsx.ts'
import { UsageError } from '../failure.ts'
import { listOptions, toListQuery } from '../list-options.ts'
import { flag, oneOf } from '../option.ts'
import { toPath } from '../paths.ts'

const FORMATS = ['ndjson', 'csv', 'xlsx'] as const

export const exportCommand = command({
  name: 'export',
  summary: 'exports the list, now or at another time',
  notes: [
    'NDJSON has one customer per line, as in the API. CSV and XLSX have custom fields as columns details.NAME. `ingest` recognises an export:',
    'it changes the customers that the rows came from. Text that begins with =, +, - or @ stays as it is; a spreadsheet may take it in a CSV',
    'for a formula. With --spreadsheet-safe such text gets an apostrophe in front, which `ingest` takes off. --bom lets Excel read a CSV as UTF-8.',
  ],
  argument: z.undefined(),
  options: z.object({
    out: z
      .string()
      .min(1, 'is empty')
      .optional()
      .meta({ value: 'FILE', description: 'output file (default: standard output)' }),
    format: oneOf(FORMATS, 'FORMAT', "ndjson, csv or xlsx (default: by the output file's name, or ndjson)").optional(),
    bom: flag('begins with a byte order mark (csv)'),
    'spreadsheet-safe': flag('escapes text that a spreadsheet would take for a formula (csv)'),
    ...listOptions,
  }),
  patience: 60,
  async run({ options, client }) {
    const { out, bom, format: stated, 'spreadsheet-safe': spreadsheetSafe, ...selection } = options
    const format = stated ?? FORMATS.find(name => out?.toLowerCase().endsWith(`.${name}`)) ?? 'ndjson'
    if (bom && format !== 'csv') throw new UsageError('--bom is for --format csv')
    if (format === 'xlsx' && out === undefined && process.stdout.isTTY)
      throw new UsageError('--format xlsx needs --out FILE: a workbook is not text')
    const filters = toListQuery(selection)
    let customers = 0
    const provisionally = () =>
      process.stderr.write('registry: provisional: not every location has been heard of since the time of --known-at\n')
    async function* counting(): AsyncGenerator<Customer[]> {
      for await (const page of toPages(client, filters, provisionally)) {
        customers += page.length
        yield page
      }
    }
    const formats = {
      ndjson: () => ndjson(counting()),
      csv: () => csv(counting(), { spreadsheetSafe, bom }),
      xlsx: () => xlsx(counting()),
    }
    await writeOut(formats[format](), out === undefined ? null : toPath(out))
    process.stderr.write(`registry: ${pluralise(customers, 'customer')}\n`)
    return 0
  },
})
