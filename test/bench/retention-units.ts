/** Request units of the retention's operations, for `npm run -s bench:units`. */
import { createRequestContext } from '#adapters/clock.ts'
import { CapacityMeter } from '#adapters/dynamodb/capacity-meter.ts'
import type { Documents } from '#adapters/dynamodb/documents.ts'
import { DynamoErasureStore } from '#adapters/dynamodb/erasure-store.ts'
import { DynamoInactiveStore } from '#adapters/dynamodb/inactive-store.ts'
import { DynamoLocationStore } from '#adapters/dynamodb/location-store.ts'
import { DynamoPairStore } from '#adapters/dynamodb/pair-store.ts'
import { DynamoPurgeStore } from '#adapters/dynamodb/purge-store.ts'
import { DynamoRecordStore } from '#adapters/dynamodb/record-store.ts'
import { type TableNames, Tables } from '#adapters/dynamodb/tables.ts'
import { MemoryIndex } from '#adapters/memory-search/memory-index.ts'
import { createCustomer } from '#domain/customers/create.ts'
import { eraseCustomer } from '#domain/retention/erase.ts'
import { holdCustomer, releaseCustomer } from '#domain/retention/hold.ts'
import { putPolicy, readPolicy } from '#domain/retention/policy.ts'
import { runPurge } from '#domain/retention/run.ts'

const KEY = 'k'.repeat(32)
const none = new Map()
const call = () => createRequestContext({ location: 'loc1', actor: 'provider', request_id: 'bench' })

/** The stores of retention, on a meter. */
export function toPorts(documents: Documents, names: TableNames, meter = new CapacityMeter()) {
  const tables = new Tables(documents, names, meter)
  return {
    meter,
    records: new DynamoRecordStore(tables),
    pairs: new DynamoPairStore(tables),
    inactive: new DynamoInactiveStore(tables),
    purges: new DynamoPurgeStore(tables),
    erasures: new DynamoErasureStore(tables),
    locations: new DynamoLocationStore(tables),
    index: new MemoryIndex(),
  }
}

type Stores = ReturnType<typeof toPorts>

export async function retentionUnits(documents: Documents, names: TableNames) {
  const measured = async (operation: (ports: Stores) => Promise<unknown>) => {
    const ports = toPorts(documents, names)
    await operation(ports)
    return { v1: { ...ports.meter } }
  }
  const { records } = toPorts(documents, names)
  const { customer } = await createCustomer(records, call(), none, { surname: 'Held' }, undefined)
  const { id } = customer
  const policy = { days: 365, types: {} }
  const types = ['INSTITUTION', 'PERSON']
  const now = () => new Date().toISOString()
  const run = { policy, types, day: 86_400, wait: 0, now, dry: false, always: true, place: null, hasTime: () => true }
  return {
    get_retention: await measured(ports => readPolicy(ports.records, undefined)),
    put_retention: await measured(ports => putPolicy(ports.records, call(), policy)),
    run_with_nobody_due: await measured(ports => runPurge(ports, call(), run)),
    dry_run: await measured(ports => runPurge(ports, call(), { ...run, dry: true })),
    runs_page: await measured(ports => ports.purges.runs(null, 25)),
    hold: await measured(ports => holdCustomer(ports.records, call(), id, { reason: 'bench' })),
    release: await measured(ports => releaseCustomer(ports.records, call(), id)),
    erase: await measured(ports => eraseCustomer(ports, [], call(), id, KEY)),
    erase_again: await measured(ports => eraseCustomer(ports, [], call(), id, KEY)),
  }
}
