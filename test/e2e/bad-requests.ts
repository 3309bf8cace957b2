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
const tomorrow = new Date(Date.now() + 2 * 86_400_000).toISOString()

export const create = (it: string, body: unknown, ...at: string[]): BadRequest => ({
  it,
  send: 'POST /v1/customers',
  body,
  at,
})
export const raw = (it: string, body: string | Uint8Array, ...at: string[]): BadRequest => ({
  ...create(it, body, ...at),
  headers: JSON_TYPE,
})
const named = (it: string, surname: unknown): BadRequest => create(it, { surname }, '#/surname')
const detail = (it: string, name: string, value: unknown): BadRequest =>
  create(it, { surname: 'A', details: { [name]: value } }, `#/details/${name}`)
const get = (it: string, query: string, ...at: string[]): BadRequest => ({ it, send: `GET /v1/customers${query}`, at })

export const members: BadRequest[] = [
  raw('a member that is given twice', `{"surname":"A","surname":"${SECRET}"}`, '#/surname'),
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
  create('members of every object', { surname: 'A', constructor: 1, toString: 1 }, '#/constructor', '#/toString'),
  create('nobody in particular', { dob: '1999' }, '#'),
  create('nothing', {}, '#'),
  create('a list in place of an object', [{ surname: SECRET }], '#'),
  create('details in a list', { surname: 'A', details: ['city'] }, '#/details'),
  ...['null', '5', 'true', '"text"'].map(body => raw(`${body} in place of an object`, body, '#')),
  raw('__proto__ at the top', `{"surname":"A","__proto__":{"surname":"${SECRET}"}}`, '#/__proto__'),
  raw('__proto__ in the details', `{"surname":"A","details":{"__proto__":"${SECRET}"}}`, '#/details/__proto__'),
  raw(
    '__proto__ deep in what is unknown',
    '{"surname":"A","details":{"city":{"__proto__":1}}}',
    '#/details/city/__proto__',
  ),
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
  raw(
    'a number whose last digit is lost',
    '{"surname":"A","details":{"height_cm":9007199254740993}}',
    '#/details/height_cm',
  ),
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
