import { z } from 'zod'
import { routes } from '#contract/routes.ts'
import { type HeldCustomer, holdList } from '#contract/schemas/retention.ts'
import { command } from '../command.ts'
import { json, maxItems } from '../option.ts'
import { print } from '../print.ts'
import { table } from '../table.ts'

const PAGE = 100
const HEADING = ['surname', 'given name', 'until', 'reason', 'id']

const toRow = ({ customer, until, reason }: HeldCustomer) => [
  customer.surname ?? '',
  customer.given_name ?? '',
  until ?? 'the hold is ended',
  reason,
  customer.id,
]

export const holds = command({
  name: 'holds',
  summary: 'lists held customers, by the end of the hold (provider)',
  argument: z.undefined(),
  options: z.object({
    limit: maxItems(10_000, 100),
    json,
  }),
  patience: 3,
  async run({ options, client }) {
    const { items, more } = await client.items(routes.listHolds, holdList, {}, PAGE, options.limit)
    print(options.json, { items }, () => (items.length > 0 ? table(HEADING, items.map(toRow)) : 'nobody is held\n'))
    if (more) process.stderr.write('registry: there are more holds: see --limit\n')
    return 0
  },
})
