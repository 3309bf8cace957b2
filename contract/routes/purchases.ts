import { json, jsonResponse, type Route, routeDefaults } from '../route.ts'
import { buyBody, buyList, buysQuery, purchase, purchaseList, purchasesQuery, userParams } from '../schemas/purchase.ts'

const purchases = { ...routeDefaults, function: 'purchases', tag: 'purchases', role: 'agent' } as const

export const purchasesRoutes = {
  buy: {
    ...purchases,
    method: 'POST',
    path: '/buy',
    summary: 'Store a purchase',
    headers: ['Idempotency-Key'],
    consumes: [json],
    body: buyBody,
    exactNumbers: true,
    responses: { 201: jsonResponse(purchase, 'The stored purchase; a repeated request gets the same one') },
  },
  listUserBuys: {
    ...purchases,
    method: 'GET',
    path: '/getAllUserBuys/{user}',
    summary: 'List all purchases of a user',
    params: userParams,
    query: buysQuery,
    responses: { 200: jsonResponse(buyList, 'A page of purchases') },
  },
  listPurchases: {
    ...purchases,
    method: 'GET',
    path: '/v1/purchases',
    summary: 'List purchases of an interval, with totals',
    query: purchasesQuery,
    responses: { 200: jsonResponse(purchaseList, 'A page of purchases, and the totals of the user') },
  },
} as const satisfies Record<string, Route>
