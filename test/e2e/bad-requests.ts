/** A request that is to be refused. In paths `:id` is a customer who is there. */
export interface BadRequest {
  /** What is wrong with it. */
  it: string
  send: string
  body?: unknown
  headers?: Record<string, string>
  /** 400 unless it says otherwise. */
  status?: number
  /** Every place that the answer names. */
  at: string[]
}

/** Stands in values that are refused: no answer repeats it. */
export const SECRET = 'Zaphod-8831'

const JSON_TYPE = { 'Content-Type': 'application/json' }
const NDJSON_TYPE = { 'Content-Type': 'application/x-ndjson' }
const tomorrow = new Date(Date.now() + 2 * 86_400_000).toISOString()

const create = (it: string, body: unknown, ...at: string[]): BadRequest => ({
  it,
  send: 'POST /v1/customers',
  body,
  at,
})
const raw = (it: string, body: string | Uint8Array, ...at: string[]): BadRequest => ({
  ...create(it, body, ...at),
  headers: JSON_TYPE,
})
const named = (it: string, surname: unknown): BadRequest => create(it, { surname }, '#/surname')
const detail = (it: string, name: string, value: unknown): BadRequest =>
  create(it, { surname: 'A', details: { [name]: value } }, `#/details/${name}`)
const get = (it: string, query: string, ...at: string[]): BadRequest => ({ it, send: `GET /v1/customers${query}`, at })

export const members: BadRequest[] = [
  create('an unknown member', { surname: 'A', nickname: SECRET }, '#/nickname'),
  create(
    'many faults',
    { surname: 5, given_name: true, dob: SECRET, type: SECRET, nick: 1, details: { city: {} } },
    '#/surname',
    '#/given_name',
    '#/dob',
    '#/type',
    '#/nick',
    '#/details/city',
  ),
  create(
    'faults of shape and of meaning together',
    { surname: 5, dob: '2999', details: { shoe_size: 43 } },
    '#/surname',
    '#/dob',
    '#/details/shoe_size',
  ),
  create('a name with a slash', { surname: 'A', 'a/b~c': 1 }, '#/a~1b~0c'),
  create(
    'members of every object',
    { surname: 'A', constructor: 1, toString: 1 },
    '#/constructor',
    '#/toString',
  ),
  create('nobody in particular', { dob: '1999' }, '#'),
  create('nothing', {}, '#'),
  create('a list in place of an object', [{ surname: SECRET }], '#'),
  create('details in a list', { surname: 'A', details: ['city'] }, '#/details'),
  ...['null', '5', 'true', '"text"'].map(body => raw(`${body} in place of an object`, body, '#')),
  raw('__proto__ at the top', `{"surname":"A","__proto__":{"surname":"${SECRET}"}}`, '#'),
  raw('__proto__ in the details', `{"surname":"A","details":{"__proto__":"${SECRET}"}}`, '#'),
  raw('__proto__ deep in what is unknown', '{"surname":"A","details":{"city":{"__proto__":1}}}', '#'),
]

export const values: BadRequest[] = [
  ...['1999-02-30', '1999-13', '0000', '1999-2-3', '', SECRET, '1999-02-28T00:00:00Z', '+1999', '２０００'].map(dob =>
    create(`the day of birth ${JSON.stringify(dob)}`, { surname: 'A', dob }, '#/dob'),
  ),
  ...['2999', tomorrow.slice(0, 10)].map(dob =>
    create(`the coming day of birth ${dob.slice(0, 4)}…`, { surname: 'A', dob }, '#/dob'),
  ),
  create('a day of birth that is a number', { surname: 'A', dob: 1999 }, '#/dob'),
  ...[
    ['a null character', 'A\u0000B'],
    ['a line break', 'A\nB'],
    ['a tabulator', 'A\tB'],
    ['an escape character', '\u001b[2J'],
    ['a C1 control character', 'A\u0085B'],
    ['a right-to-left override', 'A\u202Etxt.exe'],
    ['a bidi isolate', 'A\u2066B'],
    ['a zero-width space', 'A\u200BB'],
    ['a byte order mark', '\uFEFFA'],
    ['a soft hyphen', 'A\u00ADB'],
    ['a tag character', 'A\u{E0041}B'],
    ['a lone surrogate', 'A\ud800B'],
    ['a private character', 'A\uE000B'],
    ['an unassigned character', 'A\u0378B'],
    ['nothing but spaces', '   '],
    ['nothing at all', ''],
    ['more than 200 characters', 'x'.repeat(201)],
  ].map(([it = '', text]) => named(`a name with ${it}`, text)),
  named('a name that is an object', { $ne: null }),
  create('a document number that is too long', { document_number: 'x'.repeat(65) }, '#/document_number'),
]

