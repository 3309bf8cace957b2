/** `npm run -s bench:units`: request units and round trips of each operation, with 1 and with 10,000 versions of the record. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRequestContext } from '#adapters/clock.ts'
import { DynamoAccessStore } from '#adapters/dynamodb/access-store.ts'
import { AuditPostings } from '#adapters/dynamodb/audit-postings.ts'
import { DynamoAuditStore } from '#adapters/dynamodb/audit-store.ts'
import { DynamoBatchStore } from '#adapters/dynamodb/batch-store.ts'
import { CapacityMeter } from '#adapters/dynamodb/capacity-meter.ts'
import { DynamoChangeLogStore } from '#adapters/dynamodb/change-log-store.ts'
import { DynamoListStore } from '#adapters/dynamodb/list-store.ts'
import { DynamoLocationStore } from '#adapters/dynamodb/location-store.ts'
import { DynamoRecordStore } from '#adapters/dynamodb/record-store.ts'
import { connect, toDocuments } from '#adapters/dynamodb/sdk-documents.ts'
import { Tables } from '#adapters/dynamodb/tables.ts'
import { MemoryIndex } from '#adapters/memory-search/memory-index.ts'
import { listQuery } from '#contract/schemas/customer.ts'
import { requestFieldBody } from '#contract/schemas/field.ts'
import { createCustomer } from '#domain/customers/create.ts'
import { patchCustomer } from '#domain/customers/edit.ts'
import { customerHistory, getCustomer } from '#domain/customers/read.ts'
import { listDefinitions } from '#domain/fields/catalogue.ts'
import { authorisedFields, authoriseField, patchField, requestField } from '#domain/fields/fields.ts'
import { transition } from '#domain/fields/lifecycle.ts'
import { toRemovals } from '#domain/fields/removal-timeline.ts'
import { decideOnType, removeType, requestType } from '#domain/fields/types.ts'
import { listCustomers } from '#domain/search/list-customers.ts'
import { Engine } from '#local/engine.ts'
import { Lock } from '#local/lock.ts'
import { auditUnits } from './audit-units.ts'
import { disclosureUnits } from './disclosure-units.ts'
import { purchaseUnits } from './purchase-units.ts'
import { retentionUnits } from './retention-units.ts'
import { wholeList } from './whole-list.ts'

const VERSIONS = 10_000
const NAMES = { registry: 'registry', views: 'views' }
const ALWAYS = { ifMatch: undefined, idempotencyKey: undefined }

const folder = await mkdtemp(join(tmpdir(), 'registry-units-'))
const lock = new Lock(folder)
const engine = new Engine(folder, NAMES, lock)
await lock.start()
await engine.start()
const client = connect({ endpoint: engine.endpoint })
const documents = toDocuments(client)

const call = () => createRequestContext({ location: 'loc1', actor: 'agent', request_id: 'bench' })
const none = new Map()
type Stores = {
  records: DynamoRecordStore
  lists: DynamoListStore
  lines: DynamoChangeLogStore
  batches: DynamoBatchStore
  index: MemoryIndex
  accesses: DynamoAccessStore
  audit: DynamoAuditStore
  consistentAudit: DynamoAuditStore
  postings: AuditPostings
  locations: DynamoLocationStore
}

function stores(): Stores & { meter: CapacityMeter } {
  const meter = new CapacityMeter()
  const tables = new Tables(documents, NAMES, meter)
  return {
    records: new DynamoRecordStore(tables),
    lists: new DynamoListStore(tables),
    lines: new DynamoChangeLogStore(tables, new Set()),
    batches: new DynamoBatchStore(tables),
    index: new MemoryIndex(),
    accesses: new DynamoAccessStore(tables),
    audit: new DynamoAuditStore(tables),
    consistentAudit: new DynamoAuditStore(tables, true),
    postings: new AuditPostings(tables),
    locations: new DynamoLocationStore(tables),
    meter,
  }
}

/** What one operation consumes. */
async function measured<T>(operation: (ports: Stores) => Promise<T>): Promise<{ units: object; answer: T }> {
  const { meter, ...ports } = stores()
  const answer = await operation(ports)
  return { units: { ...meter }, answer }
}

const person = (n: number) => ({
  surname: 'Katzenellenbogen',
  given_name: `Wilhelmina ${n}`,
  dob: '1961-03-14',
  document_number: `AB ${1_000_000 + n}`,
})

const create = (n: number) =>
  measured(({ records }) => createCustomer(records, call(), none, { type: 'PERSON', ...person(n) }, undefined))

