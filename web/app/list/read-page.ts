import { dataOf } from '../request.ts'
import { registry } from '../session.ts'
import { type ListSearch, toQuery } from './list-search.ts'

/** A page of the list. */
export const readPage = (search: ListSearch, page: { limit: number; cursor?: string }, signal?: AbortSignal) =>
  dataOf(
    registry.GET('/v1/customers', {
      params: { query: { ...toQuery(search), ...page } },
      ...(signal ? { signal } : {}),
    }),
  )
