import { z } from 'zod'
import { routes } from '#contract/routes.ts'
import { customerType } from '#contract/schemas/customer.ts'
import { type Hit, searchAnswer, searchBody } from '#contract/schemas/query.ts'
import { command } from '../command.ts'
import { json, wholeNumber } from '../option.ts'
import { table } from '../table.ts'

const HEADING = ['score', 'grade', 'surname', 'given name', 'dob', 'document number', 'id']

const toRow = ({ customer, score, grade }: Hit) => [
  score.toFixed(2),
  grade,
  customer.surname,
  customer.given_name,
  customer.dob,
  customer.document_number,
  customer.id,
]

export const search = command({
  name: 'search',
  summary: 'searches customers by words: names, dates, numbers, in any order and spelling',
  argument: searchBody.shape.q.unwrap().meta({ value: 'TEXT', description: 'names, dates or numbers' }),
  options: z.object({
    mode: z
      .enum(['fuzzy', 'exact'], { error: 'is neither fuzzy nor exact' })
      .optional()
      .meta({ value: 'MODE', description: 'exact requires every word (default: fuzzy)' }),
    limit: wholeNumber(1, 100).optional().meta({ value: 'N', description: 'maximum number' }),
    type: customerType.optional().meta({ value: 'TYPE', description: 'PERSON, INSTITUTION or another type' }),
    json,
  }),
  patience: 3,
  async run({ argument: q, options: { json, ...options }, client }) {
    const answer = await client.ask(routes.search, searchAnswer, { body: { q, ...options } })
    if (answer.degraded)
      process.stderr.write('registry: the search index does not answer: only exact agreement is found\n')
    if (answer.below_threshold)
      process.stderr.write('registry: nobody agrees well enough: these are the most similar customers\n')
    if (json) process.stdout.write(`${JSON.stringify(answer)}\n`)
    else process.stdout.write(answer.items.length > 0 ? table(HEADING, answer.items.map(toRow)) : 'nobody found\n')
    return 0
  },
})
