import type { AuditItem } from '#contract/schemas/audit.ts'
import type { Customer, DiffItem, HistoryItem } from '#contract/schemas/customer.ts'
import { DETAIL } from '../customers/customer-fields.ts'
import type { Time } from '../customers/read.ts'
import { MERGED_FROM } from '../customers/view.ts'
import type { Definitions } from '../fields/definitions.ts'
import { type Removals, wasRemoved } from '../fields/removal-timeline.ts'
import { earlier, later } from '../records/clock.ts'
import type { Value } from '../records/version.ts'
import { HOLD, redactHold } from '../retention/hold.ts'

/** Who reads. */
export type Reader = 'agent' | 'provider'

/** Whether an answer is about one customer, who was asked for, or about whoever was found. */
type About = 'one' | 'many'

/**
 * What a reader is told of customers' own fields. Every answer passes here, so that a field that is removed is hidden at once, whatever
 * rows and indexes hold.
 *
 * - As it is now: values of authorised fields.
 * - As it was: values of fields that were not removed then; to an agent of those alone that are authorised now too.
 * - Sensitive values: to the provider; to an agent in answers about one customer.
 * - Why a customer is held: to the provider.
 */
export class FieldVisibility {
  readonly #reader: Reader
  readonly #definitions: Definitions
  readonly #removals: Removals

  /** @param removals of fields that once were removed; where nothing is asked of another time none are needed. */
  constructor(reader: Reader, definitions: Definitions, removals: Removals = new Map()) {
    this.#reader = reader
    this.#definitions = definitions
    this.#removals = removals
  }

  /** @param at null: now. */
  #shows(name: string, about: About, at: string | null): boolean {
    const agent = this.#reader === 'agent'
    const field = this.#definitions.all.get(name)
    if ((agent || at === null) && field?.state !== 'authorised') return false
    if (agent && about === 'many' && field?.pii === 'sensitive') return false
    return at === null || !wasRemoved(this.#removals, name, at)
  }

  /** To an agent, of a record's field, by its full name, now. */
  #showsField(field: string, about: About): boolean {
    return field !== HOLD && (!field.startsWith(DETAIL) || this.#shows(field.slice(DETAIL.length), about, null))
  }

  #seen<T extends Customer>(customer: T, about: About, at: string | null): T {
    const details = Object.entries(customer.details).filter(([name]) => this.#shows(name, about, at))
    return { ...customer, details: Object.fromEntries(details) }
  }

  /** The customer who was asked for, as of a time. */
  one(customer: Customer, time: Time = {}): Customer {
    return this.#seen(customer, 'one', toHistoricalState(customer, time))
  }

  /** A customer among others, as of a time. */
  listed<T extends Customer>(customer: T, time: Time = {}): T {
    return this.#seen(customer, 'many', toHistoricalState(customer, time))
  }

  /** A version: what could be stated when it was written. */
  version(item: HistoryItem): HistoryItem {
    return this.#seen(item, 'one', item.recorded_at)
  }

  /** What an entry of the audit says of a change's fields: to the provider all of them; to an agent those that are authorised now. */
  change(item: AuditItem): AuditItem {
    const passes = this.#passes('many')
    const seen = (part: AuditItem['before']) =>
      part &&
      Object.fromEntries(
        Object.entries(part).flatMap(([field, value]) => (passes(field) ? [[field, plain(field, value, passes)]] : [])),
      )
    return { ...item, before: seen(item.before), after: seen(item.after) }
  }

  /** Differences: to the provider all of them; to an agent those in fields that are authorised now. */
  differences(items: readonly DiffItem[], about: About): DiffItem[] {
    const passes = this.#passes(about)
    return items.flatMap(item => {
      const { field } = item
      const before = plain(field, item.before, passes)
      const after = plain(field, item.after, passes)
      return passes(field) && before !== after ? [{ ...item, before, after }] : []
    })
  }

  /** Which of a record's fields are told, by their full names. */
  #passes(about: About): Passes {
    return field => this.#reader === 'provider' || this.#showsField(field, about)
  }
}

type Passes = (field: string) => boolean

/** A field's value as it is told: of what a merged customer gave those fields that pass; a hold in plain words. */
function plain(field: string, value: Value | null, passes: Passes): Value | null {
  if (field === HOLD) return redactHold(value)
  return field.startsWith(MERGED_FROM) ? without(value, passes) : value
}

/** Of what a merged customer gave, those fields that pass. */
function without(given: Value | null, passes: Passes): Value | null {
  if (typeof given !== 'string') return given
  const fields: unknown = JSON.parse(given)
  if (typeof fields !== 'object' || fields === null) return given
  return JSON.stringify(Object.fromEntries(Object.entries(fields).filter(([field]) => passes(field))))
}

/**
 * When it was that a reader of the past asks of: the moment, but not before what held then was recorded, since the past may be stated
 * later. null: now.
 */
function toHistoricalState({ recorded_at }: Customer, { as_of, known_at }: Time): string | null {
  const at = as_of !== undefined && known_at !== undefined ? earlier(as_of, known_at) : (as_of ?? known_at)
  return at === undefined ? null : later(at, recorded_at)
}
