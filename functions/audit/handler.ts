import * as z from 'zod'
import { csv, json, ndjson } from '#contract/route.ts'
import { routes } from '#contract/routes.ts'
import type { AuditQuery } from '#contract/schemas/audit.ts'
import { FIRST, LAST } from '#domain/audit/entries.ts'
import { listAudit } from '#domain/audit/list.ts'
import { summary, summaryPlace } from '#domain/audit/summary.ts'
import { auditCsv, auditNdjson } from '#domain/audit/text.ts'
import { verify, verifyPlace } from '#domain/audit/verify.ts'
import { Forbidden } from '#domain/errors.ts'
import { cursorsOf } from '../cursors.ts'
import { endpoint, ok, on, type Reply, type Surroundings } from '../endpoint.ts'
import { checkInterval } from '../interval.ts'
import { forAWhile } from '../piece.ts'
import { asked, header } from '../request.ts'
import { settings } from '../settings.ts'
import { sight } from '../sight.ts'

type Format = NonNullable<AuditQuery['format']>

const types = { json, csv, ndjson } as const satisfies Record<Format, string>

/** The format that is asked for: the first that the Accept header names, unless the query says. */
function formatOf({ format }: AuditQuery, event: Surroundings['event']): Format {
  const accepted = (header(event, 'Accept') ?? '').split(',').map(one => one.split(';')[0]?.trim().toLowerCase())
  const named = accepted.flatMap(type => Object.entries(types).find(([, of]) => of === type)?.[0] ?? [])
  return format ?? z.enum(['json', 'csv', 'ndjson']).catch('json').parse(named[0])
}

/** An agent sees what they did themselves. @throws Forbidden */
function actorFor({ actor }: AuditQuery, { call, role }: Surroundings): string | undefined {
  if (role === 'provider') return actor
  if (actor !== undefined && actor !== call.actor) throw new Forbidden("An agent sees nobody else's entries")
  return call.actor
}

function spanOf({ from, to }: AuditQuery) {
  checkInterval({ from, to })
  return { above: from ?? FIRST, below: to ?? LAST }
}

const linkTo = (event: Surroundings['event'], query: AuditQuery, cursor: string): string => {
  const members = new URLSearchParams()
  for (const [name, value] of Object.entries({ ...query, cursor }))
    if (value !== undefined) members.append(name, String(value))
  return `<${asked(event, routes.listAudit.path)}?${members}>; rel="next"`
}

export const handler = endpoint<'audit'>({
  listAudit: on(routes.listAudit, async ({ query }, surroundings): Promise<Reply> => {
    const { services, event } = surroundings
    const { limit, cursor, order, from, to, action, customer, location, outcome } = query
    const filter = { action, customer, location, outcome, actor: actorFor(query, surroundings) }
    const cursors = cursorsOf(['audit', order, from ?? null, to ?? null, filter], z.string())
    const place = cursors.open(cursor)
    const { items: found, next } = await listAudit(services, filter, spanOf(query), order === 'newest', limit, place)
    const see = await sight(surroundings)
    const items = found.map(item => see.change(item))
    const sealed = cursors.seal(next)
    const format = formatOf(query, event)
    if (format === 'json') return ok({ items, next: sealed })
    const body = format === 'csv' ? auditCsv(items, place === null) : auditNdjson(items)
    const type = format === 'csv' ? `${types.csv}; charset=utf-8` : types.ndjson
    return ok(body, { 'Content-Type': type, ...(sealed ? { Link: linkTo(event, query, sealed) } : {}) })
  }),
  auditSummary: on(routes.auditSummary, async ({ query }, { services }) => {
    const { cursor, from, to } = query
    checkInterval({ from, to })
    const cursors = cursorsOf(['audit summary', from ?? null, to ?? null], summaryPlace)
    const { items, next } = await summary(services, { from, to }, cursors.open(cursor), forAWhile())
    return ok({ items, next: cursors.seal(next) })
  }),
  verifyAudit: on(routes.verifyAudit, async ({ query }, { services }) => {
    const cursors = cursorsOf(['audit verify', settings().REGISTRY_LOCATION], verifyPlace)
    const { next, ...found } = await verify(services, cursors.open(query.cursor), forAWhile())
    return ok({ ...found, next: cursors.seal(next) })
  }),
})
