import { z } from 'zod'
import { routes } from '#contract/routes.ts'
import { customerId, type HistoryItem, historyList } from '#contract/schemas/customer.ts'
import type { Client } from '../client.ts'
import { command } from '../command.ts'
import { json, wholeNumber } from '../option.ts'
import { table } from '../table.ts'

const PAGE = 100
const HEADING = ['valid from', 'recorded at', 'action', 'by', 'at', 'sets', 'conflict']

const rowOf = (item: HistoryItem) => [
  item.valid_from,
  item.recorded_at,
  item.action,
  item.actor,
  item.location,
  item.sets.join(', '),
  item.conflict ? 'yes' : '',
]

/** The newest versions, and whether there are older ones. */
async function newest(client: Client, id: string, limit: number): Promise<{ items: HistoryItem[]; more: boolean }> {
  const items: HistoryItem[] = []
  let cursor: string | undefined
  do {
    const query = { limit: Math.min(PAGE, limit - items.length), cursor }
    const page = await client.ask(routes.customerHistory, historyList, { params: { id }, query })
    items.push(...page.items)
    cursor = page.next ?? undefined
    // The cursor is bound to the query but for its limit, so the last page may be a shorter one.
  } while (cursor !== undefined && items.length < limit)
  return { items, more: cursor !== undefined }
}

export const history = command({
  name: 'history',
  summary: 'lists the versions of one customer, newest first',
  argument: customerId.meta({ value: 'ID', description: "the customer's id" }),
  options: z.object({
    limit: wholeNumber(1, 10_000).default(100).meta({ value: 'N', description: 'at most so many (100)' }),
    json,
  }),
  patience: 3,
  async run({ argument: id, options, client }) {
    const { items, more } = await newest(client, id, options.limit)
    process.stdout.write(options.json ? `${JSON.stringify({ items })}\n` : table(HEADING, items.map(rowOf)))
    if (more) process.stderr.write(`registry: there are older versions: see --limit\n`)
    return 0
  },
})
