import type { ApiDocument, Content, Operation, Parameter } from './api-document.ts'
import { narrower } from './schema-compat.ts'

/** Returns the breaking changes of a document against a release, one line each. */
export function breakingChanges(released: ApiDocument, now: ApiDocument): string[] {
  return Object.entries(released.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, before]) => {
      const after = now.paths[path]?.[method]
      const name = `${method.toUpperCase()} ${path}`
      if (after === undefined) return [`${name} was removed`]
      return broken(released, now, before, after).map(change => `${name}: ${change}`)
    }),
  )
}

function broken(released: ApiDocument, now: ApiDocument, before: Operation, after: Operation): string[] {
  /** Requests may only widen, because callers send what they sent before. */
  const checkRequest = (place: string, old: Content, current: Content) =>
    Object.entries(old).flatMap(([media, { schema }]) => {
      const accepted = current[media]
      if (accepted === undefined) return [`${place} is no longer accepted as ${media}`]
      return narrower([schema, released], [accepted.schema, now]).map(fault => `${place}${fault}`)
    })
  /** Responses may only narrow, and must keep every member, because callers read what they read before. */
  const checkResponse = (status: string, old: Content, current: Content) =>
    Object.entries(old).flatMap(([media, { schema }]) => {
      const response = current[media]
      if (response === undefined) return [`${status} is no longer returned as ${media}`]
      return narrower([response.schema, now], [schema, released], 'answer').map(fault => `${status}${fault}`)
    })
  const body = before.requestBody
    ? checkRequest('body', before.requestBody.content, after.requestBody?.content ?? {})
    : []
  const statuses = Object.entries(before.responses)
    .filter(([status]) => status.startsWith('2'))
    .flatMap(([status, { content = {} }]) => {
      const current = after.responses[status]
      return current === undefined
        ? [`${status} is no longer returned`]
        : checkResponse(status, content, current.content ?? {})
    })
  return [
    ...(before.security.length === 0 && after.security.length > 0 ? ['now requires a token'] : []),
    ...parameters(released, now, before.parameters, after.parameters),
    ...(before.requestBody === undefined && after.requestBody?.required ? ['now requires a body'] : []),
    ...body,
    ...statuses,
  ]
}

function parameters(
  released: ApiDocument,
  now: ApiDocument,
  before: readonly Parameter[],
  after: readonly Parameter[],
) {
  const isSame = (a: Parameter) => (b: Parameter) => a.name === b.name && a.in === b.in
  const removed = before.flatMap(old => {
    const current = after.find(isSame(old))
    // Unknown query parameters are refused.
    if (current === undefined) return old.in === 'header' ? [] : [`?${old.name} is no longer accepted`]
    const faults = narrower([old.schema, released], [current.schema, now]).map(fault => `?${old.name}${fault}`)
    return [...(current.required && !old.required ? [`?${old.name} is now required`] : []), ...faults]
  })
  const added = after.filter(current => current.required && !before.some(isSame(current)))
  return [...removed, ...added.map(({ name }) => `?${name} is now required`)]
}
