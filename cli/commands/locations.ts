import { z } from 'zod'
import { routes } from '#contract/routes.ts'
import { type LocationState, locationList } from '#contract/schemas/location.ts'
import { command } from '../command.ts'
import { json } from '../option.ts'
import { print } from '../print.ts'
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
  .meta({ value: '[remove NAME]', description: 'removes a location that was taken down' })

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
  summary: 'lists the locations, as this one knows them (provider)',
  notes: [
    'A purge waits for every known location: remove one that was taken down permanently.',
    'If it comes back, its next heartbeat adds it again.',
  ],
  argument: locationArgument,
  options: z.object({ json }),
  patience: 3,
  async run({ argument: removed, options, client }) {
    const answer = await (removed === null
      ? client.ask(routes.listLocations, locationList)
      : client.ask(routes.removeLocation, locationList, { params: { name: removed } }))
    print(options.json, answer, () => table(HEADING, answer.items.map(toRow)))
    return 0
  },
})
