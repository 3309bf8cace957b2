import { z } from 'zod'
import { routes } from '#contract/routes.ts'
import { lookupAnswer } from '#contract/schemas/query.ts'
import { command } from '../command.ts'
import { json } from '../option.ts'
import { print } from '../print.ts'

const criterion = (value: string, description: string) => z.string().optional().meta({ value, description })

export const lookup = command({
  name: 'lookup',
  summary: 'checks whether a person, or someone similar, is listed (needs no user)',
  notes: ['State at least two of the four. Only a full date of birth is compared.'],
  argument: z.undefined(),
  options: z.object({
    surname: criterion('NAME', 'surname'),
    'given-name': criterion('NAME', 'given name'),
    dob: criterion('DATE', 'date of birth'),
    'document-number': criterion('NUMBER', 'number of a passport or other document'),
    json,
  }),
  patience: 3,
  async run({ options, client }) {
    const { surname, dob } = options
    const body = { surname, dob, given_name: options['given-name'], document_number: options['document-number'] }
    const answer = await client.ask(routes.lookup, lookupAnswer, { body })
    const similarTo = answer.initials === null ? '' : `similar to  ${answer.initials}\n`
    print(
      options.json,
      answer,
      () => `${answer.answer.replace('_', ' ')}\n${answer.explanation}\n${similarTo}receipt  ${answer.receipt}\n`,
    )
    return 0
  },
})
