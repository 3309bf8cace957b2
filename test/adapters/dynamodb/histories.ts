import { randomUUID } from 'node:crypto'
import type { CurrentRecord } from '#domain/records/current.ts'
import type { RecordStore } from '#domain/records/port.ts'
import { type Change, type FieldValues, prepareWrite, type Write } from '#domain/records/prepare-write.ts'
import { toKey, type Version } from '#domain/records/version.ts'

const START = Date.parse('2020-01-01T00:00:00.000Z')

/** The instant so many seconds after the beginning of 2020. */
export const second = (n: number): string => new Date(START + n * 1000).toISOString()

interface Written {
  id: string
  row: CurrentRecord | null
  fields: FieldValues
  at: string
  change?: Partial<Change>
  request_id?: string
}

/** The write that a change of a customer makes, drafted by the domain as for a request. */
export async function toWrite(
  store: RecordStore,
  { id, row, fields, at, change = {}, request_id = randomUUID() }: Written,
): Promise<Write> {
  const whole = row === null
  const said: Change = {
    action: whole ? 'create' : 'update',
    replaceAll: whole,
    fields: whole ? { type: 'PERSON', state: 'active', ...fields } : fields,
    ...change,
  }
  const writer = { location: 'loc1', actor: 'agent', request_id, now: at, newId: randomUUID }
  const write = await prepareWrite(row, { kind: 'customer', id }, said, writer, store.versions('customer', id, true))
  if (write === null) throw new Error('that changes nothing')
  return write
}

/** Commits a customer with so many versions, a second apart. Gives the versions, oldest first, and the row that they make. */
export async function withHistory(
  store: RecordStore,
  id: string,
  count: number,
  fieldsOf: (n: number) => FieldValues = n => ({ surname: `Name ${n}` }),
): Promise<{ versions: Version[]; keys: string[]; row: CurrentRecord }> {
  let row: CurrentRecord | null = null
  const versions: Version[] = []
  for (let n = 0; n < count; n++) {
    const write = await toWrite(store, { id, row, fields: fieldsOf(n), at: second(n) })
    const outcome = await store.commit([write])
    if (!outcome.done) throw new Error('the history could not be written')
    versions.push(write.version)
    row = write.row
  }
  if (row === null) throw new Error('a history has at least one version')
  return { versions, keys: versions.map(toKey), row }
}

/** One customer as created, committed. */
export async function created(
  store: RecordStore,
  fields: FieldValues,
  at = second(0),
  id: string = randomUUID(),
): Promise<CurrentRecord> {
  const write = await toWrite(store, { id, row: null, fields, at })
  if (!(await store.commit([write])).done) throw new Error('the customer could not be written')
  return write.row
}
