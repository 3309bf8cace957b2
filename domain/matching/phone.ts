/** Telephone numbers in E.164, and the end of a number, which agrees however it is written. */

/** Without country code and trunk prefix, this many digits at least are left of a number. */
export const MIN_PHONE_DIGITS = 7
const E164 = /^\+\d{8,15}$/
const DIGITS = new RegExp(`^\\+?\\d{${MIN_PHONE_DIGITS},15}$`)

export const isE164 = (text: string): boolean => E164.test(text)

/** The last digits of a telephone number, by which it is found; none of other text. */
export const toPhoneEnd = (text: string): string[] => (DIGITS.test(text) ? [text.slice(-MIN_PHONE_DIGITS)] : [])

/** Whether two values are one telephone number. The query's may lack the country code. */
export const isSamePhone = (query: string, customer: string): boolean =>
  isE164(customer) && (query === customer || (!query.startsWith('+') && DIGITS.test(query) && customer.endsWith(query)))
