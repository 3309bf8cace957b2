import { z } from 'zod'
import { routes } from '#contract/routes.ts'
import { customer, customerId } from '#contract/schemas/customer.ts'
import { decideBody, decidedAnswer } from '#contract/schemas/duplicates.ts'
import { command } from '../command.ts'
import { customerLines } from '../customer-lines.ts'
import { json } from '../option.ts'
import { print } from '../print.ts'

const pair = z
  .string()
  .transform(words => words.split(/\s+/))
  .pipe(z.tuple([customerId, customerId], { error: 'must be two ids' }))
  .meta({ value: 'ID ID', description: 'the ids of the two customers' })

const decisionCommand = (name: string, decision: 'same' | 'different', summary: string) =>
  command({
    name,
    summary,
    argument: pair,
    options: z.object({
      note: decideBody.shape.note.meta({ value: 'TEXT', description: 'the reason' }),
      json,
    }),
    patience: 3,
    async run({ argument: ids, options: { note, json }, client }) {
      const answer = await client.ask(routes.decideDuplicate, decidedAnswer, { body: { ids, decision, note } })
      print(json, answer, () => answer.customers.map(customerLines).join('\n'))
      return 0
    },
  })

export const merge = decisionCommand(
  'merge',
  'same',
  'merges two customers who are the same: the lesser id stays, and split undoes it',
)
export const distinct = decisionCommand(
  'distinct',
  'different',
  'records that two customers are not the same: they leave the pairs to review',
)

export const split = command({
  name: 'split',
  summary: 'splits a merged customer from the one that it was merged into',
  argument: customerId.meta({ value: 'ID', description: 'the id of the merged customer' }),
  options: z.object({ json }),
  patience: 3,
  async run({ argument: id, options, client }) {
    const answer = await client.ask(routes.splitCustomer, customer, { params: { id } })
    print(options.json, answer, () => customerLines(answer))
    return 0
  },
})
