import { randomUUID } from 'node:crypto'
import { buyList, type Purchase, purchaseList } from '#contract/schemas/purchase.ts'
import type { Locations } from './locations.ts'
import { allPages } from './pages.ts'
import type { TestServer } from './server.ts'
import { until } from './until.ts'

export const newUser = () => `u-${randomUUID()} ü`
export const createBody = (userid: string, n: number) => ({
  username: 'Ada Lovelace',
  userid,
  price: '0.10',
  timestamp: new Date(Date.UTC(2026, 4, 31, 12, 0, n)).toISOString(),
})
export type Caller = Pick<TestServer, 'api'> & { token: string }

export const listBuys = async (
  server: TestServer | Locations['all'][number],
  token: string,
  user: string,
  limit = 100,
) =>
  (await allPages(server, token, `/getAllUserBuys/${encodeURIComponent(user)}?limit=${limit}`, buyList)).flatMap(
    ({ items }) => items,
  )

export async function listPurchases({ api, token }: Caller, user: string, query = '') {
  const path = `/v1/purchases?user=${encodeURIComponent(user)}${query}`
  return (await api('GET', path, { token })).as(purchaseList)
}

/** Waits until all purchases of a user are counted, and returns the totals. */
export async function waitForTotals(caller: Caller, user: string, count: number) {
  let totals = (await listPurchases(caller, user)).totals
  const countAll = () => totals.reduce((sum, total) => sum + total.count, 0)
  await until(
    async () => {
      totals = (await listPurchases(caller, user)).totals
      return countAll() >= count
    },
    10_000,
    `${count} counted purchases`,
  )
  return totals
}

export const byId = (a: Purchase, b: Purchase) => (a.id < b.id ? -1 : 1)
