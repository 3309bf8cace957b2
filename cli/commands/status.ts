import { z } from 'zod'
import { routes } from '#contract/routes.ts'
import { ping } from '#contract/schemas/service.ts'
import { command } from '../command.ts'
import { json } from '../option.ts'
import { print } from '../print.ts'
import { pairs } from '../table.ts'

export const status = command({
  name: 'status',
  summary: 'checks whether the registry, its database and its index are up (exit code 1 if not; needs no user)',
  argument: z.undefined(),
  options: z.object({ json }),
  patience: 0,
  async run({ options, client }) {
    const answer = await client.ask(routes.ping, ping)
    const { database, search } = answer
    const lines = [
      ['status', answer.status],
      ['location', answer.location],
      ['time', answer.time],
      ['database', `${database.status} (${database.tables.join(', ')})`],
      ['search', `${search.status} (${search.engine})`],
      ['features', answer.features.join(', ')],
    ] as const
    print(options.json, answer, () => pairs(lines))
    return answer.status === 'up' ? 0 : 1
  },
})
