/**
 * Names in Han signs whose reading is not known. Signs are read in Chinese unless a table has the name. Beside a surname that agrees in
 * Japanese or Korean, the Chinese reading of the given name says nothing.
 */
import { type Pairing, toUnpaired } from './align.ts'
import type { FullName } from './full-name.ts'

/** How many words may stand for one word of signs, as in `Jong Un`. */
const MAX_UNREAD_WORDS = 2
/** The least similarity at which a word of signs that may not be Chinese agrees with a word in another script. */
const MIN_ACROSS = 0.8
const UNREAD = { similarity: 0, comparison: 'reading unknown', weight: 0, bits: 0 } as const satisfies Partial<Pairing>

/** Whether a name agrees with another by a surname that is read in Japanese or Korean. */
export function isReadOtherwise(name: FullName, pairings: readonly Pairing[], side: 'query' | 'person'): boolean {
  const isSurname = (i: number) => {
    const { form, field = 'given_name' } = name.parts[i] ?? {}
    return field !== 'given_name' && (form?.han === 'name' || (name.isKorean && form?.han === null))
  }
  return pairings.some(({ comparison, [side]: places }) => comparison === 'exact' && places.some(isSurname))
}

/**
 * Pairs words of signs whose reading is not known with words of the other name in other scripts. They neither agree nor differ.
 *
 * @param side the name with the signs.
 */
export function pairUnread(
  signs: FullName,
  others: FullName,
  pairings: readonly Pairing[],
  side: 'query' | 'person',
): Pairing[] {
  if (!isReadOtherwise(signs, pairings, side)) return []
  const otherSide = side === 'query' ? 'person' : 'query'
  const isSigns = (name: FullName, i: number) => name.parts[i]?.form.han === 'signs'
  const isMajor = (name: FullName, i: number) => name.parts[i]?.isMinor === false
  const unread = toUnpaired(signs, pairings, side).filter(i => isSigns(signs, i))
  const open = toUnpaired(others, pairings, otherSide).filter(i => isMajor(others, i) && !isSigns(others, i))
  const pairs = unread.map((i, n) => ({ i, words: open.slice(n * MAX_UNREAD_WORDS, (n + 1) * MAX_UNREAD_WORDS) }))
  return pairs
    .filter(({ words }) => words.length > 0)
    .map(({ i, words }) => ({
      ...UNREAD,
      ...(side === 'query' ? { query: [i], person: words } : { query: words, person: [i] }),
    }))
}

/** Whether a word of signs only resembles a word in another script, which says nothing if it is not read in Chinese. */
export function isChance({ query, person, similarity }: Pairing, ofQuery: FullName, ofPerson: FullName): boolean {
  if (similarity >= MIN_ACROSS) return false
  const isSigns = (name: FullName, places: readonly number[]) => places.some(i => name.parts[i]?.form.han === 'signs')
  const [inQuery, inPerson] = [isSigns(ofQuery, query), isSigns(ofPerson, person)]
  return inQuery !== inPerson
}
