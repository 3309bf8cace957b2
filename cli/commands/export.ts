import { z } from 'zod'
import { pluralise } from '#contract/counted.ts'
import { type Customer, customerType, listFilters } from '#contract/schemas/customer.ts'
import { timestampInput } from '#contract/schemas/time.ts'
import { command } from '../command.ts'
import { csv } from '../export/csv.ts'
import { writeOut } from '../export/destination.ts'
import { ndjson } from '../export/ndjson.ts'
import { toPages } from '../export/pages.ts'
import { xlsx } from '../export/xlsx.ts'
import { UsageError } from '../failure.ts'
import { details, flag } from '../option.ts'
import { toPath } from '../paths.ts'

const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, { error: `must be one of ${values.join(', ')}` })

const moment = (description: string) => timestampInput.optional().meta({ value: 'TIME', description })

const ORDERS = listFilters.sort.unwrap().options
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
    format: oneOf(FORMATS)
      .optional()
      .meta({ value: 'FORMAT', description: "ndjson, csv or xlsx (default: by the output file's name, or ndjson)" }),
    bom: flag('begins with a byte order mark (csv)'),
    state: oneOf(['active', 'deleted', 'all'])
      .optional()
      .meta({ value: 'STATE', description: 'active, deleted or all (default: active)' }),
    type: customerType.optional().meta({ value: 'TYPE', description: 'PERSON, INSTITUTION or another type' }),
    q: listFilters.q.meta({
      value: 'TEXT',
      description: 'only customers with every word, of which the last may be unfinished',
    }),
    source: listFilters.source.meta({ value: 'NAME', description: 'only customers whom this source stated' }),
    detail: details,
    sort: z
      .enum(ORDERS, { error: `must be one of ${ORDERS.join(', ')}` })
      .optional()
      .meta({
        value: 'ORDER',
        description:
          'surname, updated_at or created_at, with - in front in reverse: --sort=-updated_at (default: by id)',
      }),
    'spreadsheet-safe': flag('escapes text that a spreadsheet would take for a formula (csv)'),
    'as-of': moment('the state that was valid at this time'),
    'known-at': moment('the state that was known at this time'),
    'changed-since': moment('only customers who changed since'),
  }),
  patience: 60,
  async run({ options, client }) {
    const { out, bom, state, type, q, source, detail, sort } = options
    const format = options.format ?? FORMATS.find(name => out?.toLowerCase().endsWith(`.${name}`)) ?? 'ndjson'
    if (bom && format !== 'csv') throw new UsageError('--bom is for --format csv')
    if (format === 'xlsx' && out === undefined && process.stdout.isTTY)
      throw new UsageError('--format xlsx needs --out FILE: a workbook is not text')
    const filters = {
      state,
      type,
      q,
      source,
      sort,
      ...Object.fromEntries(detail.map(([name, value]) => [`detail.${name}`, value])),
      as_of: options['as-of'],
      known_at: options['known-at'],
      changed_since: options['changed-since'],
    }
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
      csv: () => csv(counting(), { spreadsheetSafe: options['spreadsheet-safe'], bom }),
      xlsx: () => xlsx(counting()),
    }
    await writeOut(formats[format](), out === undefined ? null : toPath(out))
    process.stderr.write(`registry: ${pluralise(customers, 'customer')}\n`)
    return 0
  },
})
