import * as z from 'zod'
import type { ShownHold } from '#contract/schemas/hold.ts'
import type { HoldAnswer, holdBody } from '#contract/schemas/retention.ts'
import { InvalidInput, NotFound } from '../errors.ts'
import type { RequestContext } from '../ports.ts'
import { tick } from '../records/clock.ts'
import { type CurrentRecord, withoutExpiry } from '../records/current.ts'
import { toEtag } from '../records/digest.ts'
import type { RecordStore } from '../records/port.ts'
import { prepareWrite } from '../records/prepare-write.ts'
import { updateRecord } from '../records/update-record.ts'
import type { State, Value } from '../records/version.ts'

/** The field of a customer's record that stores its hold. */
export const HOLD = 'hold'

/**
 * The value of that field, as JSON. It is one field, so that a conflict between locations is about the hold as a whole. `idle_since` is the
 * time of the last other change while the record matches `mark`: administrative changes are no activity of a customer, so that the end of a
 * hold does not restart the retention period.
 */
const hold = z.object({
  held: z.boolean(),
  reason: z.string().nullable(),
  until: z.string().nullable(),
  idle_since: z.string(),
  mark: z.string(),
})
type Hold = z.infer<typeof hold>

const text = z
  .string()
  .transform(written => JSON.parse(written))
  .pipe(hold)

const parseHold = (state: State): Hold | null => text.safeParse(state[HOLD]).data ?? null

/** The hold in a record, whether it has ended or not. */
export function toHold(state: State): Hold | null {
  const stored = parseHold(state)
  return stored?.held ? stored : null
}

/** The hold as text for readers who may know it: the reason, and until when; null if not held. */
export function redactHold(written: Value | null): string | null {
  const stored = written === null ? null : toHold({ [HOLD]: written })
  return stored && stored.until === null ? stored.reason : stored && `${stored.reason} (until ${stored.until})`
}

export const isHeld = ({ held, until }: Pick<Hold, 'held' | 'until'>, now: string): boolean =>
  held && (until === null || until > now)

/** The hold of a state as it is shown; null if it had none at that time. */
export function toShownHold(state: State, at: string): ShownHold | null {
  const stored = toHold(state)
  return stored && isHeld(stored, at) ? { reason: stored.reason ?? '', until: stored.until } : null
}

/**
 * The time of a customer's last activity, from which the retention period runs. A hold or its end counts only if something else changed
 * afterwards.
 */
export function toActivity(row: Pick<CurrentRecord, 'id' | 'clock' | 'snapshot' | 'updated_at'>): string {
  const stored = parseHold(row.snapshot)
  return stored && stored.mark === toEtag(row.id, row.clock) ? stored.idle_since : row.updated_at
}

/**
 * The fields of an administrative change of a customer, which is no activity: the retention period goes on from `since`.
 *
 * @param stated the hold after the change.
 */
export function administrativeFields(
  context: Pick<RequestContext, 'location' | 'now'>,
  row: CurrentRecord,
  stated: Pick<Hold, 'held' | 'reason' | 'until'>,
  since: string,
): { [HOLD]: string } {
  const after = { ...row.clock, [context.location]: tick(context.now, row.clock) }
  const value: Hold = { ...stated, idle_since: since, mark: toEtag(row.id, after) }
  return { [HOLD]: JSON.stringify(value) }
}

/** The time of the last activity of a customer who may have expired: an expiry is no activity. */
export async function toActivityBeforeExpiry(store: RecordStore, row: CurrentRecord): Promise<string> {
  if (row.stateBeforeExpiry === null) return toActivity(row)
  const { versions, tombstone } = await store.loadPartition('customer', row.id)
  return toActivity(withoutExpiry(versions, tombstone) ?? row)
}

const toResponse = (id: string, stored: Hold | null): HoldAnswer => ({
  id,
  held: stored !== null,
  reason: stored?.reason ?? null,
  until: stored?.until ?? null,
})

/** Sets or clears the hold in a record. */
async function writeHold(
  store: RecordStore,
  context: RequestContext,
  id: string,
  next: (before: Hold | null) => Pick<Hold, 'held' | 'reason' | 'until'> | null,
): Promise<HoldAnswer> {
  const { row } = await updateRecord(store, context, 'customer', id, async row => {
    if (row === null) throw new NotFound('Customer not found')
    const stated = next(toHold(row.snapshot))
    if (stated === null) return null
    const action = stated.held ? 'hold' : 'release'
    const fields = administrativeFields(context, row, stated, await toActivityBeforeExpiry(store, row))
    return prepareWrite(row, row, { action, fields }, context, store.versions('customer', id, true))
  })
  return toResponse(id, row && toHold(row.snapshot))
}

/**
 * Exempts a customer from purges and erasure, until a date or until the hold is released. An expired customer is taken back. Repeating it
 * changes nothing.
 *
 * @throws InvalidInput, NotFound, Gone, Unavailable
 */
export function holdCustomer(
  store: RecordStore,
  context: RequestContext,
  id: string,
  { reason, until = null }: z.infer<typeof holdBody>,
): Promise<HoldAnswer> {
  if (until !== null && until <= context.now) throw new InvalidInput([{ pointer: '#/until', detail: 'is in the past' }])
  return writeHold(store, context, id, before =>
    before?.reason === reason && before.until === until ? null : { held: true, reason, until },
  )
}

/** Ends a hold. @throws NotFound if there is none, Gone, StateConflict, Unavailable */
export function releaseCustomer(store: RecordStore, context: RequestContext, id: string): Promise<HoldAnswer> {
  return writeHold(store, context, id, before => {
    if (before === null) throw new NotFound('This customer has no hold')
    return { held: false, reason: null, until: null }
  })
}
