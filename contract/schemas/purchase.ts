import * as z from 'zod'
import { currency } from './currency.ts'
import { customerId, pageQuery } from './customer.ts'
import { linePattern, singleLineText } from './text.ts'
import { timestamp, timestampInput, timestampText } from './time.ts'

/** A number as it was written, with digits that JavaScript would round. */
export class RawNumber {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** The maximum digits of a price before and after the point: sums stay readable, and no currency has more decimals. */
const MAX_WHOLE = 12
const MAX_DECIMALS = 6
const MIN_PRICE = 10 ** -MAX_DECIMALS

const DECIMAL = /^(0|[1-9]\d*)(?:\.(\d+))?$/

/** The error of a price; null if it is valid. */
function priceFault(text: string): string | null {
  if (/^-[\d.]/.test(text)) return 'is negative: what is paid back is no purchase'
  const [, whole, decimals = ''] = DECIMAL.exec(text) ?? []
  if (whole === undefined) return 'is not a decimal such as 19.99'
  if (whole.length > MAX_WHOLE || decimals.length > MAX_DECIMALS)
    return `has more than ${MAX_WHOLE} digits before the point, or ${MAX_DECIMALS} after it`
  return null
}

/** An exact decimal, as text or as a JSON number with all its digits. */
const price = z
  .custom<string | RawNumber>(
    value => typeof value === 'string' || value instanceof RawNumber,
    'must be a decimal such as 19.99, as text or as a number',
  )
  .transform(value => (typeof value === 'string' ? value : value.text))
  .superRefine((text, context) => {
    const fault = priceFault(text)
    if (fault !== null) context.addIssue({ code: 'custom', message: fault })
  })
  .meta({
    anyOf: [
      { type: 'string', pattern: `^(0|[1-9][0-9]{0,${MAX_WHOLE - 1}})(\\.[0-9]{1,${MAX_DECIMALS}})?$` },
      {
        type: 'number',
        minimum: 0,
        exclusiveMaximum: 10 ** MAX_WHOLE,
        multipleOf: MIN_PRICE,
        // As a floating-point number, something much smaller may pass for a multiple.
        anyOf: [{ const: 0 }, { minimum: MIN_PRICE }],
      },
    ],
    description: `The price, as an exact decimal of at most ${MAX_WHOLE} digits before the point and ${MAX_DECIMALS} after it, without sign and exponent.`,
    examples: ['19.99', 19.99],
  })

const MAX_USERNAME = 200
const MAX_USERID = 100

/** A user as part of a path, so without separators. A customer's id is normalised to lower case. */
const pathUser = (maxLength: number) =>
  singleLineText(maxLength)
    .refine(text => !/[/\\]|^\.{1,2}$/.test(text), 'holds a slash, or is dots alone')
    .transform(text => customerId.safeParse(text).data ?? text)
    .meta({
      type: 'string',
      minLength: 1,
      maxLength,
      pattern: `(?!^\\s*\\.{1,2}\\s*$)${linePattern('/\\\\')}`,
      examples: ['u-4711'],
    })

/** The user of a purchase. */
const userid = pathUser(MAX_USERID)

/** Other members of the body are ignored. */
export const buyBody = z
  .object({
    username: singleLineText(MAX_USERNAME).meta({ examples: ['Ada Lovelace'] }),
    userid,
    price,
    currency: currency.optional(),
    // As sent: timestamps that differ by less than a millisecond stay distinct.
    timestamp: timestampText.optional().meta({
      examples: ['2026-05-31T14:00:00Z'],
    }),
  })
  .meta({
    id: 'Buy',
    examples: [{ username: 'Ada Lovelace', userid: 'u-4711', price: '19.99', timestamp: '2026-05-31T14:00:00Z' }],
  })
export type PurchaseRequest = z.output<typeof buyBody>

export const purchase = z
  .object({
    id: z.uuid(),
    username: z.string(),
    userid: z.string(),
    price: z.string().meta({ examples: ['19.99'] }),
    currency: z.string(),
    timestamp: timestamp,
  })
  .meta({
    id: 'Purchase',
    examples: [
      {
        id: 'b57e9c1d-2a7e-5b63-9c0f-3d1e2f4a5b6c',
        username: 'Ada Lovelace',
        userid: 'u-4711',
        price: '19.99',
        currency: 'EUR',
        timestamp: '2026-05-31T14:00:00.000Z',
      },
    ],
  })
export type Purchase = z.infer<typeof purchase>

/** The total of a user's purchases in one currency. */
export const total = z
  .object({
    currency: z.string(),
    count: z.number().int().min(1),
    sum: z.string().meta({ examples: ['1999.00'] }),
  })
  .meta({ id: 'Total' })
export type Total = z.infer<typeof total>

const { limit, cursor } = pageQuery.shape
const items = z.array(purchase)
const next = z.string().nullable()

export const userParams = z.strictObject({ user: pathUser(MAX_USERNAME) })
export const buysQuery = z.strictObject({
  limit: limit.removeDefault().default(100).meta({ type: 'integer', minimum: 1, maximum: 100, default: 100 }),
  cursor,
})
export const buyList = z.object({ items, next })

export const purchasesQuery = z.strictObject({
  user: userid,
  from: timestampInput.optional(),
  to: timestampInput.optional(),
  limit,
  cursor,
})

export const purchaseList = z.object({
  items,
  totals: z.array(total),
  overall_totals: z.array(total),
  next,
})
