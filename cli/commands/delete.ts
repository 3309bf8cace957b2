import { z } from 'zod'
import { routes } from '#contract/routes.ts'
import { customer } from '#contract/schemas/customer.ts'
import { command } from '../command.ts'
import { customerLines } from '../customer-lines.ts'
import { ifMatch, note, toChangeHeaders } from '../customer-options.ts'
import { json, oneCustomer } from '../option.ts'
import { print } from '../print.ts'

const stateCommand = (
  name: string,
  summary: string,
  route: typeof routes.deleteCustomer | typeof routes.restoreCustomer,
) =>
  command({
    name,
    summary,
    argument: oneCustomer,
    options: z.object({ note, 'if-match': ifMatch, json }),
    patience: 3,
    async run({ argument: id, options, client }) {
      const answer = await client.ask(route, customer, {
        params: { id },
        body: { note: options.note },
        headers: toChangeHeaders(options['if-match']),
      })
      print(options.json, answer, () => customerLines(answer))
      return 0
    },
  })

export const deleteCommand = stateCommand(
  'delete',
  'takes a customer off the list; the history stays, and restore undoes it',
  routes.deleteCustomer,
)
export const restore = stateCommand('restore', 'puts a deleted customer back on the list', routes.restoreCustomer)
