import type { AuditItem } from '#contract/schemas/audit.ts'
import type { Customer, DiffItem, HistoryItem } from '#contract/schemas/customer.ts'
import type { LikelyDuplicate } from '#contract/schemas/duplicates.ts'
import type { ShownHold } from '#contract/schemas/hold.ts'
import { DETAIL } from '../customers/customer-fields.ts'
import type { Time } from '../customers/read.ts'
import { MERGED_FROM } from '../customers/view.ts'
import type { Definitions } from '../fields/definitions.ts'
import { type Removals, wasRemoved } from '../fields/removal-timeline.ts'
import { earlier, later } from '../records/clock.ts'
import type { State, Value } from '../records/version.ts'
import { HOLD, redactHold, toShownHold } from '../retention/hold.ts'

/** The reader's role. */
export type Reader = 'agent' | 'provider'

/** Whether a response is about one requested customer, or about several that were found. */
type About = 'one' | 'many'

/**
 * What a reader may see of custom fields. Every response passes here, so that a removed field is hidden at once, whatever rows and indexes
 * contain.
 *
 * - Current state: values of authorised fields.
 * - Past states: values of fields that were not removed at that time; for agents, only of those that are authorised now.
 * - Sensitive values: for the provider; for agents only in responses about one customer.
 * - A hold and its reason: for the provider.
 */
export class FieldVisibility {
  readonly #reader: Reader
  readonly #definitions: Definitions
  readonly #removals: Removals

  /** @param removals when fields were removed; not needed for the current state. */
  constructor(reader: Reader, definitions: Definitions, removals: Removals = new Map()) {
    this.#reader = reader
    this.#definitions = definitions
    this.#removals = removals
  }

  /** @param at null for now. */
  #shows(name: string, about: About, at: string | null): boolean {
    const agent = this.#reader === 'agent'
    const field = this.#definitions.all.get(name)
    if ((agent || at === null) && field?.state !== 'authorised') return false
    if (agent && about === 'many' && field?.pii === 'sensitive') return false
    return at === null || !wasRemoved(this.#removals, name, at)
  }

  /** Whether an agent may see a field now, by its full name. */
  #showsField(field: string, about: About): boolean {
    return field !== HOLD && (!field.startsWith(DETAIL) || this.#shows(field.slice(DETAIL.length), about, null))
  }

  #seen<T extends Customer>(customer: T, about: About, at: string | null): T {
    const details = Object.entries(customer.details).filter(([name]) => this.#shows(name, about, at))
    return { ...customer, details: Object.fromEntries(details) }
  }

  /** The requested customer, as of a time. */
  one(customer: Customer, time: Time = {}): Customer {
    return this.#seen(customer, 'one', toHistoricalState(customer, time))
  }

  /** The hold in a customer's state at a time, for the provider only. */
  hold(state: State, at: string): { hold?: ShownHold | null } {
    return this.#reader === 'provider' ? { hold: toShownHold(state, at) } : {}
  }

  /** One of several customers, as of a time. */
  listed<T extends Customer>(customer: T, time: Time = {}): T {
    return this.#seen(customer, 'many', toHistoricalState(customer, time))
  }

  /** The likely duplicates of a customer; null if they are not known. */
  duplicates(duplicates: readonly LikelyDuplicate[] | null): LikelyDuplicate[] | null {
    return duplicates?.map(item => ({ ...item, customer: item.customer && this.listed(item.customer) })) ?? null
  }

  /** A version, with the fields that existed when it was written. */
  version(item: HistoryItem): HistoryItem {
    return this.#seen(item, 'one', item.recorded_at)
  }

  /** The fields of a change in an audit entry: all for the provider; the currently authorised ones for an agent. */
  change(item: AuditItem): AuditItem {
    const passes = this.#passes('many')
    const visible = (part: AuditItem['before']) =>
      part &&
      Object.fromEntries(
        Object.entries(part).flatMap(([field, value]) => (passes(field) ? [[field, plain(field, value, passes)]] : [])),
      )
    return { ...item, before: visible(item.before), after: visible(item.after) }
  }

  /** Differences: all for the provider; those in currently authorised fields for an agent. */
  differences(items: readonly DiffItem[], about: About): DiffItem[] {
    const passes = this.#passes(about)
    return items.flatMap(item => {
      const { field } = item
      const before = plain(field, item.before, passes)
      const after = plain(field, item.after, passes)
      return passes(field) && before !== after ? [{ ...item, before, after }] : []
    })
  }

  /** Which fields of a record are visible, by their full names. */
  #passes(about: About): Passes {
    return field => this.#reader === 'provider' || this.#showsField(field, about)
  }
}

type Passes = (field: string) => boolean

/** A field's value as it is shown: the visible fields of a merged customer; a hold as text. */
function plain(field: string, value: Value | null, passes: Passes): Value | null {
  if (field === HOLD) return redactHold(value)
  return field.startsWith(MERGED_FROM) ? without(value, passes) : value
}

/** The visible fields of what a merged customer contributed. */
function without(contribution: Value | null, passes: Passes): Value | null {
  if (typeof contribution !== 'string') return contribution
  const fields: unknown = JSON.parse(contribution)
  if (typeof fields !== 'object' || fields === null) return contribution
  return JSON.stringify(Object.fromEntries(Object.entries(fields).filter(([field]) => passes(field))))
}

/**
 * The time that the visibility of a past state depends on: the requested moment, but not before what held then was recorded, because the
 * past may be stated later. Null for now.
 */
function toHistoricalState({ recorded_at }: Customer, { as_of, known_at }: Time): string | null {
  const at = as_of !== undefined && known_at !== undefined ? earlier(as_of, known_at) : (as_of ?? known_at)
  return at === undefined ? null : later(at, recorded_at)
}
