import { z } from 'zod'
import { pluralise } from '#contract/counted.ts'
import { routes } from '#contract/routes.ts'
import { fieldAnswer, fieldList, fieldType, type ListedField, pii } from '#contract/schemas/field.ts'
import { command } from '../command.ts'
import { UsageError } from '../failure.ts'
import { flag, json, oneOf } from '../option.ts'
import { print } from '../print.ts'
import { pairs, table } from '../table.ts'
import { definitionArgument } from './definitions.ts'

const PAGE = 100
const HEADING = ['name', 'state', 'type', 'label', 'pii', 'required', 'searchable', 'takes']

const yes = (value: boolean): string => (value ? 'yes' : '')

const toRow = ({ name, state, type, label, pii, required, searchable, choices, pattern }: ListedField) => [
  name,
  state,
  type,
  label,
  pii,
  yes(required),
  yes(searchable),
  choices?.join(', ') ?? pattern,
]

function toText({ index, ...field }: z.output<typeof fieldAnswer>): string {
  const followed = `${pluralise(index.customers, 'customer')} checked, ${index.changed} of them changed`
  return pairs([
    ...Object.entries(field).map(([name, value]): [string, unknown] => [
      name,
      Array.isArray(value) ? value.join(', ') : value,
    ]),
    ['search index', index.done ? `follows (${followed})` : `is being brought to it (${followed})`],
  ])
}

const decisions = {
  show: routes.getField,
  authorise: routes.authoriseField,
  reject: routes.rejectField,
  remove: routes.removeField,
} as const

export const fields = command({
  name: 'fields',
  summary: 'lists, requests and (provider) decides on custom fields',
  notes: [
    'A field is requested, then authorised or rejected. An authorised one can be removed: its values are hidden, not deleted, and',
    'shown again if the field is authorised again. The search index is updated automatically; `show` prints the progress.',
  ],
  argument: definitionArgument,
  options: z.object({
    type: oneOf(fieldType.options, 'TYPE', `to request: ${fieldType.options.join(', ')}`).optional(),
    label: z.string().optional().meta({ value: 'TEXT', description: 'the label (default: the name)' }),
    choices: z
      .string()
      .transform(text => text.split(',').map(choice => choice.trim()))
      .optional()
      .meta({ value: 'A,B,…', description: 'the allowed values (type choice)' }),
    pattern: z.string().optional().meta({ value: 'RE', description: 'a pattern for whole values (type text)' }),
    pii: oneOf(pii.options, 'PII', `${pii.options.join(', ')} (personal)`).optional(),
    required: flag('must be stated when a customer is created'),
    searchable: flag('is searched'),
    json,
  }),
  patience: 3,
  async run({ argument: { verb, name }, options: { json, ...stated }, client }) {
    if (verb === 'list') {
      const { items } = await client.items(routes.listFields, fieldList, {}, PAGE)
      print(json, { items }, () => table(HEADING, items.map(toRow)))
      return 0
    }
    if (verb === 'request' && stated.type === undefined) throw new UsageError('needs --type to request a field')
    const answer =
      verb === 'request'
        ? await client.ask(routes.requestField, fieldAnswer, { body: { name, ...stated } })
        : await client.ask(decisions[verb], fieldAnswer, { params: { name } })
    print(json, answer, () => toText(answer))
    return 0
  },
})
