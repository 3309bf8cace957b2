import { json, jsonResponse, type Route, routeDefaults } from '../route.ts'
import { pageQuery } from '../schemas/customer.ts'
import {
  callerName,
  createUserBody,
  issuedUserAnswer,
  patchUserBody,
  userAnswer,
  userList,
  userParams,
} from '../schemas/user.ts'

const users = { ...routeDefaults, function: 'users', tag: 'users', role: 'provider' } as const

export const usersRoutes = {
  listUsers: {
    ...users,
    method: 'GET',
    path: '/v1/users',
    summary: 'List users, by name',
    query: pageQuery,
    responses: { 200: jsonResponse(userList, 'A page of users') },
  },
  createUser: {
    ...users,
    method: 'POST',
    path: '/v1/users',
    summary: 'Create a user',
    consumes: [json],
    body: createUserBody,
    responses: { 201: jsonResponse(issuedUserAnswer, 'The user, with a one-time password') },
  },
  patchUser: {
    ...users,
    method: 'PATCH',
    path: '/v1/users/{id}',
    summary: 'Change the role of a user, disable or enable it',
    params: userParams,
    consumes: [json],
    body: patchUserBody,
    responses: { 200: jsonResponse(userAnswer, 'The user after the change') },
  },
  resetUserPassword: {
    ...users,
    method: 'POST',
    path: '/v1/users/{id}/reset-password',
    summary: 'Replace the password of a user by a one-time password',
    params: userParams,
    responses: { 200: jsonResponse(issuedUserAnswer, 'The user, with a one-time password') },
  },
  endOwnSessions: {
    ...users,
    role: 'agent',
    method: 'POST',
    path: '/v1/me/end-sessions',
    summary: 'End all sessions of the caller',
    responses: { 200: jsonResponse(callerName, 'The user whose sessions have ended') },
    problems: [404],
  },
  removeUser: {
    ...users,
    method: 'DELETE',
    path: '/v1/users/{id}',
    summary: 'Remove a user',
    params: userParams,
    responses: { 200: jsonResponse(userAnswer, 'The removed user') },
  },
} as const satisfies Record<string, Route>
