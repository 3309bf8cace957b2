import { Store } from '../../shared/store.ts'

/** What customers on the list must have: words, and the value of a custom field. */
export interface ContentFilter {
  q: string
  /** The name of a custom field; empty for none. */
  field: string
  value: string
}

export const NO_CONTENT: ContentFilter = { q: '', field: '', value: '' }

/** It is somebody's data: it stays in memory, until sign-out or reload, and is sent in a body. */
export const contentFilter = new Store<ContentFilter>(NO_CONTENT)

export const isFiltering = ({ q, field, value }: ContentFilter): boolean => q !== '' || (field !== '' && value !== '')

export const forgetContentFilter = (): void => contentFilter.set(NO_CONTENT)
