/**
 * How names in Arabic letters are spoken and romanised: with the article ال as a word of its own or left out, and with a name such as
 * عبد الرحمن as one word, in which the l of the article may be assimilated (Abdurrahman).
 */

const ARTICLE = /(?<!\p{L})ال(?!له(?!\p{L}))(?=\p{L}{2})/gu
/** عبد before an article, or any name before الدين, in one word or two. */
const COMPOUND = /(?<!\p{L})(?:(عبد)\s*ال(?!له(?!\p{L}))(\p{L}{2,})|(\p{L}{2,}?)\s*ال(دين))(?!\p{L})/gu
/** The sun letters, before which the l of the article is spoken as these. */
const SUN_LETTERS = 'تثدذرزسشصضطظلن'

/** The article before a sun letter as it is spoken, in Latin letters: Ash-Shammari, An-Nuaimi. */
export const SPOKEN_ARTICLE = /(?<![\p{L}\p{M}])a(sh|th|dh|[dnrstz])[-\u2010\u2011](?=\1)/iu

/** A text with the articles as they are written (Al-Shammari). */
export const getWrittenArticles = (text: string): string[] => [text.replace(new RegExp(SPOKEN_ARTICLE, 'giu'), 'al ')]

const MARKS = /\p{M}|\u0640/gu

const splitArticles = (text: string): string => text.replace(ARTICLE, 'ال ')

/** Doubles a sun letter; before others there is an l. */
const assimilate = (name: string): string => (SUN_LETTERS.includes(name.charAt(0)) ? name.charAt(0) : 'ل') + name

const join = (text: string, toSecond: (name: string) => string): string =>
  text.replace(
    COMPOUND,
    (_, servant = '', name = '', first = '', faith = '') => servant + first + toSecond(name + faith),
  )

const splitCompounds = (text: string): string => text.replace(COMPOUND, '$1$3 ال$2$4')

/** Further readings of a text with names in Arabic letters, without the text itself; none if it has no article. */
export function getArabicReadings(text: string): string[] {
  const plain = text.normalize('NFKC').replace(MARKS, '')
  const readings = [
    splitArticles(splitCompounds(plain)),
    splitArticles(join(plain, assimilate)),
    splitArticles(join(plain, name => `ل${name}`)),
    join(plain, assimilate).replace(/(?<!\p{L})ال(?=(\p{L})\p{L})/gu, (article, letter) =>
      SUN_LETTERS.includes(letter) ? `ا${letter}` : article,
    ),
  ]
  return [...new Set(readings)].filter(reading => reading !== plain)
}
