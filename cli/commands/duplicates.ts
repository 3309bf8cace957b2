import { z } from 'zod'
import { routes } from '#contract/routes.ts'
import { type Customer, customerId } from '#contract/schemas/customer.ts'
import { duplicateQueue, duplicatesAnswer } from '#contract/schemas/duplicates.ts'
import { command } from '../command.ts'
import { json, maxItems } from '../option.ts'
import { print } from '../print.ts'
import { table } from '../table.ts'

const PAGE = 100
const MAX_OF_ONE = 100

const toPerson = ({ surname, given_name, dob }: Customer): string =>
  [surname, given_name, dob].filter(value => value !== null).join(' ')

export const duplicates = command({
  name: 'duplicates',
  summary: 'lists the pairs to review, or the likely duplicates of one customer',
  notes: ['merge and distinct decide on a pair.'],
  argument: customerId.optional().meta({ value: '[ID]', description: 'only those of this customer' }),
  options: z.object({
    limit: maxItems(1000, 25),
    json,
  }),
  patience: 3,
  async run({ argument: id, options: { limit, json }, client }) {
    if (id !== undefined) {
      const query = { limit: Math.min(limit, MAX_OF_ONE) }
      const answer = await client.ask(routes.customerDuplicates, duplicatesAnswer, { params: { id }, query })
      const rows = answer.items.map(({ customer, score, grade }) => [
        score.toFixed(2),
        grade,
        toPerson(customer),
        customer.id,
      ])
      print(json, answer, () => table(['score', 'grade', 'customer', 'id'], rows))
      return 0
    }
    const { items, more } = await client.items(routes.listDuplicates, duplicateQueue, {}, PAGE, limit)
    const rows = items.map(({ customers: [one, other], score, grade }) => [
      ...[score.toFixed(2), grade, toPerson(one), toPerson(other)],
      ...[one.id, other.id],
    ])
    print(json, { items }, () => table(['score', 'grade', 'customer', 'and', 'id', 'id'], rows))
    if (more) process.stderr.write('registry: there are more pairs: see --limit\n')
    return 0
  },
})
