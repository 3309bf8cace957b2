import { pluralise, were } from '#contract/counted.ts'
import type { Counts, LikelyRow } from '#ingest/ingest-job.ts'
import { table } from '../table.ts'
import type { Missing } from './missing.ts'

/** What came of a file. */
export interface Report {
  file: string
  source: string
  dryRun: boolean
  counts: Counts
  /** The columns of a table and what they were taken for; null: left out. */
  columns: readonly (readonly [string, string | null])[]
  notes: readonly string[]
  /** Customers of the source who are not in the file, with `--complete`; null if that was not asked or cannot be said. */
  missing: readonly Missing[] | null
  deletedMissing: number
  seconds: number
}

/** Deletions and restorations are told if there were any. */
const toCounts = ({ rows, created, updated, deleted, restored, ...rest }: Counts) => {
  const rare = deleted + restored > 0 ? { deleted, restored } : {}
  return { rows, created, updated, ...rare, ...rest }
}

/** Whether the columns have other names than the fields. */
const isMapped = (columns: Report['columns']): boolean => columns.some(([column, field]) => column !== field)

/** The report as one line of JSON. */
export function toJson(
  { dryRun, counts, columns, notes, missing, deletedMissing, seconds }: Report,
  likely: readonly LikelyRow[],
): string {
  return `${JSON.stringify({
    ...(dryRun ? { dry_run: true } : {}),
    ...toCounts(counts),
    ...(missing === null ? {} : { missing: missing.length, deleted_missing: deletedMissing }),
    seconds,
    ...(isMapped(columns) ? { columns: Object.fromEntries(columns) } : {}),
    ...(notes.length > 0 ? { notes } : {}),
    ...(dryRun && likely.length > 0 ? { likely } : {}),
    ...(dryRun && missing !== null && missing.length > 0 ? { missing_customers: missing.map(({ id }) => id) } : {}),
  })}\n`
}

/** How many customers who are not in the file are listed. */
const MAX_LISTED = 20

const fullName = ({ surname, given_name }: Partial<Pick<Missing, 'surname' | 'given_name'>>): string =>
  [given_name, surname].filter(Boolean).join(' ')

function missingText({ missing, source, deletedMissing }: Report): string[] {
  if (missing === null) return []
  if (missing.length === 0) return [`\nEvery customer of ${source} is in the file.\n`]
  const fate =
    deletedMissing > 0 ? `${deletedMissing} of them ${were(deletedMissing)} deleted` : 'none of them was deleted'
  const more = missing.length > MAX_LISTED ? `and ${missing.length - MAX_LISTED} more\n` : ''
  return [
    `\n${pluralise(missing.length, 'customer')} of ${source} ${missing.length === 1 ? 'is' : 'are'} not in the file; ${fate}:\n`,
    table(
      ['name', 'born', 'document', 'id'],
      missing
        .slice(0, MAX_LISTED)
        .map(customer => [fullName(customer), customer.dob, customer.document_number, customer.id]),
    ),
    more,
  ]
}

/** The first rows with likely duplicates, each with the likeliest one. */
function likelyText(likely: readonly LikelyRow[]): string[] {
  if (likely.length === 0) return []
  const rows = likely
    .toSorted((a, b) => a.line - b.line)
    .slice(0, MAX_LISTED)
    .flatMap(({ line, id: key, duplicates: [first] }) =>
      first === undefined
        ? []
        : [[line, key, fullName(first), first.dob, first.document_number, first.score.toFixed(2), first.id]],
    )
  return ['\n', table(['line', 'key', 'looks like', 'born', 'document', 'score', 'id'], rows)]
}

function columnsText(columns: Report['columns']): string[] {
  if (!isMapped(columns)) return []
  const used = columns.filter(([, field]) => field !== null)
  const unused = columns.flatMap(([column, field]) => (field === null && column !== '' ? [column] : []))
  return ['\n', table(['column', 'read as'], used), ...(unused.length > 0 ? [`left out: ${unused.join(', ')}\n`] : [])]
}

/** The report for a person: a sentence, what came of the rows, and how the file was read. */
export function toText(report: Report, likely: readonly LikelyRow[]): string {
  const { file, source, dryRun, counts, columns, notes, seconds } = report
  const { rows, likely_duplicates, ...outcomes } = counts
  const done = dryRun
    ? `Nothing was written. ${pluralise(rows, 'row')} of ${file}, as source ${source}, would come to this:`
    : `Ingested ${pluralise(rows, 'row')} of ${file} as source ${source} in ${seconds} s.`
  const counted = Object.entries(outcomes).filter(([, count]) => count > 0)
  const alike = likely_duplicates > 0 ? [['look like somebody on the list', likely_duplicates] as const] : []
  return [
    `${done}\n\n`,
    table(
      ['rows', ''],
      [...counted.map(([outcome, count]) => [outcome, count] as const), ...alike].map(([outcome, count]) => [
        count,
        outcome,
      ]),
    ),
    ...columnsText(columns),
    ...(notes.length > 0 ? [`\n${notes.map(note => `${note}\n`).join('')}`] : []),
    ...(dryRun ? likelyText(likely) : []),
    ...missingText(report),
  ].join('')
}
