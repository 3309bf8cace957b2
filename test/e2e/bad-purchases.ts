import { type BadRequest, SECRET } from './bad-requests.ts'

/** A user for whom nothing may be stored. */
export const BUYER = 'bad-buyer'

const valid = { username: 'Ada', userid: BUYER, price: '1.00', timestamp: '2026-05-31T14:00:00Z' }
const { timestamp: _, ...undated } = valid

const buy = (title: string, body: unknown, ...pointers: string[]): BadRequest => ({
  title,
  request: 'POST /buy',
  body,
  pointers,
})
/** A price as it is written in the JSON text. */
const badPrice = (price: string): BadRequest => ({
  ...buy(
    `a price of ${price}`,
    JSON.stringify({ ...valid, price: 0 }).replace('"price":0', `"price":${price}`),
    '#/price',
  ),
  headers: { 'Content-Type': 'application/json' },
})
const get = (title: string, path: string, ...pointers: string[]): BadRequest => ({
  title,
  request: `GET ${path}`,
  pointers,
})

/** Bad requests to store or read purchases. */
export const purchases: BadRequest[] = [
  ...['1e309', '-0.00', '-1', '1e2', '1'.repeat(40), `0.${'1'.repeat(40)}`, 'null', 'true', '[]', '{}'].map(badPrice),
  ...['NaN', '1e309', '-0.00', '', SECRET, '1'.repeat(40), ' 1', '1,5'].map(text => badPrice(JSON.stringify(text))),
  { ...badPrice('NaN'), pointers: ['#'] },
  ...[
    '+275761-09-14T00:00:00Z',
    '275761-01-01T00:00:00Z',
    '9999-12-31',
    '2026-05-31T14:00:00',
    '',
    SECRET,
    1e15,
    null,
  ].map(timestamp => buy(`the timestamp ${timestamp}`, { ...valid, timestamp }, '#/timestamp')),
  buy('an invalid currency', { ...valid, currency: 'EURO' }, '#/currency'),
  buy('an empty object', {}, '#/username', '#/userid', '#/price', '#/timestamp'),
  buy('no user name', { ...valid, username: undefined }, '#/username'),
  buy('no user id', { ...valid, userid: undefined }, '#/userid'),
  buy('no price', { ...valid, price: undefined }, '#/price'),
  buy('neither a timestamp nor an idempotency key', undated, '#/timestamp'),
  buy('schema and semantic errors together', { ...undated, price: SECRET }, '#/price', '#/timestamp'),
  buy('a number for a user name', { ...valid, username: 5 }, '#/username'),
  buy('control characters', { ...valid, username: 'a\u0000b', userid: 'a\u202eb' }, '#/username', '#/userid'),
  buy('a user id with a slash', { ...valid, userid: 'a/b' }, '#/userid'),
  buy('a list', [valid], '#'),
  {
    ...buy('a hidden member', `{"__proto__":${JSON.stringify(valid)}}`, '#/__proto__'),
    headers: { 'Content-Type': 'application/json' },
  },
  { ...buy('an invalid idempotency key', valid, 'Idempotency-Key'), headers: { 'Idempotency-Key': 'a b' } },
  { ...buy('a form', 'username=Ada'), headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, status: 415 },
  get('purchases without a user', '/v1/purchases', '?user'),
  get('purchases whose start is after their end', `/v1/purchases?user=${BUYER}&from=2026-02-01&to=2026-01-01`, '?from'),
  get('purchases at invalid times', `/v1/purchases?user=${BUYER}&from=${SECRET}&to=275761-01-01`, '?from', '?to'),
  get('purchases with an unknown filter', `/v1/purchases?user=${BUYER}&price=5`, '?price'),
  get('a limit above 100', `/v1/purchases?user=${BUYER}&limit=101`, '?limit'),
  get('an invalid cursor', `/getAllUserBuys/${BUYER}?cursor=next`, '?cursor'),
  get('buys of a user with a slash', '/getAllUserBuys/a%2Fb', '{user}'),
]
