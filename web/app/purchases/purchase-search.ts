/** What the address of the purchases has: days in the reader's zone, and whose purchases, if that is a customer's id. */
export interface PurchaseSearch {
  user?: string
  from?: string
  to?: string
}

const DAY = /^\d{4}-\d{2}-\d{2}$/
const CUSTOMER_ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i

/** Whether an id is like a customer's, which says nothing about the person. Other ids may be names. */
export const isCustomerId = (user: string): boolean => CUSTOMER_ID.test(user)

/** Reads an address, and leaves out what does not belong there. */
export const toPurchaseSearch = ({ user, from, to }: Record<string, unknown>): PurchaseSearch => ({
  ...(typeof user === 'string' && isCustomerId(user) ? { user } : {}),
  ...(typeof from === 'string' && DAY.test(from) ? { from } : {}),
  ...(typeof to === 'string' && DAY.test(to) ? { to } : {}),
})
