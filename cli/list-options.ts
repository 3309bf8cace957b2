import { z } from 'zod'
import { customerType, listFilters } from '#contract/schemas/customer.ts'
import { details, endOfDay, oneOf, startOfDay } from './option.ts'

const ORDERS = listFilters.sort.unwrap().options

/** The options that select and order customers of the list. */
export const listOptions = {
  state: oneOf(['active', 'deleted', 'all'], 'STATE', 'active, deleted or all (default: active)').optional(),
  type: customerType.optional().meta({ value: 'TYPE', description: 'PERSON, INSTITUTION or another type' }),
  q: listFilters.q.meta({
    value: 'TEXT',
    description: 'only customers with every word, of which the last may be unfinished',
  }),
  source: listFilters.source.meta({ value: 'NAME', description: 'only customers whom this source stated' }),
  detail: details,
  sort: oneOf(
    ORDERS,
    'ORDER',
    'surname, updated_at or created_at, with - in front in reverse: --sort=-updated_at (default: by id)',
  ).optional(),
  'as-of': endOfDay('the state that was valid at this time').optional(),
  'known-at': endOfDay('the state that was known at this time').optional(),
  'changed-since': startOfDay('only customers who changed since').optional(),
}

const schema = z.object(listOptions)

/** The query of the list for these options. */
export const toListQuery = ({
  detail,
  'as-of': as_of,
  'known-at': known_at,
  'changed-since': changed_since,
  ...filters
}: z.output<typeof schema>): Record<string, string | undefined> => ({
  ...filters,
  ...Object.fromEntries(detail.map(([name, value]) => [`detail.${name}`, value])),
  as_of,
  known_at,
  changed_since,
})
