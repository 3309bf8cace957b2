import { useQuery } from '@tanstack/react-query'
import { useIsPermitted } from './caller.ts'
import { pollEvery } from './locations/polling.ts'
import { dataOf } from './request.ts'
import { registry } from './session.ts'

/** How often it is counted what waits for a decision, in milliseconds. */
const COUNT_INTERVAL_MS = 60_000

/** How much waits for a decision, for who may decide. */
export const usePending = () =>
  useQuery({
    queryKey: ['pending'],
    queryFn: ({ signal }) => dataOf(registry.GET('/v1/pending', { signal })),
    enabled: useIsPermitted('countPending'),
    refetchInterval: pollEvery(COUNT_INTERVAL_MS),
  })
