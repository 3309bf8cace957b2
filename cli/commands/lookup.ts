import { z } from 'zod'
import { routes } from '#contract/routes.ts'
import { lookupAnswer } from '#contract/schemas/query.ts'
import { command } from '../command.ts'
import { lookupOptions, toLookup } from '../lookup-options.ts'
import { json } from '../option.ts'
import { print } from '../print.ts'

export const lookup = command({
  name: 'lookup',
  summary: 'checks whether a person, or someone similar, is listed (needs no user)',
  notes: ['State at least two of the four. Only a full date of birth is compared.'],
  argument: z.undefined(),
  options: z.object({
    ...lookupOptions,
    json,
  }),
  patience: 3,
  async run({ options: { json, ...details }, client }) {
    const answer = await client.ask(routes.lookup, lookupAnswer, { body: toLookup(details) })
    const similarTo = answer.initials === null ? '' : `similar to  ${answer.initials}\n`
    print(
      json,
      answer,
      () => `${answer.answer.replace('_', ' ')}\n${answer.explanation}\n${similarTo}receipt  ${answer.receipt}\n`,
    )
    return 0
  },
})
