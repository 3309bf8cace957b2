import { queryOptions } from '@tanstack/react-query'
import { dataOf } from '../request.ts'
import { registry } from '../session.ts'
import type { TimeSearch } from './time-search.ts'

/** The query of a customer as it is now, or was at another time. */
export const readCustomer = (id: string, time: TimeSearch = {}) =>
  queryOptions({
    queryKey: ['customer', id, time],
    queryFn: ({ signal }) =>
      dataOf(registry.GET('/v1/customers/{id}', { params: { path: { id }, query: time }, signal })),
  })
