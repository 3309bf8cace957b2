import * as z from 'zod'
import { routes } from '#contract/routes.ts'
import { InvalidInput } from '#domain/errors.ts'
import { verifyCertificate } from '#domain/retention/certificate.ts'
import { eraseCustomer } from '#domain/retention/erase.ts'
import { holdCustomer, releaseCustomer } from '#domain/retention/hold.ts'
import { putPolicy, readPolicy } from '#domain/retention/policy.ts'
import { runPlace, type StoredRun } from '#domain/retention/port.ts'
import { runPurge } from '#domain/retention/run.ts'
import { unknownType } from '#domain/types/types.ts'
import { cursorsOf } from '../cursors.ts'
import { endpoint, ok, on } from '../endpoint.ts'
import { forAWhile } from '../piece.ts'
import { fields } from '../services.ts'
import { settings } from '../settings.ts'
import { checkCanary } from './canary.ts'
import { logRun } from './log-run.ts'
import { linked, runSettings } from './settings.ts'

const after = z.string()

/** A report as it is told: ids of rows stay inside. */
const told = ({ next: _, id, ...report }: StoredRun) => ({ id: Buffer.from(id).toString('base64url'), ...report })

export const handler = endpoint<'retention'>({
  getRetention: on(routes.getRetention, async (_, { services }) =>
    ok(await readPolicy(services.records, settings().REGISTRY_RETENTION_DAYS)),
  ),
  putRetention: on(routes.putRetention, async ({ body }, { call, services }) => {
    const { types } = await fields(services)
    const faults = Object.keys(body.types).flatMap(name => unknownType(types, name, `#/types/${name}`))
    if (faults.length > 0) throw new InvalidInput(faults)
    return ok(await putPolicy(services.records, call, body))
  }),
  listRetentionRuns: on(routes.listRetentionRuns, async ({ query }, { services }) => {
    const cursors = cursorsOf(['retention', 'runs'], after)
    const { runs, next } = await services.purges.runs(cursors.open(query.cursor), query.limit)
    return ok({ items: runs.map(told), next: cursors.seal(next) })
  }),
  runRetention: on(routes.runRetention, async ({ query, body }, { call, services }) => {
    const cursors = cursorsOf(['retention', settings().REGISTRY_LOCATION, body.dry_run], runPlace)
    const place = cursors.open(query.cursor)
    const options = { ...(await runSettings(services)), dry: body.dry_run, always: true, place, goOn: forAWhile() }
    const run = await runPurge(services, call, options)
    if (!run.dry_run) logRun(run, services.meter)
    return ok({ ...told(run), next: cursors.seal(run.next) })
  }),
  holdCustomer: on(routes.holdCustomer, async ({ params, body }, { call, services }) =>
    ok(await holdCustomer(services.records, call, params.id, body)),
  ),
  releaseCustomer: on(routes.releaseCustomer, async ({ params }, { call, services }) =>
    ok(await releaseCustomer(services.records, call, params.id)),
  ),
  eraseCustomer: on(routes.eraseCustomer, async ({ params }, surroundings) => {
    const { call, services } = surroundings
    await checkCanary(surroundings, params.id)
    return ok(await eraseCustomer(services, linked(services), call, params.id, settings().RECEIPT_KEY))
  }),
  verifyCertificate: on(routes.verifyCertificate, ({ body }) =>
    ok(verifyCertificate(settings().RECEIPT_KEY, body.certificate)),
  ),
})
