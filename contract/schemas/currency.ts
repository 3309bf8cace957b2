import * as z from 'zod'

const CURRENCIES = new Set(Intl.supportedValuesOf('currency'))

export const currency = z
  .string()
  .refine(code => CURRENCIES.has(code), 'is not an ISO 4217 currency code such as EUR')
  .meta({ pattern: '^[A-Z]{3}$', examples: ['EUR'] })
