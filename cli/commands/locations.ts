import { z } from 'zod'
import { routes } from '#contract/routes.ts'
import { type LocationState, locationList } from '#contract/schemas/location.ts'
import { command } from '../command.ts'
import { json } from '../option.ts'
import { table } from '../table.ts'

/** `remove NAME`, or nothing for the list. */
const locationArgument = z
  .string()
  .optional()
  .transform((words, context) => {
    const [verb, name, ...more] = (words ?? '').trim().split(/\s+/)
    if (verb === '') return null
    if (verb === 'remove' && name !== undefined && more.length === 0) return name
    context.addIssue('must be nothing, or remove and one name')
    return z.NEVER
  })
  .meta({ value: '[remove NAME]', description: 'takes a location off that was taken down for good' })

const toRow = (location: LocationState) => [
  location.name,
  location.up ? 'up' : 'not heard of',
  location.heard_at,
  location.replication_lag_ms,
  location.index_lag_ms,
  location.conflicts,
  location.drift,
]
const HEADING = ['name', 'state', 'heard of', 'replication ms', 'index ms', 'conflicts', 'drift']

export const locations = command({
  name: 'locations',
  summary: 'lists the locations as the one that is asked knows them (for the provider)',
  notes: [
    'A purge waits until every location that was ever heard of has acknowledged it: one that is gone for good is to be removed.',
    'Should it come back, its next heartbeat puts it on the list again.',
  ],
  argument: locationArgument,
  options: z.object({ json }),
  patience: 3,
  async run({ argument: removed, options, client }) {
    const answer = await (removed === null
      ? client.ask(routes.listLocations, locationList)
      : client.ask(routes.removeLocation, locationList, { params: { name: removed } }))
    process.stdout.write(options.json ? `${JSON.stringify(answer)}\n` : table(HEADING, answer.items.map(toRow)))
    return 0
  },
})
