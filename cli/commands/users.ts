import { z } from 'zod'
import { routes } from '#contract/routes.ts'
import { issuedUserAnswer, type User, userAnswer, userList, userRole } from '#contract/schemas/user.ts'
import type { Client } from '../client.ts'
import { command } from '../command.ts'
import { confirmed } from '../confirm.ts'
import { Failure, UsageError } from '../failure.ts'
import { flag, json } from '../option.ts'
import { print } from '../print.ts'
import { pairs, table } from '../table.ts'
import { verbArgument } from '../verb-argument.ts'

const PAGE = 100
const userArgument = verbArgument({
  list: null,
  add: 'name',
  change: 'name',
  'reset-password': 'name',
  remove: 'name',
})

const all = (client: Client) => client.items(routes.listUsers, userList, {}, PAGE)

/** The id of a user, which the paths have in place of the name. @throws Failure */
async function toId(client: Client, name: string): Promise<string> {
  const user = (await all(client)).items.find(({ username }) => username === name)
  if (user === undefined) throw new Failure(`there is no user ${name}`)
  return user.id
}

const toState = ({ disabled, one_time_password }: User): string =>
  disabled ? 'disabled' : one_time_password ? 'has a one-time password' : ''

export const users = command({
  name: 'users',
  summary: 'lists, adds, changes and removes users (provider)',
  notes: [
    'add and reset-password print a one-time password. The user replaces it: registry token --user NAME --password … --new-password …',
    'You cannot remove, disable or demote yourself or the last provider.',
  ],
  argument: userArgument,
  options: z.object({
    role: userRole.optional().meta({ value: 'ROLE', description: 'add, change: agent (default of add) or provider' }),
    disable: flag('change: the user can no longer log in'),
    enable: flag('change: the user can log in again'),
    yes: flag('remove: does not ask for confirmation'),
    json,
  }),
  patience: 3,
  async run({ argument: { verb, name }, options, client }) {
    const { role, disable, enable } = options
    if (verb === 'list') {
      const { items } = await all(client)
      const rows = items.map(user => [user.username, user.role, toState(user), user.created_at])
      print(options.json, { items }, () => table(['name', 'role', '', 'created'], rows))
      return 0
    }
    const show = (user: User) => print(options.json, user, () => pairs(Object.entries(user)))
    if (verb === 'add') {
      const body = { username: name, role: role ?? 'agent' }
      show(await client.ask(routes.createUser, issuedUserAnswer, { body }))
      return 0
    }
    if (verb === 'change' && (disable === enable ? disable || role === undefined : false))
      throw new UsageError('change needs --role, --disable or --enable')
    const params = { id: await toId(client, name) }
    if (verb === 'change') {
      const body = { role, ...(disable || enable ? { disabled: disable } : {}) }
      show(await client.ask(routes.patchUser, userAnswer, { params, body }))
    } else if (verb === 'reset-password') show(await client.ask(routes.resetUserPassword, issuedUserAnswer, { params }))
    else {
      if (!options.yes && !(await confirmed(`Remove the user ${name}?`)))
        throw new Failure('not confirmed: nobody was removed')
      show(await client.ask(routes.removeUser, userAnswer, { params }))
    }
    return 0
  },
})
