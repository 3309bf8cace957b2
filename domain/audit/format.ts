import { stringify } from 'csv-stringify/sync'
import { type AuditItem, auditItem } from '#contract/schemas/audit.ts'

const COLUMNS = Object.keys(auditItem.shape)

/**
 * Entries as CSV; the values before and after a change are JSON in a cell. Only the first page has a header, so that the pages form one
 * file.
 */
export function auditCsv(items: readonly AuditItem[], first: boolean): string {
  const rows = items.map(item => {
    const { before, after, shown } = item
    const cells = new Map<string, string | number | null>(
      Object.entries({
        ...item,
        before: before && JSON.stringify(before),
        after: after && JSON.stringify(after),
        shown: shown?.join(' ') ?? null,
      }),
    )
    return COLUMNS.map(name => cells.get(name))
  })
  return stringify(first ? [COLUMNS, ...rows] : rows, { quoted_match: /^\s|\s$|\r/ })
}

/** Entries as NDJSON. */
export const auditNdjson = (items: readonly AuditItem[]): string =>
  items.map(item => `${JSON.stringify(item)}\n`).join('')
