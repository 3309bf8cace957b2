import { z } from 'zod'
import { routes } from '#contract/routes.ts'
import { type HoldAnswer, holdAnswer } from '#contract/schemas/retention.ts'
import { command } from '../command.ts'
import { UsageError } from '../failure.ts'
import { endOfDay, flag, json, oneCustomer } from '../option.ts'
import { print } from '../print.ts'

const toText = ({ id, held, reason, until }: HoldAnswer): string =>
  held ? `${id} is held ${until === null ? '' : `until ${until} `}(${reason})\n` : `${id} is not held\n`

export const hold = command({
  name: 'hold',
  summary: 'exempts a customer from purges and erasure, or ends the exemption (provider)',
  argument: oneCustomer,
  options: z.object({
    reason: z.string().optional().meta({ value: 'TEXT', description: 'the reason' }),
    until: endOfDay('when it ends').optional(),
    end: flag('ends the hold'),
    json,
  }),
  patience: 3,
  async run({ argument: id, options, client }) {
    const { reason, until, end } = options
    if (end === (reason !== undefined)) throw new UsageError('needs either --reason or --end')
    const answer = end
      ? await client.ask(routes.releaseCustomer, holdAnswer, { params: { id } })
      : await client.ask(routes.holdCustomer, holdAnswer, { params: { id }, body: { reason, until } })
    print(options.json, answer, () => toText(answer))
    return 0
  },
})
