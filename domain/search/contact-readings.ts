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
 * A number as a field may have it; none if it is none. Without a country code, it may be one of any country: the number within its country
 * agrees with the end of the stored one. In the field's country, it may begin with digits that are no part of it.
 */
function readPhone(text: string, country: string | null): string[] {
  const international = toE164(text, null)
  if (international !== null) return [international]
  const digits = text.normalize('NFKC').replace(/\D/g, '').replace(/^0+/, '')
  const national = digits.length >= MIN_PHONE_DIGITS ? [digits] : []
  const number = toE164(text, country)
  return number === null || (national.length > 0 && number.endsWith(digits)) ? national : [number, ...national]
}

function readEmail(text: string): string[] {
  const address = toEmailAddress(text)
  return address === null ? [] : [address]
}

/** What a text says of contact data: the readings for each searchable field that may have it. */
export function readContacts(q: string, fields: FieldSet): Contact[] {
  const searchable = [...fields.values()].filter(field => field.searchable)
  return searchable.flatMap(({ name, type, country }): Contact[] => {
    if (type !== 'phone' && type !== 'email') return []
    const found = take(q, type === 'email' ? EMAIL : PHONE)
    if (found === null) return []
    const values = type === 'email' ? readEmail(found.part) : readPhone(found.part, country)
    return values.map(value => ({ details: { [name]: value }, rest: found.rest }))
  })
}
