import { z } from 'zod'
import { pluralise } from '#contract/counted.ts'
import { routes } from '#contract/routes.ts'
import { createdCustomer } from '#contract/schemas/duplicates.ts'
import { command } from '../command.ts'
import { customerLines } from '../customer-lines.ts'
import { customerOptions, note, toChangeHeaders, toStatement } from '../customer-options.ts'
import { json } from '../option.ts'
import { print } from '../print.ts'

export const create = command({
  name: 'create',
  summary: 'creates a customer',
  notes: ['Likely duplicates are reported on standard error; see `registry duplicates ID`.'],
  argument: z.undefined(),
  options: z.object({ ...customerOptions, note, json }),
  patience: 3,
  async run({ options, client }) {
    const answer = await client.ask(routes.createCustomer, createdCustomer, {
      body: { ...(await toStatement(client, options)), note: options.note },
      headers: toChangeHeaders(),
    })
    const { likely_duplicates: duplicates, ...customer } = answer
    print(options.json, answer, () => customerLines(customer))
    if (duplicates !== null && duplicates.length > 0)
      process.stderr.write(
        `registry: ${pluralise(duplicates.length, 'likely duplicate')}: registry duplicates ${customer.id}\n`,
      )
    return 0
  },
})
