import { type BadRequest, SECRET } from './bad-requests.ts'

/** Of whom nothing may be stored. */
export const BUYER = 'bad-buyer'

const sound = { username: 'Ada', userid: BUYER, price: '1.00', timestamp: '2026-05-31T14:00:00Z' }
const { timestamp: _, ...undated } = sound

const buy = (it: string, body: unknown, ...at: string[]): BadRequest => ({ it, send: 'POST /buy', body, at })
/** A price as it stands in the JSON itself. */
const priced = (price: string): BadRequest => ({
  ...buy(
    `a price of ${price}`,
    JSON.stringify({ ...sound, price: 0 }).replace('"price":0', `"price":${price}`),
    '#/price',
  ),
  headers: { 'Content-Type': 'application/json' },
})
const get = (it: string, path: string, ...at: string[]): BadRequest => ({ it, send: `GET ${path}`, at })

/** Bad requests to what is stored and read of purchases. */
export const purchases: BadRequest[] = [
  ...['1e309', '-0.00', '-1', '1e2', '1'.repeat(40), `0.${'1'.repeat(40)}`, 'null', 'true', '[]', '{}'].map(priced),
  ...['NaN', '1e309', '-0.00', '', SECRET, '1'.repeat(40), ' 1', '1,5'].map(text => priced(JSON.stringify(text))),
  { ...priced('NaN'), at: ['#'] },
  ...[
    '+275761-09-14T00:00:00Z',
    '275761-01-01T00:00:00Z',
    '9999-12-31',
    '2026-05-31T14:00:00',
    '',
    SECRET,
    1e15,
    null,
  ].map(timestamp => buy(`a time of ${timestamp}`, { ...sound, timestamp }, '#/timestamp')),
  buy('a currency that is none', { ...sound, currency: 'EURO' }, '#/currency'),
  buy('nothing', {}, '#/username', '#/userid', '#/price', '#/timestamp'),
  buy('no name', { ...sound, username: undefined }, '#/username'),
  buy('no user', { ...sound, userid: undefined }, '#/userid'),
  buy('no price', { ...sound, price: undefined }, '#/price'),
  buy('neither a time nor an idempotency key', undated, '#/timestamp'),
  buy('faults of shape and of meaning together', { ...undated, price: SECRET }, '#/price', '#/timestamp'),
  buy('a number for a name', { ...sound, username: 5 }, '#/username'),
  buy('control characters', { ...sound, username: 'a\u0000b', userid: 'a\u202eb' }, '#/username', '#/userid'),
  buy('a user with a slash', { ...sound, userid: 'a/b' }, '#/userid'),
  buy('a list', [sound], '#'),
  {
    ...buy('a hidden member', `{"__proto__":${JSON.stringify(sound)}}`, '#/__proto__'),
    headers: { 'Content-Type': 'application/json' },
  },
  { ...buy('a bad idempotency key', sound, 'Idempotency-Key'), headers: { 'Idempotency-Key': 'a b' } },
  { ...buy('a form', 'username=Ada'), headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, status: 415 },
  get('purchases of whom', '/v1/purchases', '?user'),
  get('purchases from after to', `/v1/purchases?user=${BUYER}&from=2026-02-01&to=2026-01-01`, '?from'),
  get('purchases at no time', `/v1/purchases?user=${BUYER}&from=${SECRET}&to=275761-01-01`, '?from', '?to'),
  get('purchases of an unknown filter', `/v1/purchases?user=${BUYER}&price=5`, '?price'),
  get('a hundred and one purchases', `/v1/purchases?user=${BUYER}&limit=101`, '?limit'),
  get('a cursor of no query', `/getAllUserBuys/${BUYER}?cursor=next`, '?cursor'),
  get('buys of a user with a slash', '/getAllUserBuys/a%2Fb', '{user}'),
]
