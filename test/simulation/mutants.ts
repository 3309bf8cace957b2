import { PutCommand, TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb'
import { VERSION } from '#adapters/dynamodb/items.ts'
import type { State, Version } from '#domain/records/version.ts'
import type { Ports } from '#functions/runtime/ports.ts'
import { NAMES } from './location.ts'
import type { Mutant } from './mutant.ts'
import { covered } from './reference-model.ts'
import { isCurrentRow } from './row-check.ts'

type Put = NonNullable<NonNullable<TransactWriteCommandInput['TransactItems']>[number]['Put']>

/** Changes the puts of a transaction; null leaves a put out. */
function withPuts(command: object, change: (put: Put) => Put | null): object {
  if (!(command instanceof TransactWriteCommand)) return command
  const items = (command.input.TransactItems ?? []).flatMap(item => {
    if (!item.Put) return [item]
    const Put = change(item.Put)
    return Put ? [{ Put }] : []
  })
  return new TransactWriteCommand({ ...command.input, TransactItems: items })
}

/** Removes the condition of a put. */
const unconditional = ({ TableName, Item }: Put): Put => ({ TableName, Item })

const isOf = (table: string, { TableName }: { TableName?: string | undefined }): boolean => TableName === table

/** Ports whose record store has some methods replaced. */
function withRecords(ports: Ports, overrides: Partial<Ports['records']>): Ports {
  const records = new Proxy(ports.records, {
    get(target, name) {
      const member = Reflect.get(overrides, name) ?? Reflect.get(target, name)
      return typeof member === 'function' ? member.bind(target) : member
    },
  })
  return { ...ports, records }
}

/** Replaces the item of the previous version. */
const updatesInPlace: Mutant = {
  name: 'updates rows in place',
  command: (command, location) =>
    withPuts(command, put => {
      if (!isOf(NAMES.registry, put)) return put
      const versionItems = location.registry.items.filter(
        ({ pk, sk }) => pk === put.Item?.pk && String(sk).startsWith(VERSION),
      )
      const sk = versionItems.at(-1)?.sk ?? put.Item?.sk
      return unconditional({ ...put, Item: { ...put.Item, sk } })
    }),
}

/** Folds versions so that of those with the same effective date the last to arrive wins. */
function foldByArrival(arrived: readonly Version[]): State {
  const state = new Map<string, State[string]>()
  for (const { sets, snapshot } of arrived.toSorted((a, b) =>
    a.valid_from < b.valid_from ? -1 : a.valid_from > b.valid_from ? 1 : 0,
  ))
    for (const field of sets === '*' ? [...state.keys(), ...Object.keys(snapshot)] : sets) {
      const value = snapshot[field]
      if (value === undefined) state.delete(field)
      else state.set(field, value)
    }
  return Object.fromEntries(state)
}

const tiesByArrival: Mutant = {
  name: 'breaks ties by arrival',
  ports: (ports, { name }, { ledger }) =>
    withRecords(ports, {
      put: (row, expected) => {
        const arrived = covered(ledger.versionsAt(name, row.kind, row.id), row.clock)
        return ports.records.put({ ...row, snapshot: foldByArrival(arrived) }, expected)
      },
    }),
}

/** A version of another location without its writer's knowledge. */
const withoutCauses = ({ previousLocal: _, ...v }: Version): Version => ({
  ...v,
  clock: { [v.location]: v.recorded_at },
})

const foldsBeforeCauses: Mutant = {
  name: 'folds versions before their causes',
  record: (record, { name }) => {
    const [, , recorded_at = '', location = ''] = record.dynamodb?.Keys?.sk?.S?.split('#') ?? []
    if (!record.dynamodb?.NewImage?.snapshot || location === name) return record
    const { prev: _, ...image } = record.dynamodb.NewImage
    const clock = { M: { [location]: { S: recorded_at } } }
    return { ...record, dynamodb: { ...record.dynamodb, NewImage: { ...image, clock } } }
  },
  ports: (ports, { name }) =>
    withRecords(ports, {
      loadPartition: async (kind, id) => {
        const { versions, ...partition } = await ports.records.loadPartition(kind, id)
        return { ...partition, versions: versions.map(v => (v.location === name ? v : withoutCauses(v))) }
      },
    }),
}

const lostUpdate: Mutant = {
  name: 'overwrites a current row without a condition',
  command: command => withPuts(command, put => (isOf(NAMES.views, put) ? unconditional(put) : put)),
}

const overwriting: Mutant = {
  name: 'lets reconcile overwrite concurrent local writes',
  command: command =>
    command instanceof PutCommand && isCurrentRow({ pk: String(command.input.Item?.pk) })
      ? new PutCommand(unconditional(command.input))
      : command,
}

const halfTransactions: Mutant = {
  name: 'occasionally omits part of a transaction',
  command: (command, _, { random }) =>
    withPuts(command, put => (isOf(NAMES.views, put) && random.happens(0.05) ? null : put)),
}

const forgetsKeys: Mutant = {
  name: 'forgets idempotency keys',
  command: command =>
    withPuts(command, put => {
      const { keys: _, ...Item } = put.Item ?? {}
      return { ...put, Item }
    }),
}

const losesRecords: Mutant = {
  name: 'occasionally loses a stream record of the registry',
  step: ({ random, locations }) => {
    if (random.happens(0.01)) random.of(locations).streams.registry.loseRecord(random)
  },
}

const losesChangesOfViews: Mutant = {
  name: 'occasionally loses a stream record of the views',
  step: ({ random, locations }) => {
    if (random.happens(0.01)) random.of(locations).streams.views.loseRecord(random)
  },
}

const losesWhileCut: Mutant = {
  name: 'loses changes in flight while a location is cut off',
  step: ({ globe }) => {
    globe.pending = globe.pending.filter(({ from, to }) => !from.isCutOff && !to.isCutOff)
  },
}

/** Copies current rows to the other locations, as if views were a global table. */
const replicatesViews: Mutant = {
  name: 'resolves current rows by last writer wins',
  viewed: (location, { pk, sk, after }, { random, locations, replicatingViews }) => {
    if (replicatingViews.now || !isCurrentRow({ pk }) || !after || !random.happens(0.3)) return
    replicatingViews.now = true
    for (const otherLocation of locations) if (otherLocation !== location) otherLocation.views.write(pk, sk, after)
    replicatingViews.now = false
  },
}

const indexesOlderVersions: Mutant = {
  name: 'lets the index accept older versions',
  ports: (ports, { index }) => ({
    ...ports,
    index: {
      ...ports.index,
      put: async (entries, options) => {
        const indexed = await index.getMany(entries.map(({ id }) => id))
        const toIndexedVersion = (id: string) => indexed.find(entry => entry.id === id)?.version ?? 0
        return ports.index.put(
          entries.map(entry => ({ ...entry, version: Math.max(entry.version, toIndexedVersion(entry.id)) })),
          options,
        )
      },
    },
  }),
}

const neverReadsConsistently: Mutant = {
  name: 'makes every read eventually consistent',
  command: command => {
    const input: unknown = Reflect.get(command, 'input')
    if (typeof input !== 'object' || input === null || !('ConsistentRead' in input)) return command
    return Reflect.construct(command.constructor, [{ ...input, ConsistentRead: false }])
  },
}

/** The last phase of a purge does not see that a customer was taken back. */
const deletesTakenBack: Mutant = {
  name: 'deletes customers who were taken back',
  inPurges: true,
  ports: ports =>
    withRecords(ports, {
      loadPartition: async (kind, id) => {
        const { versions, tombstone } = await ports.records.loadPartition(kind, id)
        const isMarked = kind === 'customer' && tombstone.purgedBefore !== undefined
        return { versions: isMarked ? versions.filter(({ action }) => action !== 'restore') : versions, tombstone }
      },
    }),
}

/** The mutants that the simulation must detect. */
export const MUTANTS: readonly Mutant[] = [
  updatesInPlace,
  tiesByArrival,
  foldsBeforeCauses,
  lostUpdate,
  overwriting,
  halfTransactions,
  forgetsKeys,
  losesRecords,
  losesChangesOfViews,
  losesWhileCut,
  replicatesViews,
  indexesOlderVersions,
  neverReadsConsistently,
  deletesTakenBack,
]
