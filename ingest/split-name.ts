export interface SplitName {
  surname: string
  given_name: string
}

/** Words that belong to the surname after them, such as `van der` and `de la`. */
const isParticle = (word: string): boolean => /^\p{Ll}/u.test(word) && !/['’]\p{Lu}/u.test(word)

const SUFFIX = /^(?:jr|sr|jun|sen|ii|iii|iv|esq)\.?$/i

/** How many capital letters a word without small ones has; 0 for other words. */
const capitalsIn = (word: string): number => (/\p{Ll}/u.test(word) ? 0 : (word.match(/\p{Lu}/gu)?.length ?? 0))

/** The words in capitals, such as `DE LA TOUR`; none if the longest might be initials. */
function inCapitals(words: readonly string[]): readonly string[] {
  const capitals = words.filter(word => capitalsIn(word) >= 2)
  return capitals.some(word => capitalsIn(word) >= 3) ? capitals : []
}

const join = (words: readonly string[]): string => words.join(' ')

/**
 * Splits a whole name: at a comma (`Surname, Given`); by the words in capitals, if not all are (`MÜLLER Jürgen`); or else the last word, with
 * the particles before it and a suffix after it, is the surname. A name of one word, and a Chinese, Japanese or Korean name in one piece, is
 * a surname as a whole.
 */
export function splitName(text: string): SplitName {
  const name = text.trim().replaceAll(/\s+/gu, ' ')
  const [before = '', ...after] = name.split(/\s*[,，،]\s*/u)
  if (after.length > 0) {
    // `Martin Smith, Jr.` has a comma before its suffix.
    const [given = '', ...rest] = after
    if (rest.length > 0 || !SUFFIX.test(given)) return { surname: before, given_name: join(after) }
    const { surname, given_name } = splitName(before)
    return { surname: `${surname} ${given}`, given_name }
  }
  const words = name.split(' ')
  if (words.length < 2) return { surname: name, given_name: '' }
  const capitals = inCapitals(words)
  if (capitals.length > 0 && words.some(word => capitalsIn(word) === 0 && !SUFFIX.test(word)))
    return { surname: join(capitals), given_name: join(words.filter(word => !capitals.includes(word))) }
  // East Asian names begin with the surname.
  if (/^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(name))
    return { surname: words[0] ?? '', given_name: join(words.slice(1)) }
  let first = words.length - 1
  if (first > 1 && SUFFIX.test(words[first] ?? '')) first--
  // In a name without capitals, small letters say nothing.
  while (first > 0 && /\p{Lu}/u.test(name) && isParticle(words[first - 1] ?? '')) first--
  return { surname: join(words.slice(first)), given_name: join(words.slice(0, first)) }
}