export const details: BadRequest[] = [
  detail('a field that nobody authorised', 'shoe_size', SECRET),
  detail('a field name that is none', 'City', 'Köln'),
  detail('a field name that every object has', 'constructor', 'x'),
  detail('a text for a number', 'height_cm', SECRET),
  detail('a number for a text', 'city', 5),
  detail('a text for a boolean', 'resident', 'yes'),
  detail('a day that is none', 'member_since', '1999-02-30'),
  detail('an object for a value', 'city', { $gt: '' }),
  detail('a list for a value', 'city', ['Köln']),
  detail('control characters', 'note', 'a\u0007b'),
  detail('a number that no table keeps', 'height_cm', 1e120),
  raw('a number beyond all numbers', '{"surname":"A","details":{"height_cm":1e400}}', '#/details/height_cm'),
]

export const times: BadRequest[] = [
  create('valid from the future', { surname: 'A', valid_from: tomorrow }, '#/valid_from'),
  ...['yesterday', '2020-02-30T00:00:00Z', '2020-01-01T00:00:00', '2020-01-01T25:00:00Z', '', 5, null].map(valid_from =>
    create(`valid from ${JSON.stringify(valid_from)}`, { surname: 'A', valid_from }, '#/valid_from'),
  ),
  {
    it: 'a change valid from the future',
    send: 'PATCH /v1/customers/:id',
    body: { surname: 'B', valid_from: tomorrow },
    at: ['#/valid_from'],
  },
  {
    it: 'a replacement valid from the future',
    send: 'PUT /v1/customers/:id',
    body: { surname: 'B', valid_from: tomorrow },
    at: ['#/valid_from'],
  },
  ...['as_of', 'known_at', 'changed_since'].flatMap(name =>
    ['yesterday', '2020-02-30', '2020-01-01T00:00:00', '5', ''].map(time =>
      get(`${name} ${JSON.stringify(time)}`, `?${name}=${time}`, `?${name}`),
    ),
  ),
  get('as_of of one customer that is no time', '/:id?as_of=noon&known_at=never', '?as_of', '?known_at'),
  get('a difference from after to', '/:id/diff?from=2021-01-01&to=2020-01-01', '?from'),
  get('a difference from nowhere', '/:id/diff', '?from'),
  get('a difference from the future until now', '/:id/diff?from=2999-01-01', '?from'),
  { it: 'a difference of the list from after to', send: 'GET /v1/diff?from=2021-01-01&to=2020-01-01', at: ['?from'] },
  { it: 'a difference of the list to no time', send: 'GET /v1/diff?from=2021-01-01&to=later', at: ['?to'] },
]

