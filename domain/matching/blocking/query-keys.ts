/** The keys by which indexes look for the persons that search criteria may mean. */
import type { SearchCriteria } from '#contract/schemas/search.ts'
import { formsIn, type NameToken, toNameToken } from '../name-token.ts'
import { toPhoneEnd } from '../phone.ts'
import { type BlockingKey, toDobKeys, toDocumentKeys } from './value-keys.ts'
import { toInitialisms } from './words.ts'

export interface QueryKeys {
  /** The words of the text, of the given name and of the surname. */
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

export function toQueryKeys({ text, given_name, surname, details, dob, document_number }: SearchCriteria): QueryKeys {
  const textTokens = formsIn(text)
  const withInitialisms = (tokens: NameToken[]) => [
    ...tokens,
    ...toInitialisms(tokens.map(token => token.text)).map(letters => toNameToken(letters, 'latin')),
  ]
  return {
    names: [textTokens, formsIn(given_name), formsIn(surname)].map(withInitialisms),
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
