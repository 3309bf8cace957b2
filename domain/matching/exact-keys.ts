/** Keys for exact look-ups in the table. */
import type { Person } from '#contract/schemas/search.ts'
import { foldNumberLetters, tokenize, words } from './normalise.ts'

/** The full name as one key that does not depend on the order of names; null without a name. */
export function nameKey(person: Pick<Person, 'surname' | 'given_name'>): string | null {
  const tokens = words(`${person.surname ?? ''} ${person.given_name ?? ''}`)
  return tokens.length === 0 ? null : tokens.sort().join(' ')
}

/** A document number without case, spaces and separators, in Latin letters; null if nothing is left. */
export function documentKey(text: string | null): string | null {
  const key =
    text === null
      ? ''
      : tokenize(foldNumberLetters(text))
          .map(word => word.text)
          .join('')
  return key === '' ? null : key
}
