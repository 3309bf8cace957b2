import * as z from 'zod'

const CURRENCIES = new Set(Intl.supportedValuesOf('currency'))

export const currency = z
  .string()
  .refine(code => CURRENCIES.has(code), 'is no currency of ISO 4217, such as EUR')
  .meta({ pattern: '^[A-Z]{3}$', examples: ['EUR'] })
