import { csvLine } from '#contract/csv.ts'
import { type AuditItem, auditItem } from '#contract/schemas/audit.ts'

const COLUMNS = Object.keys(auditItem.shape)

/**
 * Entries as CSV; the values before and after a change are JSON in a cell. Only the first page has a header, so that the pages form one
 * file.
 */
export function auditCsv(items: readonly AuditItem[], first: boolean): string {
  const rows = items.map(item => {
    const { before, after } = item
    const cells = new Map<string, string | number | null>(
      Object.entries({
        ...item,
        before: before && JSON.stringify(before),
        after: after && JSON.stringify(after),
      }),
    )
    return csvLine(COLUMNS.map(name => cells.get(name)))
  })
  return (first ? csvLine(COLUMNS) : '') + rows.join('')
}

/** Entries as NDJSON. */
export const auditNdjson = (items: readonly AuditItem[]): string =>
  items.map(item => `${JSON.stringify(item)}\n`).join('')
