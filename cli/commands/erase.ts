import { z } from 'zod'
import { routes } from '#contract/routes.ts'
import { type ErasureAnswer, erasureAnswer } from '#contract/schemas/retention.ts'
import { command } from '../command.ts'
import { confirmed } from '../confirm.ts'
import { Failure } from '../failure.ts'
import { flag, json, oneCustomer } from '../option.ts'
import { print } from '../print.ts'
import { pairs } from '../table.ts'

const EXIT_PENDING = 2

const counts = (of: Readonly<Record<string, number | null | undefined>>): string =>
  Object.entries(of)
    .map(([kind, count]) => `${count ?? 'no answer from'} ${kind}`)
    .join(', ')

function toText({
  ids,
  erased_at,
  location,
  removed,
  read_at,
  found,
  locations,
  streams_until,
  backups_until,
  certificate,
}: ErasureAnswer) {
  return pairs([
    ['erased', ids.join(', ')],
    ['at', `${erased_at}, ${location}`],
    ['removed', counts(removed)],
    ['read again', read_at],
    ['found', counts(found)],
    ...locations.map(({ name, acknowledged_at }) => [name, acknowledged_at ?? 'pending: ask again'] as const),
    ['streams until', streams_until ?? ''],
    ['backups until', backups_until],
    ['certificate', certificate],
  ])
}

const question = (id: string) => `Erase ${id} and all that was merged with it, everywhere and for good?`

export const erase = command({
  name: 'erase',
  summary: 'erases a customer permanently at all locations, and shows the progress (provider)',
  notes: [
    'Run it again for a new certificate: locations are pending until they have acknowledged the erasure.',
    'Exit code: 0 nothing is left; 2 a location is pending or did not answer; 1 nothing was erased.',
  ],
  argument: oneCustomer,
  options: z.object({ yes: flag('does not ask for confirmation'), json }),
  patience: 60,
  async run({ argument: id, options, client }) {
    if (!options.yes && !(await confirmed(question(id)))) throw new Failure('not confirmed: nothing was erased')
    const answer = await client.ask(routes.eraseCustomer, erasureAnswer, { params: { id } })
    print(options.json, answer, () => toText(answer))
    const hasRemains = Object.values(answer.found).some(count => count !== 0)
    return hasRemains || answer.pending.length > 0 ? EXIT_PENDING : 0
  },
})
