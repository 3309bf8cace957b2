import { z } from 'zod'
import { routes } from '#contract/routes.ts'
import { type Customer, customerId, readCustomer } from '#contract/schemas/customer.ts'
import { timestampInput } from '#contract/schemas/time.ts'
import { command } from '../command.ts'
import { json } from '../option.ts'
import { print } from '../print.ts'
import { pairs } from '../table.ts'

const toLines = ({ details, ...fields }: Customer): [string, unknown][] =>
  Object.entries(fields).flatMap(([name, value]): [string, unknown][] =>
    name === 'state'
      ? [
          ...Object.entries(details).map(([field, value]): [string, unknown] => [`details.${field}`, value]),
          [name, value],
        ]
      : [[name, value]],
  )

export const get = command({
  name: 'get',
  summary: 'shows one customer, now or at another time',
  argument: customerId.meta({ value: 'ID', description: "the customer's id" }),
  options: z.object({
    'as-of': timestampInput.optional().meta({ value: 'TIME', description: 'the state that was valid at this time' }),
    'known-at': timestampInput.optional().meta({ value: 'TIME', description: 'the state that was known at this time' }),
    json,
  }),
  patience: 3,
  async run({ argument: id, options, client }) {
    const query = { as_of: options['as-of'], known_at: options['known-at'] }
    const customer = await client.ask(routes.getCustomer, readCustomer, { params: { id }, query })
    print(options.json, customer, () => pairs(toLines(customer)))
    return 0
  },
})
