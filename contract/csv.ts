export type Cell = string | number | boolean | null | undefined

/** A cell according to RFC 4180. Text stays as it is, even if a spreadsheet would take it for a formula: this is data. */
function cell(value: Cell): string {
  const text = value === null || value === undefined ? '' : String(value)
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

export const csvLine = (cells: readonly Cell[]): string => `${cells.map(cell).join(',')}\n`
