import { routes } from '#contract/routes.ts'
import { type Customer, customerList } from '#contract/schemas/customer.ts'
import type { Client } from '../client.ts'

const PAGE = 100

/**
 * The list page by page. The next page is requested once the previous one has been used.
 *
 * @param provisionally is called once if the list may still change.
 */
export async function* toPages(
  client: Client,
  filters: Record<string, string | undefined>,
  provisionally: () => void,
): AsyncGenerator<Customer[]> {
  let reported = false
  const query = { ...filters, limit: PAGE }
  for await (const page of client.answers(routes.listCustomers, customerList, { query })) {
    if (page.provisional && !reported) provisionally()
    reported ||= page.provisional
    yield page.items
  }
}
