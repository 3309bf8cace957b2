import { answer, json, nothing, type Route } from '../route.ts'
import { buyBody, buyList, buysQuery, purchase, purchaseList, purchasesQuery, userParams } from '../schemas/purchase.ts'

const purchases = { ...nothing, function: 'purchases', tag: 'purchases', role: 'agent' } as const

export const purchasesRoutes = {
  buy: {
    ...purchases,
    method: 'POST',
    path: '/buy',
    summary: 'Store a purchase; the same again is stored once',
    headers: ['Idempotency-Key'],
    types: [json],
    body: buyBody,
    exactNumbers: true,
    answers: { 201: answer(purchase, 'It is stored: by this request, or by one before that said the same') },
  },
  listUserBuys: {
    ...purchases,
    method: 'GET',
    path: '/getAllUserBuys/{user}',
    summary: 'All that a user (userid) bought: everything that was acknowledged here, in the order of ids',
    params: userParams,
    query: buysQuery,
    answers: { 200: answer(buyList, 'A page; of nobody an empty one') },
  },
  listPurchases: {
    ...purchases,
    method: 'GET',
    path: '/v1/purchases',
    summary: 'What a user bought in an interval, newest first, and what it comes to; a moment after it was stored',
    query: purchasesQuery,
    answers: { 200: answer(purchaseList, "A page, with the user's totals") },
  },
} as const satisfies Record<string, Route>
