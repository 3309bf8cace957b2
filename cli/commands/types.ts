import { z } from 'zod'
import { routes } from '#contract/routes.ts'
import { typeAnswer, typeList } from '#contract/schemas/type.ts'
import { command } from '../command.ts'
import { json } from '../option.ts'
import { print } from '../print.ts'
import { pairs, table } from '../table.ts'
import { definitionArgument } from './definitions.ts'

const PAGE = 100

const decisions = {
  show: routes.getType,
  authorise: routes.authoriseType,
  reject: routes.rejectType,
  remove: routes.removeType,
} as const

export const types = command({
  name: 'types',
  summary: 'lists, requests and (provider) decides on types of customers',
  notes: ['PERSON and INSTITUTION are built in. A type that a customer has cannot be removed.'],
  argument: definitionArgument,
  options: z.object({
    label: z.string().optional().meta({ value: 'TEXT', description: 'the label (default: the name)' }),
    json,
  }),
  patience: 3,
  async run({ argument: { verb, name }, options: { json, label }, client }) {
    if (verb === 'list') {
      const { items } = await client.items(routes.listTypes, typeList, {}, PAGE)
      const rows = items.map(type => [type.name, type.state, type.label, type.built_in ? 'built in' : ''])
      print(json, { items }, () => table(['name', 'state', 'label', ''], rows))
      return 0
    }
    const answer =
      verb === 'request'
        ? await client.ask(routes.requestType, typeAnswer, { body: { name, label } })
        : await client.ask(decisions[verb], typeAnswer, { params: { name } })
    print(json, answer, () => pairs(Object.entries(answer)))
    return 0
  },
})
