import { z } from 'zod'
import { routes } from '#contract/routes.ts'
import { readCustomer } from '#contract/schemas/customer.ts'
import { command } from '../command.ts'
import { customerLines } from '../customer-lines.ts'
import { endOfDay, json, oneCustomer } from '../option.ts'
import { print } from '../print.ts'

export const get = command({
  name: 'get',
  summary: 'shows one customer, now or at another time',
  argument: oneCustomer,
  options: z.object({
    'as-of': endOfDay('the state that was valid at this time').optional(),
    'known-at': endOfDay('the state that was known at this time').optional(),
    json,
  }),
  patience: 3,
  async run({ argument: id, options, client }) {
    const query = { as_of: options['as-of'], known_at: options['known-at'] }
    const customer = await client.ask(routes.getCustomer, readCustomer, { params: { id }, query })
    print(options.json, customer, () => customerLines(customer))
    return 0
  },
})
