/** The keys by which indexes look for the persons that search criteria may mean. */
import type { SearchCriteria } from '#contract/schemas/search.ts'
import { readNames } from '../name-readings.ts'
import { formsIn, type NameToken, nameFormsIn, toNameToken } from '../name-token.ts'
import { toPhoneEnd } from '../phone.ts'
import { type BlockingKey, toDobKeys, toDocumentKeys } from './value-keys.ts'
import { toInitialisms } from './words.ts'

export interface QueryKeys {
  /** The words of the text, of the given name and of the surname; then those of their other readings that are new. */
  names: NameToken[][]
  /** Words to look for in document numbers and details. */
  others: NameToken[]
  dob: BlockingKey[]
  document: BlockingKey[]
}

const detailTokens = (text: string): NameToken[] => [
  ...formsIn(text),
  ...toPhoneEnd(text).map(end => toNameToken(end, 'latin')),
]

/** The words of each name, in each of its readings; a word of several readings once. */
function toNames(criteria: SearchCriteria): NameToken[][] {
  const [first, ...others] = readNames(criteria).map(({ text, given_name, surname }) => [
    formsIn(text),
    nameFormsIn(given_name),
    nameFormsIn(surname),
  ])
  const seen = new Set(first?.flat())
  const further = others.flat().map(tokens => tokens.filter(token => !seen.has(token) && seen.add(token)))
  return [...(first ?? []), ...further.filter(tokens => tokens.length > 0)]
}

export function toQueryKeys(criteria: SearchCriteria): QueryKeys {
  const { text, details, dob, document_number } = criteria
  const textTokens = formsIn(text)
  const withInitialisms = (tokens: NameToken[]) => [
    ...tokens,
    ...toInitialisms(tokens.map(token => token.text)).map(letters => toNameToken(letters, 'latin')),
  ]
  return {
    names: toNames(criteria).map(withInitialisms),
    others: [...textTokens, ...Object.values(details).flatMap(value => detailTokens(String(value)))],
    dob: toDobKeys(dob),
    document: toDocumentKeys(document_number),
  }
}

/** Each two adjacent words and their concatenation: one name may have been written as two. */
export const joinAdjacent = (
  tokens: readonly NameToken[],
): { first: NameToken; second: NameToken; joined: NameToken }[] =>
  tokens.slice(1).flatMap((second, index) => {
    const first = tokens[index]
    return first ? [{ first, second, joined: toNameToken(first.text + second.text, second.script) }] : []
  })
