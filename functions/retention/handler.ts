import * as z from 'zod'
import { routes } from '#contract/routes.ts'
import { InvalidInput } from '#domain/errors.ts'
import { unknownType } from '#domain/fields/types.ts'
import { verifyCertificate } from '#domain/retention/certificate.ts'
import { eraseCustomer } from '#domain/retention/erase.ts'
import { holdCustomer, releaseCustomer } from '#domain/retention/hold.ts'
import { putPolicy, readPolicy } from '#domain/retention/policy.ts'
import { runPlace, type StoredRun } from '#domain/retention/port.ts'
import { cancelRun, runPurge } from '#domain/retention/run.ts'
import { createCursors } from '../http/cursors.ts'
import { endpoint } from '../http/endpoint.ts'
import { ok, operation } from '../http/operation.ts'
import { timeBudget } from '../runtime/deadline.ts'
import { getPurgeSettings, getRelatedData, logPurgeRun } from '../runtime/purge-settings.ts'
import { getFields } from '../runtime/services.ts'
import { getSettings } from '../runtime/settings.ts'

const positionSchema = z.string()

/** A report as it is told: ids of rows stay inside. */
const toRunResponse = ({ next: _, purges: __, id, ...report }: StoredRun) => ({
  id: Buffer.from(id).toString('base64url'),
  ...report,
})

export const handler = endpoint<'retention'>({
  getRetention: operation(routes.getRetention, async (_, { services }) =>
    ok(await readPolicy(services.records, getSettings().REGISTRY_RETENTION_DAYS)),
  ),
  putRetention: operation(routes.putRetention, async ({ body }, { request, services }) => {
    const { types } = await getFields(services)
    const errors = Object.keys(body.types).flatMap(name => unknownType(types, name, `#/types/${name}`))
    if (errors.length > 0) throw new InvalidInput(errors)
    return ok(await putPolicy(services.records, request, body))
  }),
  listRetentionRuns: operation(routes.listRetentionRuns, async ({ query }, { services }) => {
    const cursors = createCursors(['retention', 'runs'], positionSchema)
    const { runs, next } = await services.purges.runs(cursors.open(query.cursor), query.limit)
    return ok({ items: runs.map(toRunResponse), next: cursors.seal(next) })
  }),
  runRetention: operation(routes.runRetention, async ({ query, body }, { request, services }) => {
    const cursors = createCursors(['retention', getSettings().REGISTRY_LOCATION, body.dry_run], runPlace)
    const position = cursors.open(query.cursor)
    const options = {
      ...(await getPurgeSettings(services)),
      dry: body.dry_run,
      always: true,
      place: position,
      goOn: timeBudget(),
    }
    const run = await runPurge(services, request, options)
    if (!run.dry_run) logPurgeRun(run, services.meter)
    return ok({ ...toRunResponse(run), next: cursors.seal(run.next) })
  }),
  cancelRetentionRun: operation(routes.cancelRetentionRun, async ({ params }, { request, services }) => {
    const options = { ...(await getPurgeSettings(services)), goOn: timeBudget() }
    const id = Buffer.from(params.id, 'base64url').toString()
    const { returned, removed } = await cancelRun(services, request, options, id)
    return ok({ id: params.id, returned, removed })
  }),
  holdCustomer: operation(routes.holdCustomer, async ({ params, body }, { request, services }) =>
    ok(await holdCustomer(services.records, request, params.id, body)),
  ),
  releaseCustomer: operation(routes.releaseCustomer, async ({ params }, { request, services }) =>
    ok(await releaseCustomer(services.records, request, params.id)),
  ),
  eraseCustomer: operation(routes.eraseCustomer, async ({ params }, context) => {
    const { request, services } = context
    const { RECEIPT_KEY: key } = getSettings()
    const restriction = { createdBy: context.isCanary ? request.actor : null }
    return ok(await eraseCustomer(services, getRelatedData(services), request, params.id, key, restriction))
  }),
  verifyCertificate: operation(routes.verifyCertificate, ({ body }) =>
    ok(verifyCertificate(getSettings().RECEIPT_KEY, body.certificate)),
  ),
})
