import { z } from 'zod'
import { routes } from '#contract/routes.ts'
import { type Customer, customerList } from '#contract/schemas/customer.ts'
import { command } from '../command.ts'
import { listOptions, toListQuery } from '../list-options.ts'
import { json, maxItems } from '../option.ts'
import { print } from '../print.ts'
import { table } from '../table.ts'

const PAGE = 100
const HEADING = ['surname', 'given name', 'dob', 'document number', 'type', 'state', 'id']

const toRow = ({ surname, given_name, dob, document_number, type, state, id }: Customer) => [
  ...[surname, given_name, dob, document_number],
  ...[type, state, id],
]

export const list = command({
  name: 'list',
  summary: 'lists customers, now or at another time; `export` writes all of them to a file',
  argument: z.undefined(),
  options: z.object({
    ...listOptions,
    limit: maxItems(10_000, 100),
    json,
  }),
  patience: 3,
  async run({ options: { limit, json, ...selection }, client }) {
    const query = toListQuery(selection)
    const { items, more } = await client.items(routes.listCustomers, customerList, { query }, PAGE, limit)
    print(json, { items }, () => table(HEADING, items.map(toRow)))
    if (more) process.stderr.write('registry: there are more customers: see --limit, and registry export\n')
    return 0
  },
})
