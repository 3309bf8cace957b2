import type { Customer } from '#contract/schemas/customer.ts'
import { pairs } from './table.ts'

/** A customer as lines of names and values, with each custom field on its own line. */
export const customerLines = ({ details, ...fields }: Customer): string =>
  pairs(
    Object.entries(fields).flatMap(([name, value]): [string, unknown][] =>
      name === 'state'
        ? [
            ...Object.entries(details).map(([field, value]): [string, unknown] => [`details.${field}`, value]),
            [name, value],
          ]
        : [[name, value]],
    ),
  )
