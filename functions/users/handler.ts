import * as z from 'zod'
import { newOneTimePassword } from '#adapters/users/one-time-password.ts'
import { usersRoutes as routes } from '#contract/routes/users.ts'
import {
  changeUser,
  createUser,
  endOwnSessions,
  listUsers,
  removeUser,
  resetUserPassword,
} from '#domain/users/users.ts'
import { createCursors } from '../http/cursors.ts'
import { endpoint } from '../http/endpoint.ts'
import { ok, operation } from '../http/operation.ts'
import { publicPath } from '../http/request.ts'
import { getDirectory } from './directory.ts'

const positionSchema = z.string()

export const handler = endpoint<'users'>({
  listUsers: operation(routes.listUsers, async ({ query }) => {
    const cursors = createCursors(['users'], positionSchema)
    const { items, next } = await listUsers(await getDirectory(), query.limit, cursors.open(query.cursor))
    return ok({ items, next: cursors.seal(next) })
  }),
  createUser: operation(routes.createUser, async ({ body }, { event, accessDetails }) => {
    const user = await createUser(await getDirectory(), body, newOneTimePassword())
    accessDetails.asked = { user_id: user.id }
    return { status: 201, body: user, headers: { Location: publicPath(event, `/v1/users/${user.id}`) } }
  }),
  patchUser: operation(routes.patchUser, async ({ params, body }, { request, accessDetails }) => {
    accessDetails.asked = { user_id: params.id }
    return ok(await changeUser(await getDirectory(), request, params.id, body))
  }),
  resetUserPassword: operation(routes.resetUserPassword, async ({ params }, { accessDetails }) => {
    accessDetails.asked = { user_id: params.id }
    return ok(await resetUserPassword(await getDirectory(), params.id, newOneTimePassword()))
  }),
  endOwnSessions: operation(routes.endOwnSessions, async (_, { request }) =>
    ok(await endOwnSessions(await getDirectory(), request)),
  ),
  removeUser: operation(routes.removeUser, async ({ params }, { request, accessDetails }) => {
    accessDetails.asked = { user_id: params.id }
    return ok(await removeUser(await getDirectory(), request, params.id))
  }),
})
