import * as z from 'zod'
import { csv, json, ndjson } from '#contract/route.ts'
import { auditRoutes as routes } from '#contract/routes/audit.ts'
import type { AuditQuery } from '#contract/schemas/audit.ts'
import { FIRST, LAST } from '#domain/audit/entries.ts'
import { auditCsv, auditNdjson } from '#domain/audit/format.ts'
import { listAudit } from '#domain/audit/list.ts'
import { summary, summaryPlace } from '#domain/audit/summary.ts'
import { verify, verifyPlace } from '#domain/audit/verify.ts'
import { Forbidden } from '#domain/errors.ts'
import { questionHashes } from '#domain/lookup/keyed-hashes.ts'
import { createCursors } from '../http/cursors.ts'
import { assertDateRange } from '../http/date-range.ts'
import { endpoint } from '../http/endpoint.ts'
import { getFieldVisibility } from '../http/field-visibility.ts'
import { getHeader } from '../http/get-header.ts'
import { type HandlerContext, type HttpResponse, ok, operation } from '../http/operation.ts'
import { publicPath } from '../http/request.ts'
import { timeBudget } from '../runtime/deadline.ts'
import { getSettings } from '../runtime/settings.ts'

type Format = NonNullable<AuditQuery['format']>

const mediaTypes = { json, csv, ndjson } as const satisfies Record<Format, string>

/** The format that is asked for: the first that the Accept header names, unless the query says. */
function negotiateFormat({ format }: AuditQuery, event: HandlerContext['event']): Format {
  const acceptedTypes = (getHeader(event, 'Accept') ?? '')
    .split(',')
    .map(entry => entry.split(';')[0]?.trim().toLowerCase())
  const requestedFormats = acceptedTypes.flatMap(
    type => Object.entries(mediaTypes).find(([, mediaType]) => mediaType === type)?.[0] ?? [],
  )
  return format ?? z.enum(['json', 'csv', 'ndjson']).catch('json').parse(requestedFormats[0])
}

/** An agent sees what they did themselves. @throws Forbidden */
function getActorFilter({ actor }: AuditQuery, { request, role }: HandlerContext): string | undefined {
  if (role === 'provider') return actor
  if (actor !== undefined && actor !== request.actor) throw new Forbidden('Agents can read only their own entries')
  return request.actor
}

function toKeyRange({ from, to }: AuditQuery) {
  assertDateRange({ from, to })
  return { above: from ?? FIRST, below: to ?? LAST }
}

const nextLink = (event: HandlerContext['event'], query: AuditQuery, cursor: string): string => {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries({ ...query, cursor }))
    if (value !== undefined) parameters.append(name, String(value))
  return `<${publicPath(event, routes.listAudit.path)}?${parameters}>; rel="next"`
}

export const handler = endpoint<'audit'>({
  listAudit: operation(routes.listAudit, async ({ query }, context): Promise<HttpResponse> => {
    const { services, event } = context
    const { limit, cursor, order, from, to, action, customer, location, outcome, shown, asked } = query
    const filter = {
      ...{ action, customer, location, outcome, shown, actor: getActorFilter(query, context) },
      asked: asked === undefined ? undefined : questionHashes(getSettings().RECEIPT_KEY, { q: asked }),
    }
    const cursors = createCursors(['audit', order, from ?? null, to ?? null, filter], z.string())
    const position = cursors.open(cursor)
    const { items: entries, next } = await listAudit(
      services,
      filter,
      toKeyRange(query),
      order === 'newest',
      limit,
      position,
    )
    const visibility = await getFieldVisibility(context)
    const items = entries.map(item => visibility.change(item))
    const nextCursor = cursors.seal(next)
    const format = negotiateFormat(query, event)
    if (format === 'json') return ok({ items, next: nextCursor })
    const body = format === 'csv' ? auditCsv(items, position === null) : auditNdjson(items)
    const type = format === 'csv' ? `${mediaTypes.csv}; charset=utf-8` : mediaTypes.ndjson
    return ok(body, { 'Content-Type': type, ...(nextCursor ? { Link: nextLink(event, query, nextCursor) } : {}) })
  }),
  auditSummary: operation(routes.auditSummary, async ({ query }, { services }) => {
    const { cursor, from, to } = query
    assertDateRange({ from, to })
    const cursors = createCursors(['audit summary', from ?? null, to ?? null], summaryPlace)
    const { items, next } = await summary(services, { from, to }, cursors.open(cursor), timeBudget())
    return ok({ items, next: cursors.seal(next) })
  }),
  verifyAudit: operation(routes.verifyAudit, async ({ query }, { services }) => {
    const cursors = createCursors(['audit verify', getSettings().REGISTRY_LOCATION], verifyPlace)
    const { next, ...report } = await verify(services, cursors.open(query.cursor), timeBudget())
    return ok({ ...report, next: cursors.seal(next) })
  }),
})
