/** Telephone numbers and e-mail addresses in the one form in which they are stored and compared. */
import type { CountryCode } from 'libphonenumber-js/min'
import * as z from 'zod'
import type { Field } from '#contract/schemas/field.ts'

type PhoneNumbers = typeof import('libphonenumber-js/min')

/** The numbering plans of all countries. They are large, and few registries have fields of the type phone. */
let numbers: PhoneNumbers | null = null

/** Loads what fields of the type phone need, if there are any. */
export async function loadPhoneNumbers(fields: Iterable<Pick<Field, 'type'>>): Promise<void> {
  for (const { type } of fields) if (type === 'phone') numbers ??= await import('libphonenumber-js/min')
}

const isCountry = (code: string, { isSupportedCountry }: PhoneNumbers): code is CountryCode => isSupportedCountry(code)

/**
 * A telephone number in E.164, such as +3225550123; null if it is none. A number without a country code is one of `country`. Extensions are
 * left out.
 *
 * @throws Error before `loadPhoneNumbers`.
 */
export function toE164(text: string, country: string | null): string | null {
  if (numbers === null) throw new Error('The numbering plans are not loaded: loadPhoneNumbers must run first')
  const international = text
    .normalize('NFKC')
    .trim()
    .replace(/^tel:\s*/i, '')
    .replace(/^\(\s*((?:\+|00)\s*\d+)\s*\)/, '$1 ')
    // The usual prefix of international calls, though not the one of every country.
    .replace(/^00(?=[1-9])/, '+')
  const known = country !== null && isCountry(country, numbers) ? country : undefined
  const number = numbers.parsePhoneNumberFromString(international, {
    ...(known ? { defaultCountry: known } : {}),
    extract: false,
  })
  return number?.isValid() ? number.number : null
}

const emailAddress = z.email({ pattern: z.regexes.unicodeEmail })

/** An e-mail address in lower case; null if the text is none. Providers do not distinguish case, though the standard allows it. */
export function toEmailAddress(text: string): string | null {
  const address = text
    .normalize('NFKC')
    .trim()
    .replace(/^mailto:/i, '')
    .toLowerCase()
  return emailAddress.safeParse(address).success ? address : null
}