/** Measures every operation on one record. Half of its history is effective by `middle`. */
async function operations(id: string, n: number, middle: string) {
  const get = await measured(({ records }) => getCustomer(records, id, {}, false, call().now))
  const consistent = await measured(({ records }) => getCustomer(records, id, {}, true, call().now))
  const asOf = await measured(({ records }) => getCustomer(records, id, { as_of: middle }, false, call().now))
  const known = await measured(({ records }) =>
    getCustomer(records, id, { as_of: middle, known_at: middle }, false, call().now),
  )
  const history = await measured(({ records }) => customerHistory(records, id, 25, undefined))
  const unchanged = await measured(({ records }) =>
    patchCustomer(records, call(), none, id, { surname: person(n).surname }, ALWAYS),
  )
  const update = await measured(({ records }) =>
    patchCustomer(records, call(), none, id, { dob: '1961-03-15' }, ALWAYS),
  )
  return {
    get: get.units,
    get_consistent: consistent.units,
    as_of: asOf.units,
    as_of_known_at: known.units,
    history_page: history.units,
    unchanged: unchanged.units,
    update: update.units,
  }
}

const listPage = () =>
  measured(ports => listCustomers(ports, none, listQuery.parse({}), undefined, call().now, customer => customer))

for (let n = 0; n < 400; n++) await create(n)
const listShort = await listPage()
const short = await create(1001)
const v1 = await operations(short.answer.customer.id, 1001, short.answer.customer.valid_from)

const long = await create(1002)
const { id } = long.answer.customer
let middle = long.answer.customer.valid_from
for (let n = 2; n < VERSIONS; n++) {
  const { answer } = await measured(({ records }) =>
    patchCustomer(records, call(), none, id, { given_name: `Wilhelmina ${n}` }, ALWAYS),
  )
  if (n === VERSIONS / 2) middle = answer.customer.valid_from
}
const v10000 = await operations(id, 1002, middle)
const listLong = await listPage()

/** What is asked of fields and types, which no list makes dearer. */
async function definitions() {
  const name = 'loyalty'
  const fieldRequest = requestFieldBody.parse({ name, type: 'choice', choices: ['Silver', 'Gold'], searchable: true })
  const request = await measured(ports => requestField(ports, call(), fieldRequest))
  const authorise = await measured(({ records }) => authoriseField(records, call(), name))
  const get = await measured(({ records }) => records.current('field', name, true))
  const list = await measured(({ lists }) => listDefinitions(lists, 'field', undefined, 25, null))
  const known = await measured(({ lists }) => authorisedFields(lists))
  const patch = await measured(({ records }) => patchField(records, call(), name, { label: 'Loyalty' }))
  const remove = await measured(({ records }) => transition(records, call(), 'field', name, 'remove'))
  const times = await measured(({ records }) => toRemovals(records, [name]))
  await requestType({ ...stores() }, call(), { name: 'PARTNER' })
  await decideOnType(stores(), call(), 'PARTNER', 'authorise')
  const types = (await measured(({ lists }) => authorisedFields(lists))).answer
  const make = (n: number) =>
    measured(({ records }) => createCustomer(records, call(), types, { type: 'PARTNER', ...person(n) }, undefined))
  for (let n = 0; n < 3; n++) await make(n)
  const few = await measured(ports => removeType(ports, call(), 'PARTNER').catch(() => null))
  for (let n = 0; n < 2000; n++) await make(n)
  const many = await measured(ports => removeType(ports, call(), 'PARTNER').catch(() => null))
  return {
    field_request: request.units,
    field_authorise: authorise.units,
    field_get: get.units,
    field_list_page: list.units,
    fields_and_types_known: known.units,
    field_patch: patch.units,
    field_remove: remove.units,
    field_removals_of_one: times.units,
    type_remove_in_use_by_3: few.units,
    type_remove_in_use_by_2003: many.units,
  }
}

const report: Record<string, object> = { create: { v1: short.units } }
for (const [name, units] of Object.entries(v1)) report[name] = { v1: units }
for (const [name, units] of Object.entries(v10000)) report[name] = { ...report[name], v10000: units }
Object.assign(report, await definitions())
report.list_page = { v1: listShort.units, v10000: listLong.units }
Object.assign(report, await purchaseUnits(documents, NAMES))
Object.assign(report, await wholeList(measured, call))
Object.assign(report, await retentionUnits(documents, NAMES))
Object.assign(report, await auditUnits(measured, [short.answer.customer.id, id]))
Object.assign(report, await disclosureUnits(measured))
console.log(JSON.stringify(report, null, 1))

client.destroy()
await engine.stop()
await rm(folder, { recursive: true })
