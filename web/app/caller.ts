import { useQuery } from '@tanstack/react-query'
import { dataOf } from './request.ts'
import { registry } from './session.ts'

/** The user, the role, and the operations that it permits. */
export const useCaller = () =>
  useQuery({
    queryKey: ['me'],
    queryFn: ({ signal }) => dataOf(registry.GET('/v1/me', { signal })),
    staleTime: 300_000,
  })

/** Whether the user may do it: false until that is known. */
export function useIsPermitted(operation: string): boolean {
  return useCaller().data?.operations.includes(operation) ?? false
}
