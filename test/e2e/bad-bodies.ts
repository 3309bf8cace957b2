import { type BadRequest, create, raw, SECRET } from './bad-requests.ts'

const CSV = { 'Content-Type': 'text/csv' }

const search = (title: string, body: unknown, ...pointers: string[]): BadRequest => ({
  title,
  request: 'POST /v1/search',
  body,
  pointers,
})
const match = (title: string, body: unknown, ...pointers: string[]): BadRequest => ({
  title,
  request: 'POST /v1/match',
  body,
  pointers,
})
const lookup = (title: string, body: unknown, ...pointers: string[]): BadRequest => ({
  title,
  request: 'POST /v1/lookup',
  body,
  pointers,
})

/** Bad requests whose body is not a customer: search, match, lookup, batches, login. */
export const otherBodies: BadRequest[] = [
  search('a search without a query', {}, '#'),
  search(
    'many errors in a search',
    { q: 5, mode: SECRET, limit: 0, threshold: 2, type: 'ROBOT', x: 1 },
    '#/q',
    '#/mode',
    '#/limit',
    '#/threshold',
    '#/type',
    '#/x',
  ),
  search('a limit of a billion', { q: 'a', limit: 1e9 }, '#/limit'),
  search('a limit as text', { q: 'a', limit: '5' }, '#/limit'),
  search('control characters', { q: 'a\u0000b' }, '#/q'),
  match('no queries', { queries: [] }, '#/queries'),
  match('too many queries', { queries: Array.from({ length: 101 }, () => ({ surname: 'A' })) }, '#/queries'),
  match('an empty query', { queries: [{ surname: 'A' }, {}] }, '#/queries/1'),
  match(
    'errors in several queries',
    { queries: [{ dob: '1999-02-30' }, { nick: 1, surname: 'A' }], exclude: ['none'] },
    '#/queries/0/dob',
    '#/queries/1/nick',
    '#/exclude/0',
  ),
  lookup('only one field', { surname: SECRET }, '#'),
  lookup('one field and nulls', { surname: SECRET, given_name: null, dob: null }, '#'),
  lookup('a member that is not searchable', { surname: 'A', given_name: 'B', details: { city: 'C' } }, '#/details'),
  lookup('an invalid date', { surname: 'A', dob: '1999-02-30' }, '#/dob'),
  {
    title: 'a batch without a source',
    request: 'POST /v1/batches',
    body: 'id,surname\n1,A\n',
    headers: CSV,
    pointers: ['?source'],
  },
  {
    title: 'a batch of JSON',
    request: 'POST /v1/batches?source=bad',
    body: { id: '1', surname: 'A' },
    status: 415,
    pointers: [],
  },
  { title: 'an empty batch', request: 'POST /v1/batches?source=bad', body: '', headers: CSV, pointers: ['#'] },
  {
    title: 'a batch of 1.1 MB',
    request: 'POST /v1/batches?source=bad',
    body: `id,surname\n1,${'x'.repeat(1_100_000)}\n`,
    headers: CSV,
    status: 413,
    pointers: [],
  },
  {
    title: 'a login without a password',
    request: 'POST /v1/auth/token',
    body: { username: 'agent', secret: SECRET },
    pointers: ['#/password', '#/secret'],
  },
  {
    title: 'a login with a number',
    request: 'POST /v1/auth/token',
    body: { username: 'agent', password: 5 },
    pointers: ['#/password'],
  },
]

export const bodies: BadRequest[] = [
  raw('an empty body', '', '#'),
  raw('invalid JSON', `{"surname":"${SECRET}"`, '#'),
  raw('two values', '{"surname":"A"}{"surname":"B"}', '#'),
  raw('a comment', '{"surname":"A"/**/}', '#'),
  raw('bytes that are not UTF-8', Buffer.from([...Buffer.from('{"surname":"'), 0xff, 0xfe, ...Buffer.from('"}')]), '#'),
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
    ...raw('a type that only starts like JSON', '{"surname":"A"}'),
    headers: { 'Content-Type': 'application/json-patch+json' },
    status: 415,
  },
  {
    ...raw('NDJSON for an operation that accepts JSON', '{"surname":"A"}'),
    headers: { 'Content-Type': 'application/x-ndjson' },
    status: 415,
  },
  { title: 'neither a body nor a type', request: 'POST /v1/customers', status: 415, pointers: [] },
  {
    title: 'a body for an operation without one',
    request: 'POST /v1/customers/:id/split',
    body: { reason: SECRET },
    pointers: ['#'],
  },
  {
    title: 'an unknown member of an optional body',
    request: 'DELETE /v1/customers/:id',
    body: { reason: SECRET },
    pointers: ['#/reason'],
  },
  {
    title: 'a patch that removes the last name and document number',
    request: 'PATCH /v1/customers/:id',
    body: { surname: null, given_name: null, document_number: null },
    pointers: ['#'],
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
    title: `If-Match ${tag}`,
    request: 'PATCH /v1/customers/:id',
    body: { surname: 'B' },
    headers: { 'If-Match': tag },
    status: 412,
    pointers: [],
  })),
  {
    title: 'deleting another version',
    request: 'DELETE /v1/customers/:id',
    headers: { 'If-Match': '"stale"' },
    status: 412,
    pointers: [],
  },
]
