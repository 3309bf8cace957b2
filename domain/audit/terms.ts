import type { AuditFilter } from '#contract/schemas/audit.ts'
import type { VersionName } from '../records/change-log-entry.ts'
import { askedIn } from './entries.ts'
import type { Access, Disclosure, Entry } from './port.ts'

/** What an entry is found by, with a customer's id or a hash: `shown#…`, `about#…`, `changes#…` or `asked#…`. */
export type Term = string

const toShown = (customer: string): Term => `shown#${customer}`
const toAbout = (customer: string): Term => `about#${customer}`
const toChanges = (customer: string): Term => `changes#${customer}`
const toAsked = (hash: string): Term => `asked#${hash}`

/** The terms of a version's entry: the customer that it changed. */
export const lineTerms = ({ kind, id }: Pick<VersionName, 'kind' | 'id'>): Term[] =>
  kind === 'customer' ? [toChanges(id)] : []

/** The terms of the customers that a response showed. */
export const disclosureTerms = ({ shown = [] }: Disclosure): Term[] => shown.map(toShown)

/** The terms of an access: whom it was about, whom else it showed, and what it asked. */
export function accessTerms(access: Access): Term[] {
  const { customer, outcome, shown = [] } = access
  return [
    ...(customer === undefined ? [] : [toAbout(customer)]),
    ...(outcome === 'done' ? disclosureTerms({ shown: shown.filter(id => id !== customer) }) : []),
    ...askedIn({ key: '', access }).map(toAsked),
  ]
}

export const entryTerms = (entry: Entry): Term[] =>
  'line' in entry ? lineTerms(entry.line) : accessTerms(entry.access)

/** Every entry that a filter matches has one of these terms. Null if the filter names none. */
export function filterTerms({ shown, asked, customer }: AuditFilter): Term[] | null {
  if (shown !== undefined) return [toShown(shown), toAbout(shown)]
  if (asked !== undefined) return asked.map(toAsked)
  return customer === undefined ? null : [toChanges(customer), toAbout(customer)]
}
