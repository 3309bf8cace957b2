import { z } from 'zod'
import { command } from '../command.ts'
import { json } from '../option.ts'
import { print } from '../print.ts'

export const token = command({
  name: 'token',
  summary: 'logs in and prints a token, for REGISTRY_TOKEN or an Authorization header',
  argument: z.undefined(),
  options: z.object({
    'new-password': z
      .string()
      .optional()
      .meta({ value: 'WORD', description: 'replaces the password, at least 12 characters' }),
    json,
  }),
  patience: 3,
  async run({ options, client }) {
    const answer = await client.login(options['new-password'])
    print(options.json, answer, () => `${answer.access_token}\n`)
    return 0
  },
})
