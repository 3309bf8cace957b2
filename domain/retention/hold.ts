import * as z from 'zod'
import type { HoldAnswer, holdBody } from '#contract/schemas/retention.ts'
import { InvalidInput, NotFound } from '../errors.ts'
import type { RequestContext } from '../ports.ts'
import { tick } from '../records/clock.ts'
import type { CurrentRecord } from '../records/current.ts'
import { toEtag } from '../records/digest.ts'
import type { RecordStore } from '../records/port.ts'
import { prepareWrite } from '../records/prepare-write.ts'
import { updateRecord } from '../records/update-record.ts'
import type { State, Value } from '../records/version.ts'

/** The field in which a customer's record says that it is held. */
export const HOLD = 'hold'

/**
 * What that field says, as JSON: one field, so that two locations can be in conflict about a hold only as a whole. `idle_since` is when
 * the customer was last changed otherwise, for as long as the record is as `mark` says: keeping records in order is no activity of a
 * customer, so a hold that ends does not begin the time anew.
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

const said = (state: State): Hold | null => text.safeParse(state[HOLD]).data ?? null

/** The hold that a record says, whether it has come to its end or not. */
export function toHold(state: State): Hold | null {
  const found = said(state)
  return found?.held ? found : null
}

/** What that field says to whoever may know of it: why, and until when; null: not held. Nothing of what is kept beside it. */
export function redactHold(written: Value | null): string | null {
  const found = written === null ? null : toHold({ [HOLD]: written })
  return found && found.until === null ? found.reason : found && `${found.reason} (until ${found.until})`
}

export const isHeld = ({ held, until }: Pick<Hold, 'held' | 'until'>, now: string): boolean =>
  held && (until === null || until > now)

/** When a customer was last changed: that counts for how long it stays. A hold, or its end, counts only once something else came to it. */
export function toActivity(row: Pick<CurrentRecord, 'id' | 'clock' | 'snapshot' | 'updated_at'>): string {
  const found = said(row.snapshot)
  return found && found.mark === toEtag(row.id, row.clock) ? found.idle_since : row.updated_at
}

const toResponse = (id: string, found: Hold | null): HoldAnswer => ({
  id,
  held: found !== null,
  reason: found?.reason ?? null,
  until: found?.until ?? null,
})

/** Says in a record whether it is held. */
async function say(
  store: RecordStore,
  call: RequestContext,
  id: string,
  next: (before: Hold | null) => Pick<Hold, 'held' | 'reason' | 'until'> | null,
): Promise<HoldAnswer> {
  const { row } = await updateRecord(store, call, 'customer', id, async row => {
    if (row === null) throw new NotFound('Customer not found')
    const stated = next(toHold(row.snapshot))
    if (stated === null) return null
    const after = { ...row.clock, [call.location]: tick(call.now, row.clock) }
    const whole: Hold = { ...stated, idle_since: toActivity(row), mark: toEtag(id, after) }
    const action = stated.held ? 'hold' : 'release'
    const fields = { [HOLD]: JSON.stringify(whole) }
    return prepareWrite(row, row, { action, fields }, call, store.versions('customer', id, true))
  })
  return toResponse(id, row && toHold(row.snapshot))
}

/**
 * Keeps a customer from being purged or erased, until a moment or until the hold is ended. Said again: nothing.
 *
 * @throws InvalidInput, NotFound, Gone, StateConflict when its retention has ended already, Unavailable
 */
export function holdCustomer(
  store: RecordStore,
  call: RequestContext,
  id: string,
  { reason, until = null }: z.infer<typeof holdBody>,
): Promise<HoldAnswer> {
  if (until !== null && until <= call.now) throw new InvalidInput([{ pointer: '#/until', detail: 'is in the past' }])
  return say(store, call, id, before =>
    before?.reason === reason && before.until === until ? null : { held: true, reason, until },
  )
}

/** Ends a hold. @throws NotFound where there is none, Gone, StateConflict, Unavailable */
export function releaseCustomer(store: RecordStore, call: RequestContext, id: string): Promise<HoldAnswer> {
  return say(store, call, id, before => {
    if (before === null) throw new NotFound('This customer has no hold')
    return { held: false, reason: null, until: null }
  })
}
