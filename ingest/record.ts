/** A record of a table: its cells, and where in the file it is. */
export interface TableRecord {
  cells: string[]
  /** The line of the file, or the row of the sheet, at which it begins. */
  line: number
  /** The position in the file at which it ends, in bytes. */
  end: number
}

export const isBlank = (cells: readonly string[]): boolean => cells.every(cell => cell.trim() === '')
