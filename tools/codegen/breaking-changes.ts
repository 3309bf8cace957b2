import type { ApiDocument, Content, Operation, Parameter } from './api-document.ts'
import { narrower } from './schema-compat.ts'

/** The breaking changes of a document against a release, one line each. */
export function breakingChanges(released: ApiDocument, now: ApiDocument): string[] {
  return Object.entries(released.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, before]) => {
      const after = now.paths[path]?.[method]
      const name = `${method.toUpperCase()} ${path}`
      if (after === undefined) return [`${name} is gone`]
      return broken(released, now, before, after).map(change => `${name}: ${change}`)
    }),
  )
}

function broken(released: ApiDocument, now: ApiDocument, before: Operation, after: Operation): string[] {
  /** Requests may only widen, because callers send what they sent before. */
  const sent = (place: string, old: Content, young: Content) =>
    Object.entries(old).flatMap(([media, { schema }]) => {
      const accepted = young[media]
      if (accepted === undefined) return [`${place} is not taken as ${media} any more`]
      return narrower([schema, released], [accepted.schema, now]).map(fault => `${place}${fault}`)
    })
  /** Responses may only narrow, and must keep every member, because callers read what they read before. */
  const answered = (status: string, old: Content, young: Content) =>
    Object.entries(old).flatMap(([media, { schema }]) => {
      const response = young[media]
      if (response === undefined) return [`${status} is no longer returned as ${media}`]
      return narrower([response.schema, now], [schema, released], 'answer').map(fault => `${status}${fault}`)
    })
  const body = before.requestBody ? sent('body', before.requestBody.content, after.requestBody?.content ?? {}) : []
  const statuses = Object.entries(before.responses)
    .filter(([status]) => status.startsWith('2'))
    .flatMap(([status, { content = {} }]) => {
      const young = after.responses[status]
      return young === undefined
        ? [`${status} is not answered any more`]
        : answered(status, content, young.content ?? {})
    })
  return [
    ...(before.security.length === 0 && after.security.length > 0 ? ['requires a token now'] : []),
    ...parameters(released, now, before.parameters, after.parameters),
    ...(before.requestBody === undefined && after.requestBody?.required ? ['wants a body now'] : []),
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
  const same = (one: Parameter) => (other: Parameter) => one.name === other.name && one.in === other.in
  const removed = before.flatMap(old => {
    const young = after.find(same(old))
    // Unknown query parameters are refused.
    if (young === undefined) return old.in === 'header' ? [] : [`?${old.name} is not taken any more`]
    const faults = narrower([old.schema, released], [young.schema, now]).map(fault => `?${old.name}${fault}`)
    return [...(young.required && !old.required ? [`?${old.name} is needed now`] : []), ...faults]
  })
  const added = after.filter(young => young.required && !before.some(same(young)))
  return [...removed, ...added.map(({ name }) => `?${name} is needed now`)]
}
