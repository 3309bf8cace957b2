import { randomUUID } from 'node:crypto'
import type { CurrentRecord } from '#domain/records/current.ts'
import type { RecordStore } from '#domain/records/port.ts'
import { type Change, type FieldValues, prepareWrite, type Write } from '#domain/records/prepare-write.ts'
import { toKey, type Version } from '#domain/records/version.ts'

const START = Date.parse('2020-01-01T00:00:00.000Z')

/** The timestamp this many seconds after the beginning of 2020. */
export const timestampAt = (n: number): string => new Date(START + n * 1000).toISOString()

interface WriteOptions {
  id: string
  row: CurrentRecord | null
  fields: FieldValues
  at: string
  change?: Partial<Change>
  request_id?: string
}

/** Prepares the write of a customer, as a request does. */
export async function toWrite(
  store: RecordStore,
  { id, row, fields, at, change = {}, request_id = randomUUID() }: WriteOptions,
): Promise<Write> {
  const isNew = row === null
  const fullChange: Change = {
    action: isNew ? 'create' : 'update',
    replaceAll: isNew,
    fields: isNew ? { type: 'PERSON', state: 'active', ...fields } : fields,
    ...change,
  }
  const writer = { location: 'loc1', actor: 'agent', request_id, now: at, newId: randomUUID }
  const write = await prepareWrite(
    row,
    { kind: 'customer', id },
    fullChange,
    writer,
    store.versions('customer', id, true),
  )
  if (write === null) throw new Error('the change makes no version')
  return write
}

/** Commits a customer with this many versions, one second apart. Returns the versions, oldest first, and the resulting row. */
export async function writeHistory(
  store: RecordStore,
  id: string,
  count: number,
  toFields: (n: number) => FieldValues = n => ({ surname: `Name ${n}` }),
): Promise<{ versions: Version[]; keys: string[]; row: CurrentRecord }> {
  let row: CurrentRecord | null = null
  const versions: Version[] = []
  for (let n = 0; n < count; n++) {
    const write = await toWrite(store, { id, row, fields: toFields(n), at: timestampAt(n) })
    const outcome = await store.commit([write])
    if (!outcome.done) throw new Error('the history was not committed')
    versions.push(write.version)
    row = write.row
  }
  if (row === null) throw new Error('a history has at least one version')
  return { versions, keys: versions.map(toKey), row }
}

/** Creates and commits a customer. */
export async function createCommitted(
  store: RecordStore,
  fields: FieldValues,
  at = timestampAt(0),
  id: string = randomUUID(),
): Promise<CurrentRecord> {
  const write = await toWrite(store, { id, row: null, fields, at })
  if (!(await store.commit([write])).done) throw new Error('the customer was not committed')
  return write.row
}
