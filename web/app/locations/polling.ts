import type { Query } from '@tanstack/react-query'

const MAX_MS = 60_000

/**
 * How long to wait before a view is read again. After failures, it is as long as the last answer is ago, so that each wait is twice the last
 * one. A page that nobody sees reads nothing.
 */
export const pollEvery =
  (intervalMs: number) =>
  ({ state: { status, dataUpdatedAt } }: Pick<Query, 'state'>): number =>
    status === 'error' ? Math.min(Math.max(Date.now() - dataUpdatedAt, intervalMs), MAX_MS) : intervalMs
