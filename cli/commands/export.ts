import { z } from 'zod'
import { pluralise } from '#contract/counted.ts'
import { type Customer, customerType } from '#contract/schemas/customer.ts'
import { timestampInput } from '#contract/schemas/time.ts'
import { command } from '../command.ts'
import { csv } from '../export/csv.ts'
import { writeOut } from '../export/destination.ts'
import { ndjson } from '../export/ndjson.ts'
import { toPages } from '../export/pages.ts'
import { flag } from '../option.ts'
import { toPath } from '../paths.ts'

const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, { error: `is none of ${values.join(', ')}` })

const moment = (description: string) => timestampInput.optional().meta({ value: 'TIME', description })

export const exportCommand = command({
  name: 'export',
  summary: 'writes the list out, now or at another time',
  notes: [
    "NDJSON has a customer a line as the API gives it. CSV has own fields as columns details.NAME; its id is the registry's own, not a",
    "source's, so it is not for ingest. Text that begins with =, +, - or @ stays as it is; a spreadsheet may take it for a formula.",
    'With --spreadsheet-safe such text gets an apostrophe in front.',
  ],
  argument: z.undefined(),
  options: z.object({
    out: z.string().min(1, 'is empty').optional().meta({ value: 'FILE', description: 'where to (standard output)' }),
    format: oneOf(['ndjson', 'csv']).default('ndjson').meta({ value: 'FORMAT', description: 'ndjson or csv (ndjson)' }),
    state: oneOf(['active', 'deleted', 'all'])
      .optional()
      .meta({ value: 'STATE', description: 'active, deleted or all (active)' }),
    type: customerType.optional().meta({ value: 'TYPE', description: 'PERSON, INSTITUTION or another that there is' }),
    'spreadsheet-safe': flag('escapes text that a spreadsheet would take for a formula (csv)'),
    'as-of': moment('as it held at this moment'),
    'known-at': moment('as it was known at this moment'),
    'changed-since': moment('those alone that have changed since'),
  }),
  patience: 60,
  async run({ options, client }) {
    const { out, format, state, type } = options
    const filters = {
      state,
      type,
      as_of: options['as-of'],
      known_at: options['known-at'],
      changed_since: options['changed-since'],
    }
    let customers = 0
    const provisionally = () =>
      process.stderr.write('registry: provisional: not every location has been heard of since the time of --known-at\n')
    async function* counting(): AsyncGenerator<Customer[]> {
      for await (const page of toPages(client, filters, provisionally)) {
        customers += page.length
        yield page
      }
    }
    const text = format === 'csv' ? csv(counting(), options['spreadsheet-safe']) : ndjson(counting())
    await writeOut(text, out === undefined ? null : toPath(out))
    process.stderr.write(`registry: ${pluralise(customers, 'customer')}\n`)
    return 0
  },
})
