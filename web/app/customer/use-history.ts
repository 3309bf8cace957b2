import { usePages } from '../pages.tsx'
import { dataOf } from '../request.ts'
import { registry } from '../session.ts'

const PAGE_SIZE = 20

/** The versions of a customer, newest first, page by page. */
export const useHistory = (id: string) =>
  usePages(['history', id], (page, signal) =>
    dataOf(
      registry.GET('/v1/customers/{id}/history', {
        params: { path: { id }, query: { limit: PAGE_SIZE, ...page } },
        signal,
      }),
    ),
  )
