import { json, jsonResponse, type Route, routeDefaults } from '../route.ts'
import { buyBody, buyList, buysQuery, purchase, purchaseList, purchasesQuery, userParams } from '../schemas/purchase.ts'

const purchases = { ...routeDefaults, function: 'purchases', tag: 'purchases', role: 'agent' } as const

export const purchasesRoutes = {
  buy: {
    ...purchases,
    method: 'POST',
    path: '/buy',
    summary: 'Store a purchase; the same again is stored once',
    headers: ['Idempotency-Key'],
    consumes: [json],
    body: buyBody,
    exactNumbers: true,
    responses: { 201: jsonResponse(purchase, 'It is stored: by this request, or by one before that said the same') },
  },
  listUserBuys: {
    ...purchases,
    method: 'GET',
    path: '/getAllUserBuys/{user}',
    summary: 'All that a user (userid) bought: everything that was acknowledged here, in the order of ids',
    params: userParams,
    query: buysQuery,
    responses: { 200: jsonResponse(buyList, 'A page; of nobody an empty one') },
  },
  listPurchases: {
    ...purchases,
    method: 'GET',
    path: '/v1/purchases',
    summary: 'What a user bought in an interval, newest first, and what it comes to; a moment after it was stored',
    query: purchasesQuery,
    responses: { 200: jsonResponse(purchaseList, "A page, with the user's totals") },
  },
} as const satisfies Record<string, Route>
