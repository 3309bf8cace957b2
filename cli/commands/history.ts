import { z } from 'zod'
import { routes } from '#contract/routes.ts'
import { type HistoryItem, historyList } from '#contract/schemas/customer.ts'
import { command } from '../command.ts'
import { json, maxItems, oneCustomer } from '../option.ts'
import { print } from '../print.ts'
import { table } from '../table.ts'

const PAGE = 100
const HEADING = ['valid from', 'recorded at', 'action', 'by', 'at', 'sets', 'conflict', 'note']

const toRow = (item: HistoryItem) => [
  item.valid_from,
  item.recorded_at,
  item.action,
  item.actor,
  item.location,
  item.sets.join(', '),
  item.conflict ? 'yes' : '',
  item.note ?? '',
]

export const history = command({
  name: 'history',
  summary: 'lists the versions of one customer, newest first',
  argument: oneCustomer,
  options: z.object({
    limit: maxItems(10_000, 100),
    json,
  }),
  patience: 3,
  async run({ argument: id, options, client }) {
    const { items, more } = await client.items(
      routes.customerHistory,
      historyList,
      { params: { id } },
      PAGE,
      options.limit,
    )
    print(options.json, { items }, () => table(HEADING, items.map(toRow)))
    if (more) process.stderr.write(`registry: there are older versions: see --limit\n`)
    return 0
  },
})
