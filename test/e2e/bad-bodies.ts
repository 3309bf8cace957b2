import { type BadRequest, create, raw, SECRET } from './bad-requests.ts'

const CSV = { 'Content-Type': 'text/csv' }

const search = (it: string, body: unknown, ...at: string[]): BadRequest => ({ it, send: 'POST /v1/search', body, at })
const match = (it: string, body: unknown, ...at: string[]): BadRequest => ({ it, send: 'POST /v1/match', body, at })
const lookup = (it: string, body: unknown, ...at: string[]): BadRequest => ({ it, send: 'POST /v1/lookup', body, at })

/** Bad requests to what is not one customer: search, match, lookup, batches, log in. */
export const elsewhere: BadRequest[] = [
  search('a search for nothing', {}, '#/q'),
  search(
    'many faults in a search',
    { q: 5, mode: SECRET, limit: 0, threshold: 2, type: 'ROBOT', x: 1 },
    '#/q',
    '#/mode',
    '#/limit',
    '#/threshold',
    '#/type',
    '#/x',
  ),
  search('a limit of a billion', { q: 'a', limit: 1e9 }, '#/limit'),
  search('a limit that is text', { q: 'a', limit: '5' }, '#/limit'),
  search('control characters', { q: 'a\u0000b' }, '#/q'),
  match('no queries', { queries: [] }, '#/queries'),
  match('too many queries', { queries: Array.from({ length: 101 }, () => ({ surname: 'A' })) }, '#/queries'),
  match('a query that says nothing', { queries: [{ surname: 'A' }, {}] }, '#/queries/1'),
  match(
    'faults in several queries',
    { queries: [{ dob: '1999-02-30' }, { nick: 1, surname: 'A' }], exclude: ['none'] },
    '#/queries/0/dob',
    '#/queries/1/nick',
    '#/exclude/0',
  ),
  lookup('one field alone', { surname: SECRET }, '#'),
  lookup('one field and nulls', { surname: SECRET, given_name: null, dob: null }, '#'),
  lookup('what is not asked', { surname: 'A', given_name: 'B', details: { city: 'C' } }, '#/details'),
  lookup('a day that is none', { surname: 'A', dob: '1999-02-30' }, '#/dob'),
  {
    it: 'a batch without a source',
    send: 'POST /v1/batches',
    body: 'id,surname\n1,A\n',
    headers: CSV,
    at: ['?source'],
  },
  { it: 'a batch of JSON', send: 'POST /v1/batches?source=bad', body: { id: '1', surname: 'A' }, status: 415, at: [] },
  { it: 'an empty batch', send: 'POST /v1/batches?source=bad', body: '', headers: CSV, at: ['#'] },
  {
    it: 'a batch of 1.1 MB',
    send: 'POST /v1/batches?source=bad',
    body: `id,surname\n1,${'x'.repeat(1_100_000)}\n`,
    headers: CSV,
    status: 413,
    at: [],
  },
  {
    it: 'a log-in without a password',
    send: 'POST /v1/auth/token',
    body: { username: 'agent', secret: SECRET },
    at: ['#/password', '#/secret'],
  },
  {
    it: 'a log-in with a number',
    send: 'POST /v1/auth/token',
    body: { username: 'agent', password: 5 },
    at: ['#/password'],
  },
]

export const bodies: BadRequest[] = [
  raw('an empty body', '', '#'),
  raw('no JSON', `{"surname":"${SECRET}"`, '#'),
  raw('two values', '{"surname":"A"}{"surname":"B"}', '#'),
  raw('a comment', '{"surname":"A"/**/}', '#'),
  raw('bytes that are no UTF-8', Buffer.from([...Buffer.from('{"surname":"'), 0xff, 0xfe, ...Buffer.from('"}')]), '#'),
  raw('an overlong UTF-8 form', Buffer.from([...Buffer.from('{"surname":"'), 0xc0, 0xaf, ...Buffer.from('"}')]), '#'),
  raw('lists a thousand levels deep', '['.repeat(1000) + ']'.repeat(1000), '#'),
  raw('objects a thousand levels deep', `${'{"surname":'.repeat(1000)}1${'}'.repeat(1000)}`, '#/surname'),
  raw(
    'a detail a thousand levels deep',
    `{"surname":"A","details":{"city":${'['.repeat(1000)}${']'.repeat(1000)}}}`,
    '#/details/city',
  ),
  raw('lists a hundred thousand levels deep', '['.repeat(100_000) + ']'.repeat(100_000), '#'),
  raw('objects a hundred thousand levels deep', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`, '#/a'),
  { ...raw('1.1 MB', JSON.stringify({ surname: 'x'.repeat(1_100_000) })), status: 413 },
  { ...raw('1.1 MB of another type', 'x'.repeat(1_100_000)), headers: { 'Content-Type': 'text/plain' }, status: 413 },
  {
    ...raw('a compressed body', '{"surname":"A"}'),
    headers: { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' },
    status: 415,
  },
  { ...raw('a text', '{"surname":"A"}'), headers: { 'Content-Type': 'text/plain' }, status: 415 },
  { ...raw('a form', 'surname=A'), headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, status: 415 },
  {
    ...raw('a type that only begins well', '{"surname":"A"}'),
    headers: { 'Content-Type': 'application/json-patch+json' },
    status: 415,
  },
  {
    ...raw('JSON lines to a path that takes JSON', '{"surname":"A"}'),
    headers: { 'Content-Type': 'application/x-ndjson' },
    status: 415,
  },
  { it: 'no body and no type', send: 'POST /v1/customers', status: 415, at: [] },
  { it: 'a body where none is read', send: 'DELETE /v1/customers/:id', body: { reason: SECRET }, at: ['#'] },
  {
    it: 'a change that leaves nobody in particular',
    send: 'PATCH /v1/customers/:id',
    body: { surname: null, given_name: null, document_number: null },
    at: ['#'],
  },
]

export const headers: BadRequest[] = [
  {
    ...create('an idempotency key with spaces', { surname: 'A' }, 'Idempotency-Key'),
    headers: { 'Idempotency-Key': 'a b' },
  },
  {
    ...create('an idempotency key without end', { surname: 'A' }, 'Idempotency-Key'),
    headers: { 'Idempotency-Key': 'k'.repeat(201) },
  },
  { ...create('an empty idempotency key', { surname: 'A' }, 'Idempotency-Key'), headers: { 'Idempotency-Key': '' } },
  {
    ...create('a bad key and a bad body', { nick: 1 }, 'Idempotency-Key', '#/nick'),
    headers: { 'Idempotency-Key': 'ä' },
  },
  ...['"stale"', 'unquoted', 'W/"weak"', '""'].map(tag => ({
    it: `If-Match ${tag}`,
    send: 'PATCH /v1/customers/:id',
    body: { surname: 'B' },
    headers: { 'If-Match': tag },
    status: 412,
    at: [],
  })),
  {
    it: 'a delete of another version',
    send: 'DELETE /v1/customers/:id',
    headers: { 'If-Match': '"stale"' },
    status: 412,
    at: [],
  },
]
