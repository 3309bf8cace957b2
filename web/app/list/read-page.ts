import { type FieldTypes, toDetail } from '../edit/details.ts'
import { dataOf } from '../request.ts'
import { registry } from '../session.ts'
import { type ContentFilter, isFiltering } from './content-filter.ts'
import { type ListSearch, toQuery } from './list-search.ts'

/** Which customers the list has. */
export interface ListFilter {
  search: ListSearch
  content: ContentFilter
  /** The types of custom fields by name. */
  types: FieldTypes
}

interface PageQuery {
  limit: number
  cursor?: string
}

/** A page of who has the words and the value. Both are sent in a body: addresses of requests end up in logs. */
async function searchPage({ search, content, types }: ListFilter, page: PageQuery, signal?: AbortSignal) {
  const { q, field, value } = content
  const body = {
    ...{ ...page, mode: 'exact' as const, threshold: 0 },
    ...(q === '' ? {} : { q }),
    ...(field === '' || value === '' ? {} : { details: { [field]: toDetail(value, types.get(field)) } }),
    ...(search.type ? { type: search.type } : {}),
    ...(search.state ? { state: search.state } : {}),
  }
  const { items, next } = await dataOf(registry.POST('/v1/search', { body, ...(signal ? { signal } : {}) }))
  return { items: items.map(({ customer }) => customer), next, provisional: false }
}

/** A page of the list. */
export const readPage = (filter: ListFilter, page: PageQuery, signal?: AbortSignal) =>
  isFiltering(filter.content)
    ? searchPage(filter, page, signal)
    : dataOf(
        registry.GET('/v1/customers', {
          params: { query: { ...toQuery(filter.search), ...page } },
          ...(signal ? { signal } : {}),
        }),
      )
