import type { paths } from '../../../client/paths.ts'
import { AUDIT_ACTIONS } from '../../../contract/audit-actions.ts'
import { startOf } from '../local-time.ts'
import type { AuditSearch } from './search-params.ts'

/** The part of the filter that names people: it is never in the address. */
export interface PersonalFilter {
  actor: string
  asked: string
}

export const NO_PERSON: PersonalFilter = { actor: '', asked: '' }

export type AuditQuery = NonNullable<paths['/v1/audit']['get']['parameters']['query']>

/** The parameters of the API; those without a value are left out. */
export function toAuditQuery(search: AuditSearch, { actor, asked }: PersonalFilter): AuditQuery {
  const { action, from, to, customer, shown, location, outcome } = search
  const query = {
    action: AUDIT_ACTIONS.find(it => it === action),
    from: from && startOf(from),
    // The API's end is exclusive, and the reader's includes the day.
    to: to && startOf(to, 1),
    ...{ customer, shown, location, outcome, actor: actor.trim(), asked: asked.trim() },
  }
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined && value !== ''))
}

/** A day in the reader's zone, as in the address. */
export function dayBefore(days: number): string {
  const now = new Date()
  const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() - days)
  return [day.getFullYear(), day.getMonth() + 1, day.getDate()].map(it => String(it).padStart(2, '0')).join('-')
}
