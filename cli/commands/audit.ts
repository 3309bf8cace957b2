import { z } from 'zod'
import { routes } from '#contract/routes.ts'
import { type AuditItem, auditList, auditQuery } from '#contract/schemas/audit.ts'
import { verifyAudit } from '../audit/verify.ts'
import { command } from '../command.ts'
import { escapeFormulas } from '../export/csv.ts'
import { writeOut } from '../export/destination.ts'
import { UsageError } from '../failure.ts'
import { flag, json, wholeNumber } from '../option.ts'
import { toPath } from '../paths.ts'
import { table } from '../table.ts'

/** The page size of an export. */
const PAGE = 1000
const SHOWN = 100

const { from, to, actor, action, customer, location, outcome } = auditQuery.shape
const filterOption = <T extends z.ZodType>(schema: T, value: string, description: string) =>
  schema.meta({ value, description })

const filters = {
  from: filterOption(from, 'TIME', 'from this moment on'),
  to: filterOption(to, 'TIME', 'before this moment'),
  actor: filterOption(actor, 'NAME', 'who did it'),
  action: filterOption(action, 'ACTION', 'what was done: create, update, …, getCustomer, search, …'),
  customer: filterOption(customer, 'ID', 'to or about whom'),
  location: filterOption(location, 'NAME', 'where'),
  outcome: filterOption(outcome, 'OUTCOME', 'done, listed, not-found, forbidden, …'),
}

const toValues = (values: AuditItem['before']): string =>
  values === null
    ? ''
    : Object.entries(values)
        .map(([name, value]) => `${name}=${value ?? ''}`)
        .join(' ')

const HEADING = ['at', 'actor', 'action', 'outcome', 'record', 'location', 'before', 'after']
const toRow = (item: AuditItem) => [
  ...[item.at, item.actor, item.action, item.count === 1 ? item.outcome : `${item.outcome} (${item.count})`],
  ...[item.record, item.location, toValues(item.before), toValues(item.after)],
]

export const audit = command({
  name: 'audit',
  summary: 'lists or exports every transaction; audit verify compares them with what was sealed (for the provider)',
  notes: [
    'Without --format the newest are listed; with it all are written out, oldest first, however many there are.',
    'An agent sees their own. verify finds what was removed, changed or inserted since it was sealed: exit code 0 nothing, 2 something.',
  ],
  argument: z
    .enum(['verify'], { error: 'can be verify alone' })
    .optional()
    .meta({ value: '[verify]', description: '' }),
  options: z.object({
    ...filters,
    format: z
      .enum(['csv', 'ndjson'], { error: 'is none of csv, ndjson' })
      .optional()
      .meta({ value: 'FORMAT', description: 'csv or ndjson: writes out all of them' }),
    out: z.string().min(1, 'is empty').optional().meta({ value: 'FILE', description: 'where to (standard output)' }),
    limit: wholeNumber(1, 10_000)
      .optional()
      .meta({ value: 'N', description: `lists at most so many (${SHOWN})` }),
    'spreadsheet-safe': flag('escapes text that a spreadsheet would take for a formula (csv)'),
    json,
  }),
  patience: 60,
  async run({ argument, options, client }) {
    const { format, out, limit, json, 'spreadsheet-safe': spreadsheetSafe, ...filter } = options
    if (argument === 'verify') {
      const conflicting = Object.entries({ format, out, limit, ...filter }).find(([, value]) => value !== undefined)
      if (conflicting) throw new UsageError(`audit verify takes no --${conflicting[0]}`)
      return verifyAudit(client, json)
    }
    if (format === undefined && out !== undefined) throw new UsageError('--out goes with --format')
    if (format !== undefined && limit !== undefined) throw new UsageError('--limit does not go with --format')
    if (format !== undefined) {
      const query = { ...filter, order: 'oldest', format, limit: PAGE }
      const texts = client.texts(routes.listAudit, { query })
      const isEscaped = format === 'csv' && spreadsheetSafe
      await writeOut(isEscaped ? escapeFormulas(texts) : texts, out === undefined ? null : toPath(out))
      return 0
    }
    const { items, more } = await client.items(routes.listAudit, auditList, { query: filter }, PAGE, limit ?? SHOWN)
    process.stdout.write(json ? `${JSON.stringify({ items })}\n` : table(HEADING, items.map(toRow)))
    if (more) process.stderr.write('registry: there are older entries: see --limit and --format\n')
    return 0
  },
})
