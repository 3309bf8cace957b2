import { type Policy, policyAnswer } from '#contract/schemas/retention.ts'
import type { RequestContext } from '../ports.ts'
import type { CurrentRecord } from '../records/current.ts'
import type { RecordStore } from '../records/port.ts'
import { type Change, type FieldValues, prepareWrite } from '../records/prepare-write.ts'
import { foldFromStore, updateRecord } from '../records/update-record.ts'
import type { State } from '../records/version.ts'
import { isHeld, toActivity, toHold } from './hold.ts'

/** There is one policy, a versioned record. */
const POLICY = { kind: 'policy', id: 'retention' } as const
const DAYS = 'days'
/** The days of each type are a separate field, so that concurrent changes of different types do not conflict. */
const TYPE = 'type.'
/** The days of a type whose customers stay for ever. A null would clear the field: then the days for all apply. */
const NEVER = 'never'

function policyIn(state: State): Policy {
  const types = Object.entries(state).filter(([field]) => field.startsWith(TYPE))
  return policyAnswer.parse({
    days: state[DAYS] ?? null,
    types: Object.fromEntries(types.map(([field, days]) => [field.slice(TYPE.length), days === NEVER ? null : days])),
  })
}

const toPolicyStatement = ({ days, types }: Policy): FieldValues => ({
  [DAYS]: days,
  ...Object.fromEntries(Object.entries(types).map(([type, days]) => [TYPE + type, days ?? NEVER])),
})

/** The provider's policy; until it is set, the one that the registry was configured with. */
export async function readPolicy(store: RecordStore, ownDays: number | undefined): Promise<Policy> {
  const { kind, id } = POLICY
  const row = (await store.current(kind, id, true)) ?? (await foldFromStore(store, kind, id)).row
  return row ? policyIn(row.snapshot) : { days: ownDays ?? null, types: {} }
}

/** Replaces the whole policy; types that are not stated are cleared. Repeating it changes nothing. @throws Unavailable */
export async function putPolicy(store: RecordStore, context: RequestContext, policy: Policy): Promise<Policy> {
  const { kind, id } = POLICY
  await updateRecord(store, context, kind, id, (row, purged) => {
    const change: Change = {
      action: row ? 'update' : 'create',
      fields: toPolicyStatement(policy),
      replaceAll: row === null,
      clears: (state: State) => Object.keys(state),
    }
    return prepareWrite(row, { ...POLICY, purged }, change, context, store.versions(kind, id, true))
  })
  return policy
}

/**
 * The instant since which a customer of a type must have had activity to stay; null if the type has no limit. `day` is the length of a day,
 * in seconds.
 */
export function cutoff(policy: Policy, type: string, now: string, day: number): string | null {
  const ownDays = Object.entries(policy.types).find(([name]) => name === type)?.[1]
  const days = ownDays === undefined ? policy.days : ownDays
  return days === null ? null : new Date(Math.max(0, Date.parse(now) - days * day * 1000)).toISOString()
}

/** The policy of a run. */
export interface Rule {
  policy: Policy
  /** In seconds. */
  day: number
}

/** Whether a customer's retention period has ended, and if so, whether the customer is held. */
export function retentionStatus(row: CurrentRecord, { policy, day }: Rule, now: string): 'stays' | 'held' | 'due' {
  const { snapshot } = row
  const before = cutoff(policy, String(snapshot.type), now, day)
  if (before === null || toActivity(row) >= before) return 'stays'
  const hold = toHold(snapshot)
  return hold && isHeld(hold, now) ? 'held' : 'due'
}
