/** The heading of the column of a Markdown table that states shares of the machine's limit. */
const SHARE_COLUMN = 'cpu share'

export interface ShareDifference {
  name: string
  /** Null if the document has no row for the operation. */
  stated: number | null
  measured: number
  /** How many times the greater one is of the smaller one. Null without a stated share. */
  factor: number | null
}

const toCells = (line: string): string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map(cell => cell.trim())

/** The shares that the tables of a Markdown document state, by the name in the first column. */
export function readStatedShares(document: string): Map<string, number> {
  const shares = new Map<string, number>()
  let column = -1
  for (const line of document.split('\n')) {
    const cells = line.startsWith('|') ? toCells(line) : []
    // A table ends with the first other line.
    if (cells.length === 0) column = -1
    else if (column < 0) column = cells.indexOf(SHARE_COLUMN)
    else if (Number(cells[column]) > 0) shares.set(cells[0] ?? '', Number(cells[column]))
  }
  return shares
}

/** The measured shares that differ from the stated ones by more than a factor, or that are not stated. */
export function findDifferences(
  stated: ReadonlyMap<string, number>,
  measured: ReadonlyMap<string, number>,
  maxFactor: number,
): ShareDifference[] {
  return [...measured].flatMap(([name, share]): ShareDifference[] => {
    const expected = stated.get(name)
    if (expected === undefined) return [{ name, stated: null, measured: share, factor: null }]
    const factor = Math.max(expected, share) / Math.max(Number.MIN_VALUE, Math.min(expected, share))
    return factor > maxFactor ? [{ name, stated: expected, measured: share, factor }] : []
  })
}
