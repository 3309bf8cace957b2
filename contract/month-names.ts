/** Languages whose names of months are read: those of the sample data and of their neighbours. */
const LANGUAGES = ['en', 'de', 'de-AT', 'es', 'ru', 'fa', 'el', 'ga', 'nl', 'fr', 'it', 'pt', 'pl', 'sv', 'tr', 'uk']

/** Abbreviations that the tables of Unicode lack. */
const FURTHER: readonly [string, number][] = [['mrz', 3]]

const MIN_LETTERS = 3

/** Lower case without accents, dots and spaces. */
const fold = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[\p{M}\p{P}\s]/gu, '')

/** The name alone and beside a day, which differ in Slavic languages, in full and abbreviated. */
const STYLES = (['long', 'short'] as const).flatMap(month => [{ month }, { month, day: 'numeric' } as const])

function namesOf(language: string): [string, number][] {
  return STYLES.flatMap(style => {
    const format = new Intl.DateTimeFormat(language, { ...style, calendar: 'gregory', timeZone: 'UTC' })
    return Array.from({ length: 12 }, (_, month): [string, number] => {
      const parts = format.formatToParts(new Date(Date.UTC(2001, month, 1)))
      return [fold(parts.find(({ type }) => type === 'month')?.value ?? ''), month + 1]
    })
  })
}

type Months = ReadonlyMap<string, ReadonlySet<number>>

const group = (names: readonly (readonly [string, number])[]): Months => {
  const months = new Map<string, Set<number>>()
  for (const [name, month] of names) months.set(name, (months.get(name) ?? new Set()).add(month))
  return months
}

const beginnings = (name: string): string[] =>
  Array.from({ length: name.length - MIN_LETTERS }, (_, n) => name.slice(0, MIN_LETTERS + n))

let cached: { names: Months; beginnings: Months } | undefined

/** The months by their folded names and by the beginnings of these. Made at the first use, because most dates are written in digits. */
function months(): { names: Months; beginnings: Months } {
  if (cached) return cached
  const all = [...FURTHER, ...LANGUAGES.flatMap(namesOf)].filter(
    ([name]) => name.length >= MIN_LETTERS && !/\p{N}/u.test(name),
  )
  cached = {
    names: group(all),
    beginnings: group(all.flatMap(([name, month]) => beginnings(name).map(beginning => [beginning, month] as const))),
  }
  return cached
}

/** The number of the month (1 to 12) that the text names or abbreviates in one of the languages; null for none or several. */
export function readMonthName(text: string): number | null {
  const name = fold(text)
  const found = months().names.get(name) ?? months().beginnings.get(name)
  const [month = null] = found ?? []
  return found?.size === 1 ? month : null
}

/** Whether a word is the name of a month, or its beginning. */
export const isMonthName = (word: string): boolean => /^\p{L}/u.test(word) && readMonthName(word) !== null
