import { z } from 'zod'
import { routes } from '#contract/routes.ts'
import { type AuditItem, auditList, auditQuery } from '#contract/schemas/audit.ts'
import { verifyAudit } from '../audit/verify.ts'
import { command } from '../command.ts'
import { escapeFormulas } from '../export/csv.ts'
import { writeOut } from '../export/destination.ts'
import { UsageError } from '../failure.ts'
import { endOfDay, flag, json, startOfDay, wholeNumber } from '../option.ts'
import { toPath } from '../paths.ts'
import { print } from '../print.ts'
import { table } from '../table.ts'

/** The page size of an export. */
const PAGE = 1000
const SHOWN = 100

const { actor, action, customer, shown, asked, location, outcome } = auditQuery.shape
const filterOption = <T extends z.ZodType>(schema: T, value: string, description: string) =>
  schema.meta({ value, description })

const filters = {
  from: startOfDay('from this time on').optional(),
  to: endOfDay('before this time', { exclusive: true }).optional(),
  actor: filterOption(actor, 'NAME', 'the user who did it'),
  action: filterOption(action, 'ACTION', 'the operation or change: create, update, …, getCustomer, search, …'),
  customer: filterOption(customer, 'ID', 'about this customer'),
  shown: filterOption(shown, 'ID', 'that showed this customer'),
  asked: filterOption(asked, 'NAME', 'that asked for this name or document number'),
  location: filterOption(location, 'NAME', 'at this location'),
  outcome: filterOption(outcome, 'OUTCOME', 'done, listed, not-found, forbidden, …'),
}

const toValues = (values: AuditItem['before']): string =>
  values === null
    ? ''
    : Object.entries(values)
        .map(([name, value]) => `${name}=${value ?? ''}`)
        .join(' ')

const HEADING = ['at', 'actor', 'action', 'outcome', 'record', 'location', 'before', 'after', 'note']
const toRow = (item: AuditItem) => [
  ...[item.at, item.actor, item.action, item.count === 1 ? item.outcome : `${item.outcome} (${item.count})`],
  ...[item.record, item.location, toValues(item.before), toValues(item.after), item.note ?? ''],
]

export const audit = command({
  name: 'audit',
  summary: 'lists or exports the audit log; audit verify compares it with its seals (provider)',
  notes: [
    'Without --format it lists the newest entries; with it, it writes all of them, oldest first.',
    'Agents see their own entries. verify finds entries that were removed, changed or inserted. Exit code: 0 none, 2 some.',
  ],
  argument: z.enum(['verify'], { error: 'must be verify' }).optional().meta({ value: '[verify]', description: '' }),
  options: z.object({
    ...filters,
    format: z
      .enum(['csv', 'ndjson'], { error: 'must be csv or ndjson' })
      .optional()
      .meta({ value: 'FORMAT', description: 'csv or ndjson: writes all entries' }),
    out: z
      .string()
      .min(1, 'is empty')
      .optional()
      .meta({ value: 'FILE', description: 'output file (default: standard output)' }),
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
    if (format === undefined && out !== undefined) throw new UsageError('--out requires --format')
    if (format !== undefined && limit !== undefined) throw new UsageError('--limit cannot be combined with --format')
    if (format !== undefined) {
      const query = { ...filter, order: 'oldest', format, limit: PAGE }
      const texts = client.texts(routes.listAudit, { query })
      const isEscaped = format === 'csv' && spreadsheetSafe
      await writeOut(isEscaped ? escapeFormulas(texts) : texts, out === undefined ? null : toPath(out))
      return 0
    }
    const { items, more } = await client.items(routes.listAudit, auditList, { query: filter }, PAGE, limit ?? SHOWN)
    print(json, { items }, () => table(HEADING, items.map(toRow)))
    if (more) process.stderr.write('registry: there are older entries: see --limit and --format\n')
    return 0
  },
})
