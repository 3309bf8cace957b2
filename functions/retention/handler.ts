import * as z from 'zod'
import { retentionRoutes as routes } from '#contract/routes/retention.ts'
import { currentView } from '#domain/customers/view.ts'
import { InvalidInput } from '#domain/errors.ts'
import { unknownType } from '#domain/fields/types.ts'
import { eraseCustomer } from '#domain/retention/erase.ts'
import { holdCustomer, releaseCustomer } from '#domain/retention/hold.ts'
import { listHolds } from '#domain/retention/list-holds.ts'
import { putPolicy, readPolicy } from '#domain/retention/policy.ts'
import { runPlace } from '#domain/retention/port.ts'
import { cancelRun, runPurge } from '#domain/retention/run.ts'
import { createCursors } from '../http/cursors.ts'
import { noteShown } from '../http/disclosure.ts'
import { endpoint } from '../http/endpoint.ts'
import { getFieldVisibility } from '../http/field-visibility.ts'
import { ok, operation } from '../http/operation.ts'
import { timeBudget } from '../runtime/deadline.ts'
import { getPurgeSettings, getRelatedData, logPurgeRun } from '../runtime/purge-settings.ts'
import { toRunResponse } from '../runtime/run-response.ts'
import { getFields, type Services } from '../runtime/services.ts'
import { getSettings } from '../runtime/settings.ts'

/** A dry run that lists customers ends with the page in which it reaches this number. */
const CUSTOMERS_LISTED = 100

const positionSchema = z.string()

/** @throws InvalidInput */
async function assertKnownTypes(services: Services, types: object, pointer: string): Promise<void> {
  const names = Object.keys(types)
  const known = names.length > 0 ? (await getFields(services)).types : null
  const errors = known ? names.flatMap(name => unknownType(known, name, `${pointer}/${name}`)) : []
  if (errors.length > 0) throw new InvalidInput(errors)
}

export const handler = endpoint<'retention'>({
  getRetention: operation(routes.getRetention, async (_, { services }) =>
    ok(await readPolicy(services.records, getSettings().REGISTRY_RETENTION_DAYS)),
  ),
  putRetention: operation(routes.putRetention, async ({ body }, { request, services }) => {
    await assertKnownTypes(services, body.types, '#/types')
    return ok(await putPolicy(services.records, request, body))
  }),
  listRetentionRuns: operation(routes.listRetentionRuns, async ({ query }, { services }) => {
    const cursors = createCursors(['retention', 'runs'], positionSchema)
    const { runs, next } = await services.purges.runs(cursors.open(query.cursor), query.limit)
    return ok({ items: runs.map(toRunResponse), next: cursors.seal(next) })
  }),
  runRetention: operation(routes.runRetention, async ({ query, body }, context) => {
    const { request, services } = context
    const scope = ['retention', getSettings().REGISTRY_LOCATION, body.dry_run, body.policy ?? null, body.customers]
    const cursors = createCursors(scope, runPlace)
    const position = cursors.open(query.cursor)
    await assertKnownTypes(services, body.policy?.types ?? {}, '#/policy/types')
    const settings = await getPurgeSettings(services)
    const due: string[] = []
    const hasTime = timeBudget()
    const run = await runPurge(services, request, {
      ...settings,
      policy: body.policy ?? settings.policy,
      dry: body.dry_run,
      always: true,
      place: position,
      hasTime: () => hasTime() && due.length < CUSTOMERS_LISTED,
      onDue: ids => {
        if (body.customers) due.push(...ids)
      },
    })
    if (!run.dry_run) logPurgeRun(run, services.meter)
    const customers = await services.records.currents('customer', due, false)
    if (body.customers)
      noteShown(
        context,
        customers.map(({ id }) => id),
      )
    return ok({ ...toRunResponse(run), customers: customers.map(currentView), next: cursors.seal(run.next) })
  }),
  cancelRetentionRun: operation(routes.cancelRetentionRun, async ({ params }, { request, services }) => {
    const options = { ...(await getPurgeSettings(services)), hasTime: timeBudget() }
    const id = Buffer.from(params.id, 'base64url').toString()
    const { returned, removed } = await cancelRun(services, request, options, id)
    return ok({ id: params.id, returned, removed })
  }),
  listHolds: operation(routes.listHolds, async ({ query }, context) => {
    const { request, services } = context
    const cursors = createCursors(['holds'], positionSchema)
    const { items, next } = await listHolds(services, request, cursors.open(query.cursor), query.limit)
    noteShown(
      context,
      items.map(({ customer }) => customer.id),
    )
    const visibility = await getFieldVisibility(context)
    const shown = items.map(item => ({ ...item, customer: visibility.listed(item.customer) }))
    return ok({ items: shown, next: cursors.seal(next) })
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
})
