import type { paths } from '../../../client/paths.ts'
import { Store } from '../../shared/store.ts'
import type { Draft } from '../edit/draft.ts'

type SearchBody = paths['/v1/search']['post']['requestBody']['content']['application/json']

/** What is in the search box. It stays while a result is open, until sign-out or reload. */
export const searchText = new Store('')

interface FieldSearch {
  isOpen: boolean
  /** What is typed, by field. */
  draft: Draft
  /** What of it the API accepts. */
  criteria: SearchBody
}

const NOTHING: FieldSearch = { isOpen: false, draft: {}, criteria: {} }

/** What is searched by field. It is somebody's data: it stays in memory, and is sent in a body. */
export const fieldSearch = new Store<FieldSearch>(NOTHING)

/** The members of a search that say who is sought; the others restrict the results. */
const SOUGHT = ['surname', 'given_name', 'dob', 'document_number', 'details'] as const

/** Whether the fields alone say who is sought. */
export const isSought = (criteria: SearchBody): boolean => SOUGHT.some(member => criteria[member] !== undefined)

export function forgetSearch(): void {
  searchText.set('')
  fieldSearch.set(NOTHING)
}
