import { z } from 'zod'
import { customerList, historyList } from '#contract/schemas/customer.ts'
import type { Api } from './api.ts'

const page = z.looseObject({ next: z.string().nullable() })

/** Reads all pages of a list. `path` may have a query; `between` runs before each further page. */
export async function allPages<T extends z.ZodType>(
  { api }: Api,
  token: string,
  path: string,
  schema: T,
  between: (page: number) => Promise<void> = async () => {},
): Promise<z.output<T>[]> {
  const pages: z.output<T>[] = []
  const separator = path.includes('?') ? '&' : '?'
  for (let cursor: string | null = ''; cursor !== null; ) {
    if (cursor) await between(pages.length)
    const response = await api('GET', cursor ? `${path}${separator}cursor=${encodeURIComponent(cursor)}` : path, {
      token,
    })
    pages.push(response.as(schema))
    cursor = response.as(page).next
    if (pages.length > 2000) throw new Error(`${path} has no last page`)
  }
  return pages
}

export const allCustomers = async (
  api: Api,
  token: string,
  query = 'limit=100',
  between?: (page: number) => Promise<void>,
) => (await allPages(api, token, `/v1/customers?${query}`, customerList, between)).flatMap(({ items }) => items)

export const wholeHistory = async (api: Api, token: string, id: string) =>
  (await allPages(api, token, `/v1/customers/${id}/history?limit=100`, historyList)).flatMap(({ items }) => items)

/** Reads the whole list with every version. Two results are equal when nothing changed; `sets` has no order. */
export async function readEverything(api: Api, token: string) {
  const customers = await allCustomers(api, token, 'state=all&limit=100')
  return Promise.all(
    customers.map(async customer => ({
      customer,
      history: (await wholeHistory(api, token, customer.id)).map(item => ({ ...item, sets: item.sets.toSorted() })),
    })),
  )
}
