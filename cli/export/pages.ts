import { routes } from '#contract/routes.ts'
import { type Customer, customerList } from '#contract/schemas/customer.ts'
import type { Client } from '../client.ts'

const PAGE = 100

/**
 * The list, page by page: the next is asked for when the one before has been used.
 *
 * @param provisionally is told, once, when more may come to be known of what is asked for
 */
export async function* pagesOf(
  client: Client,
  filters: Record<string, string | undefined>,
  provisionally: () => void,
): AsyncGenerator<Customer[]> {
  let cursor: string | undefined
  let told = false
  do {
    const page = await client.ask(routes.listCustomers, customerList, { query: { ...filters, limit: PAGE, cursor } })
    if (page.provisional && !told) provisionally()
    told ||= page.provisional
    yield page.items
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
}
