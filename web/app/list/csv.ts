import { stringify } from 'csv-stringify/browser/esm/sync'
import type { components } from '../../../client/paths.ts'
import { toTableHeader, toTableRow } from '../../../contract/customer-table.ts'

type Customer = components['schemas']['Customer']

/** By this mark, Excel reads a file as UTF-8. */
const BYTE_ORDER_MARK = '\ufeff'

/** Customers as CSV for spreadsheets: what they would take for a formula gets an apostrophe in front, which `registry ingest` takes off. */
export function toCsv(customers: readonly Customer[]): string {
  const customFields = [...new Set(customers.flatMap(({ details }) => Object.keys(details)))].sort()
  const rows = customers.map(customer => toTableRow(customer, customFields))
  const options = { quoted_match: /^\s|\s$|\r/, cast: { boolean: String }, escape_formulas: true }
  return BYTE_ORDER_MARK + stringify([toTableHeader(customFields), ...rows], options)
}
