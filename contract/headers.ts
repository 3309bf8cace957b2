import * as z from 'zod'

/** The request headers that operations may use. */
export const headerSchemas = {
  'If-Match': z.string(),
  'Idempotency-Key': z.string().regex(/^[!-~]{1,200}$/, 'is not 1 to 200 visible ASCII characters'),
} as const
export type HeaderName = keyof typeof headerSchemas
