import { z } from 'zod'
import { routes } from '#contract/routes.ts'
import { type Conflict, conflictList, settleBody, settledAnswer } from '#contract/schemas/conflict.ts'
import { command } from '../command.ts'
import { UsageError } from '../failure.ts'
import { json, maxItems } from '../option.ts'
import { print } from '../print.ts'
import { pairs, table } from '../table.ts'
import { verbArgument } from '../verb-argument.ts'

const PAGE = 100
const HEADING = ['record', 'field', 'kept', 'by', 'at', 'lost', 'by', 'at', 'id']

const toSide = ({ value, actor, location }: Conflict['kept']) => [value, actor, location]
const toRow = ({ customer, field, kept, lost, id }: Conflict) => [customer, field, ...toSide(kept), ...toSide(lost), id]

export const conflicts = command({
  name: 'conflicts',
  summary: 'lists conflicting changes of two locations; confirms or reverses what holds (provider)',
  notes: ['Two locations changed one field at the same time: the later change holds until you decide.'],
  argument: verbArgument({ list: null, confirm: 'ID', reverse: 'ID' }),
  options: z.object({
    note: settleBody.shape.note.meta({ value: 'TEXT', description: 'the reason of a decision' }),
    limit: maxItems(10_000, 100),
    json,
  }),
  patience: 3,
  async run({ argument: { verb, name: id }, options: { note, limit, json }, client }) {
    if (verb === 'list') {
      if (note != null) throw new UsageError('--note is for confirm and reverse')
      const { items, more } = await client.items(routes.listConflicts, conflictList, {}, PAGE, limit)
      print(json, { items }, () => (items.length > 0 ? table(HEADING, items.map(toRow)) : 'no conflicts\n'))
      if (more) process.stderr.write('registry: there are more conflicts: see --limit\n')
      return 0
    }
    const body = { decision: verb, note }
    const answer = await client.ask(routes.settleConflict, settledAnswer, { params: { id }, body })
    const { customer, field, kept, lost, decision } = answer
    print(json, answer, () => pairs(Object.entries({ customer, field, decision, kept: kept.value, lost: lost.value })))
    return 0
  },
})
