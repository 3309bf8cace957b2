import { z } from 'zod'
import { routes } from '#contract/routes.ts'
import { customer, fieldName } from '#contract/schemas/customer.ts'
import { command } from '../command.ts'
import { customerLines } from '../customer-lines.ts'
import { customerOptions, ifMatch, note, toChangeHeaders, toStatement } from '../customer-options.ts'
import { UsageError } from '../failure.ts'
import { flag, json, oneCustomer } from '../option.ts'
import { print } from '../print.ts'

const DETAIL = 'details.'
const CLEARABLE = ['surname', 'given-name', 'dob', 'document-number'] as const

const clearable = z.union([z.enum(CLEARABLE), z.templateLiteral([DETAIL, fieldName])], {
  error: `must be one of ${CLEARABLE.join(', ')}, ${DETAIL}NAME`,
})

/** The fields to clear, as members of a request. */
function toCleared(names: readonly string[]): { details?: Record<string, null> } {
  const isDetail = (name: string) => name.startsWith(DETAIL)
  const details = names.filter(isDetail).map(name => [name.slice(DETAIL.length), null] as const)
  const fields = names.filter(name => !isDetail(name)).map(name => [name.replace('-', '_'), null] as const)
  return {
    ...Object.fromEntries(fields),
    ...(details.length > 0 ? { details: Object.fromEntries(details) } : {}),
  }
}

export const update = command({
  name: 'update',
  summary: 'changes the stated fields of a customer',
  notes: ['Changes of different fields at the same time are all kept. --valid-from corrects the past.'],
  argument: oneCustomer,
  options: z.object({
    ...customerOptions,
    clear: z
      .array(clearable)
      .default([])
      .meta({
        value: 'FIELD',
        description: `clears ${CLEARABLE.join(', ')} or ${DETAIL}NAME; may be repeated`,
        multiple: true,
      }),
    replace: flag('clears all fields that are not stated'),
    note,
    'if-match': ifMatch,
    json,
  }),
  patience: 3,
  async run({ argument: id, options, client }) {
    const { clear, replace, note, 'if-match': etag, json, ...stated } = options
    const both = Object.entries(stated).find(
      ([name, value]) => value !== undefined && clear.some(field => field === name),
    )
    if (both !== undefined) throw new UsageError(`states and clears --${both[0]}`)
    const statement = await toStatement(client, stated)
    const cleared = toCleared(clear)
    const body = { ...statement, ...cleared, note, details: { ...statement.details, ...cleared.details } }
    const answer = await client.ask(replace ? routes.putCustomer : routes.patchCustomer, customer, {
      params: { id },
      body,
      headers: toChangeHeaders(etag),
    })
    print(json, answer, () => customerLines(answer))
    return 0
  },
})
