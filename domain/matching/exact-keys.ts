/** Keys for exact look-ups in the table. */
import type { Person } from '#contract/schemas/search.ts'
import { foldNumberLetters, tokenize, words } from './normalise.ts'
import { isNamePlaceholder, isNumberPlaceholder } from './placeholders.ts'

/**
 * The full name as one key that does not depend on the order of names; null without a name, or if a placeholder stands for one. Titles are
 * left out field by field: a title that is all of a field is a name.
 */
export function nameKey({ surname, given_name }: Pick<Person, 'surname' | 'given_name'>): string | null {
  if (isNamePlaceholder(surname) || isNamePlaceholder(given_name)) return null
  const tokens = [...words(surname ?? ''), ...words(given_name ?? '')]
  return tokens.length === 0 ? null : tokens.sort().join(' ')
}

/** A document number without case, spaces and separators, in Latin letters; null if nothing is left, or if it is a placeholder. */
export function documentKey(text: string | null): string | null {
  if (isNumberPlaceholder(text)) return null
  const key =
    text === null
      ? ''
      : tokenize(foldNumberLetters(text))
          .map(word => word.text)
          .join('')
  return key === '' ? null : key
}
