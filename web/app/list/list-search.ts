import { type TimeSearch, toTimeSearch } from '../customer/time-search.ts'

export const STATES = ['active', 'deleted', 'merged', 'expired', 'all'] as const
export const SORTS = ['surname', '-surname', 'updated_at', '-updated_at', 'created_at', '-created_at'] as const

/** The filters and the order of the list, as the address has them. Nobody can be recognised by them. */
export interface ListSearch extends TimeSearch {
  type?: string
  state?: (typeof STATES)[number]
  source?: string
  sort?: (typeof SORTS)[number]
  /** A day in the reader's zone. */
  changed_since?: string
}

const DAY = /^\d{4}-\d{2}-\d{2}$/

/** Reads an address, and leaves out what the list does not know. */
export function toListSearch(search: Record<string, unknown>): ListSearch {
  const { type, state, source, sort, changed_since } = search
  const knownState = STATES.find(it => it === state)
  const knownSort = SORTS.find(it => it === sort)
  return {
    ...(typeof type === 'string' ? { type } : {}),
    ...(knownState ? { state: knownState } : {}),
    ...(typeof source === 'string' ? { source } : {}),
    ...(knownSort ? { sort: knownSort } : {}),
    ...(typeof changed_since === 'string' && DAY.test(changed_since) ? { changed_since } : {}),
    ...toTimeSearch(search),
  }
}

/** The API's parameters: the day begins in the reader's zone. */
export const toQuery = ({ changed_since, ...others }: ListSearch): ListSearch => {
  const start = changed_since === undefined ? null : new Date(`${changed_since}T00:00`)
  return start === null || Number.isNaN(start.getTime()) ? others : { ...others, changed_since: start.toISOString() }
}
