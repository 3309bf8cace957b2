import { z } from 'zod'
import { routes } from '#contract/routes.ts'
import { customerType, stateFilter } from '#contract/schemas/customer.ts'
import { type Hit, searchAnswer, searchBody } from '#contract/schemas/query.ts'
import { command } from '../command.ts'
import { toDetails } from '../details.ts'
import { UsageError } from '../failure.ts'
import { details, json, oneOf, wholeNumber } from '../option.ts'
import { print } from '../print.ts'
import { table } from '../table.ts'

const STATES = stateFilter.unwrap().options
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
  summary: 'searches customers by words (names, dates, numbers, in any order and spelling) and by fields',
  notes: [
    'The fields restrict who is found, beside TEXT or without it: registry search --surname garcia --dob 1985 --detail city=Gent.',
  ],
  argument: searchBody.shape.q.meta({ value: 'TEXT', description: 'names, dates or numbers' }),
  options: z.object({
    surname: searchBody.shape.surname.meta({
      value: 'NAME',
      description: 'the surname, which may be misspelt or unfinished',
    }),
    'given-name': searchBody.shape.given_name.meta({ value: 'NAME', description: 'the given name, likewise' }),
    dob: searchBody.shape.dob.meta({ value: 'DATE', description: 'the date of birth, its month or its year' }),
    'dob-tolerance-years': wholeNumber(0, 10)
      .optional()
      .meta({ value: 'N', description: 'how many years earlier or later the date of birth may be' }),
    'document-number': searchBody.shape.document_number.meta({
      value: 'NUMBER',
      description: 'the whole document number',
    }),
    detail: details,
    state: oneOf(STATES, 'STATE', `${STATES.join(', ')} (default: active)`).optional(),
    mode: z
      .enum(['fuzzy', 'exact'], { error: 'is neither fuzzy nor exact' })
      .optional()
      .meta({ value: 'MODE', description: 'exact requires every word (default: fuzzy)' }),
    limit: wholeNumber(1, 100).optional().meta({ value: 'N', description: 'maximum number' }),
    type: customerType.optional().meta({ value: 'TYPE', description: 'PERSON, INSTITUTION or another type' }),
    json,
  }),
  patience: 3,
  async run({ argument: q, options: { json, detail, ...options }, client }) {
    const { 'given-name': given_name, 'document-number': document_number, ...others } = options
    const { 'dob-tolerance-years': dob_tolerance_years, ...stated } = others
    const { surname, dob } = stated
    if (detail.length === 0 && [q, surname, given_name, dob, document_number].every(value => value === undefined))
      throw new UsageError('needs a TEXT, or one of --surname, --given-name, --dob, --document-number, --detail')
    const details = await toDetails(client, detail)
    const body = { q, ...stated, given_name, document_number, dob_tolerance_years, details }
    const answer = await client.ask(routes.search, searchAnswer, { body })
    if (answer.degraded)
      process.stderr.write('registry: the search index does not answer: only exact agreement is found\n')
    if (answer.below_threshold)
      process.stderr.write('registry: nobody agrees well enough: these are the most similar customers\n')
    print(json, answer, () => (answer.items.length > 0 ? table(HEADING, answer.items.map(toRow)) : 'nobody found\n'))
    return 0
  },
})
