import { z } from 'zod'
import { routes } from '#contract/routes.ts'
import { customerId, type DiffItem, diffList, diffQuery } from '#contract/schemas/customer.ts'
import { command } from '../command.ts'
import { endOfDay, json, maxItems } from '../option.ts'
import { print } from '../print.ts'
import { table } from '../table.ts'

const PAGE = 100
const HEADING = ['at', 'customer', 'field', 'before', 'after', 'by']

const toRow = ({ at, id, field, before, after, actor }: DiffItem) => [at, id, field, before, after, actor]

export const diff = command({
  name: 'diff',
  summary: 'compares the list, or one customer, at two times',
  notes: ['--from 2026-05-31 compares with the list as it was at the end of that day.'],
  argument: customerId.optional().meta({ value: '[ID]', description: 'only this customer' }),
  options: z.object({
    from: endOfDay('the earlier time'),
    to: endOfDay('the later time').optional(),
    field: diffQuery.shape.field.meta({ value: 'FIELD', description: 'only this field: surname, details.city, …' }),
    limit: maxItems(10_000, 1000),
    json,
  }),
  patience: 60,
  async run({ argument: customer, options: { limit, json, ...interval }, client }) {
    const query = { ...interval, customer }
    const { items, more } = await client.items(routes.diff, diffList, { query }, PAGE, limit)
    print(json, { items }, () => (items.length > 0 ? table(HEADING, items.map(toRow)) : 'nothing differs\n'))
    if (more) process.stderr.write('registry: there are more differences: see --limit\n')
    return 0
  },
})
