/** The width of a text in terminal columns: combining marks have none, East Asian characters two (approximately UAX #11). */
function toWidth(text: string): number {
  let width = 0
  for (const letter of text.replaceAll(/[\p{Mn}\p{Me}\p{Cf}]/gu, ''))
    width +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u.test(
        letter,
      )
        ? 2
        : 1
  return width
}

/** A value on one line, without control characters. */
const cell = (value: unknown): string =>
  value === null || value === undefined ? '' : String(value).replaceAll(/\p{Cc}/gu, ' ')

/** A table with a heading; columns are as wide as their content. */
export function table(heading: readonly string[], rows: readonly (readonly unknown[])[]): string {
  const all = [heading, ...rows].map(row => row.map(cell))
  const widths = heading.map((_, n) => all.reduce((widest, row) => Math.max(widest, toWidth(row[n] ?? '')), 0))
  const padded = (text: string, n: number) => text + ' '.repeat(Math.max(0, (widths[n] ?? 0) - toWidth(text)))
  return all.map(row => `${row.map(padded).join('  ').trimEnd()}\n`).join('')
}

/** Names and values, one pair per line. */
export const pairs = (rows: readonly (readonly [string, unknown])[]): string => {
  const width = Math.max(...rows.map(([name]) => name.length))
  return rows
    .map(([name, value]) => `${name.padEnd(width)}  ${cell(value)}`.trimEnd())
    .join('\n')
    .concat('\n')
}
