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

let cached: ReadonlyMap<string, ReadonlySet<number>> | undefined

/** The months by their folded names. Made at the first use, because most dates are written in digits. */
function monthNames(): ReadonlyMap<string, ReadonlySet<number>> {
  if (cached) return cached
  const names = new Map<string, Set<number>>()
  for (const [name, month] of [...FURTHER, ...LANGUAGES.flatMap(namesOf)])
    if (name.length >= MIN_LETTERS && !/\p{N}/u.test(name)) names.set(name, (names.get(name) ?? new Set()).add(month))
  cached = names
  return names
}

/** The number of the month (1 to 12) that the text names or abbreviates in one of the languages; null for none or several. */
export function readMonthName(text: string): number | null {
  const name = fold(text)
  if (name.length < MIN_LETTERS) return null
  const names = monthNames()
  const exact = names.get(name)
  const months = exact ?? new Set([...names].flatMap(([full, numbers]) => (full.startsWith(name) ? [...numbers] : [])))
  const [month = null] = months
  return months.size === 1 ? month : null
}