export const queries: BadRequest[] = [
  ...['0', '1e9', 'abc', '-1', '1.5', '101', '', 'NaN', 'Infinity', '9007199254740993'].flatMap(limit => [
    get(`a list of ${JSON.stringify(limit)}`, `?limit=${limit}`, '?limit'),
    get(`a history of ${JSON.stringify(limit)}`, `/:id/history?limit=${limit}`, '?limit'),
  ]),
  get('an unknown query member', `?colour=${SECRET}`, '?colour'),
  get('an unknown query member of one customer', '/:id?colour=red', '?colour'),
  get('a query member that every object has', '/:id?constructor=1', '?constructor'),
  get('the query member __proto__ of one customer', '/:id?__proto__=1', '?__proto__'),
  get('the query member __proto__', '?__proto__=1', '?__proto__'),
  get('a member given twice', '?limit=5&limit=6', '?limit'),
  get('the same member twice', '/:id?consistent=true&consistent=true', '?consistent'),
  get(
    'many faults',
    `?limit=0&colour=red&as_of=${SECRET}&state=gone&type=ROBOT`,
    '?limit',
    '?colour',
    '?as_of',
    '?state',
    '?type',
  ),
  get('a choice that is none', '/:id?consistent=maybe', '?consistent'),
  get('a filter by a field that nobody authorised', '?detail.shoe_size=43', '?detail.shoe_size'),
  get('a filter by what is no field name', '?detail.City=x', '?detail.City'),
  get('a filter by no field', '?detail.=x', '?detail.'),
  get('words that are none', '?q=%20', '?q'),
  get('words with a bidi character', '?q=%E2%80%AE', '?q'),
  get('words in the past', '?q=a&as_of=2020-01-01', '?q'),
  get('an empty cursor', '?cursor=', '?cursor'),
  get('an endless cursor', `?cursor=${'a'.repeat(3000)}`, '?cursor'),
  { it: 'a query where there is none', send: 'POST /v1/customers?x=1', body: { surname: 'A' }, at: ['?x'] },
  {
    it: 'faults in path, query and body',
    send: 'PATCH /v1/customers/none?x=1',
    body: { nick: 1 },
    at: ['{id}', '?x', '#/nick'],
  },
]

export const paths: BadRequest[] = [
  ...[
    'none',
    '1',
    '%00',
    '__proto__',
    '00000000-0000-0000-0000-00000000000g',
    "'%20OR%201=1--",
    '%F0%9F%92%A9',
  ].flatMap(id =>
    ['GET', 'DELETE'].map(method => ({
      it: `the id ${id}, ${method}`,
      send: `${method} /v1/customers/${id}`,
      at: ['{id}'],
    })),
  ),
  { it: 'a batch of no id', send: 'GET /v1/batches/none', at: ['{id}'] },
  ...[
    'GET /v1/customers/:nobody',
    'DELETE /v1/customers/:nobody',
    'GET /v1/customers/:nobody/history',
    'GET /v1/customers/:nobody/diff?from=2020-01-01',
    'POST /v1/customers/:nobody/restore',
    'GET /v1/batches/:nobody',
    'GET /v1/customers/:id?as_of=1900-01-01',
    'GET /v1/customers/:id?known_at=1900-01-01',
  ].map(send => ({ it: `nobody there: ${send}`, send, status: 404, at: [] })),
  { it: 'a change of nobody', send: 'PATCH /v1/customers/:nobody', body: { surname: 'A' }, status: 404, at: [] },
  ...[
    '/v1',
    '/v1/',
    '/v1/customer',
    '/v1/customers/',
    '/v2/customers',
    '/v1/customers/:id/',
    '/v1/customers/:id/none',
    '/V1/customers',
    '//x/healthz',
    '//v1/customers',
    '/v1/customers/%ZZ',
    '/%E0%A4%A',
    '/.env',
  ].map(path => ({ it: `the unknown path ${path}`, send: `GET ${path}`, status: 404, at: [] })),
  ...['package.json', '..%2fpackage.json', '%2e%2e%2findex.js'].map(file => ({
    it: `the file ${file} of the page`,
    send: `GET /docs/${file}`,
    at: ['{file}'],
  })),
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
  raw('objects a hundred thousand levels deep', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`, '#'),
  { ...raw('1.1 MB', JSON.stringify({ surname: 'x'.repeat(1_100_000) })), status: 413 },
  { ...raw('1.1 MB of another type', 'x'.repeat(1_100_000)), headers: { 'Content-Type': 'text/plain' }, status: 413 },
  { ...raw('a text', '{"surname":"A"}'), headers: { 'Content-Type': 'text/plain' }, status: 415 },
  { ...raw('a form', 'surname=A'), headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, status: 415 },
  {
    ...raw('a type that only begins well', '{"surname":"A"}'),
    headers: { 'Content-Type': 'application/json-patch+json' },
    status: 415,
  },
  { ...raw('JSON lines to a path that takes JSON', '{"surname":"A"}'), headers: NDJSON_TYPE, status: 415 },
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
