/** Reads telephone numbers and e-mail addresses in the text of a search. */
import type { SearchCriteria } from '#contract/schemas/search.ts'
import { toE164, toEmailAddress } from '../fields/contact.ts'
import type { FieldSet } from '../fields/definitions.ts'
import { MIN_PHONE_DIGITS } from '../matching/phone.ts'

/** A part of a text that may be contact data, and the text without it. */
export interface Contact {
  details: SearchCriteria['details']
  rest: string
}

const EMAIL = /(?<!\S)[^\s@]+@[^\s@]+(?!\S)/u
/** Digits, with the signs that people write between them. */
const PHONE = /(?<!\S)(?:tel:)?\+?\(?\p{Nd}[\p{Nd}\s()./-]{5,}\p{Nd}(?!\S)/iu

function take(q: string, pattern: RegExp): { part: string; rest: string } | null {
  const found = pattern.exec(q)
  if (found === null) return null
  const rest = `${q.slice(0, found.index)} ${q.slice(found.index + found[0].length)}`
  return { part: found[0], rest: rest.replace(/\s+/gu, ' ').trim() }
}

/**
 * A number as a field may have it; null if it is none. Without a country code, the number within its country is left, which agrees with the
 * end of the stored number.
 */
function readPhone(text: string, country: string | null): string | null {
  const number = toE164(text, country)
  if (number !== null) return number
  const digits = text.normalize('NFKC').replace(/\D/g, '').replace(/^0+/, '')
  return digits.length >= MIN_PHONE_DIGITS ? digits : null
}

/** What a text says of contact data: one reading for each searchable field that may have it. */
export function readContacts(q: string, fields: FieldSet): Contact[] {
  const searchable = [...fields.values()].filter(field => field.searchable)
  return searchable.flatMap(({ name, type, country }): Contact[] => {
    if (type !== 'phone' && type !== 'email') return []
    const found = take(q, type === 'email' ? EMAIL : PHONE)
    if (found === null) return []
    const value = type === 'email' ? toEmailAddress(found.part) : readPhone(found.part, country)
    return value === null ? [] : [{ details: { [name]: value }, rest: found.rest }]
  })
}
