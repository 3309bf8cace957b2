import * as z from 'zod'

const CURRENCIES = Intl.supportedValuesOf('currency')

export const currency = z
  .string()
  .refine(code => CURRENCIES.includes(code), 'is not an ISO 4217 currency code such as EUR')
  .meta({ enum: CURRENCIES, examples: ['EUR'] })
