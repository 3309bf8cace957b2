/** A request that must be refused. `:id` in a path is an existing customer. */
export interface BadRequest {
  /** What is wrong with it. */
  title: string
  request: string
  body?: unknown
  headers?: Record<string, string>
  /** The expected status; 400 by default. */
  status?: number
  /** The pointers of all expected errors. */
  pointers: string[]
}

/** Part of refused values, which no response may repeat. */
export const SECRET = 'Zaphod-8831'

const JSON_TYPE = { 'Content-Type': 'application/json' }
const tomorrow = new Date(Date.now() + 2 * 86_400_000).toISOString()

export const create = (title: string, body: unknown, ...pointers: string[]): BadRequest => ({
  title,
  request: 'POST /v1/customers',
  body,
  pointers,
})
export const raw = (title: string, body: string | Uint8Array, ...pointers: string[]): BadRequest => ({
  ...create(title, body, ...pointers),
  headers: JSON_TYPE,
})
const badSurname = (title: string, surname: unknown): BadRequest => create(title, { surname }, '#/surname')
const badDetail = (title: string, name: string, value: unknown): BadRequest =>
  create(title, { surname: 'A', details: { [name]: value } }, `#/details/${name}`)
const get = (title: string, query: string, ...pointers: string[]): BadRequest => ({
  title,
  request: `GET /v1/customers${query}`,
  pointers,
})

export const members: BadRequest[] = [
  raw('a member that is given twice', `{"surname":"A","surname":"${SECRET}"}`, '#/surname'),
  create('an unknown member', { surname: 'A', nickname: SECRET }, '#/nickname'),
  create(
    'many errors',
    { surname: 5, given_name: true, dob: SECRET, type: SECRET, nick: 1, details: { city: {} } },
    '#/surname',
    '#/given_name',
    '#/dob',
    '#/type',
    '#/nick',
    '#/details/city',
  ),
  create(
    'schema and semantic errors together',
    { surname: 5, dob: '2999', details: { shoe_size: 43 } },
    '#/surname',
    '#/dob',
    '#/details/shoe_size',
  ),
  create('a name with a slash', { surname: 'A', 'a/b~c': 1 }, '#/a~1b~0c'),
  create('members of every object', { surname: 'A', constructor: 1, toString: 1 }, '#/constructor', '#/toString'),
  create('no name or document number', { dob: '1999' }, '#'),
  create('an empty object', {}, '#'),
  create('a list in place of an object', [{ surname: SECRET }], '#'),
  create('details in a list', { surname: 'A', details: ['city'] }, '#/details'),
  ...['null', '5', 'true', '"text"'].map(body => raw(`${body} in place of an object`, body, '#')),
  raw('__proto__ at the top', `{"surname":"A","__proto__":{"surname":"${SECRET}"}}`, '#/__proto__'),
  raw('__proto__ in the details', `{"surname":"A","details":{"__proto__":"${SECRET}"}}`, '#/details/__proto__'),
  raw(
    '__proto__ deep in an unknown member',
    '{"surname":"A","details":{"city":{"__proto__":1}}}',
    '#/details/city/__proto__',
  ),
]

export const values: BadRequest[] = [
  ...['1999-02-30', '1999-13', '0000', '1999-2-30', '', SECRET, '1999-02-28T10:00:00Z', '+1999', '03/04/1985'].map(
    dob => create(`the date of birth ${JSON.stringify(dob)}`, { surname: 'A', dob }, '#/dob'),
  ),
  ...['2999', tomorrow.slice(0, 10)].map(dob =>
    create(`the future date of birth ${dob.slice(0, 4)}…`, { surname: 'A', dob }, '#/dob'),
  ),
  create('a numeric date of birth', { surname: 'A', dob: 1999 }, '#/dob'),
  ...[
    ['a null character', 'A\u0000B'],
    ['a line break', 'A\nB'],
    ['an escape character', '\u001b[2J'],
    ['a C1 control character', 'A\u0085B'],
    ['a right-to-left override', 'A\u202Etxt.exe'],
    ['a tag character', 'A\u{E0041}B'],
    ['a lone surrogate', 'A\ud800B'],
    ['a private character', 'A\uE000B'],
    ['a noncharacter', 'A\uFFFEB'],
    ['only spaces', '   '],
    ['no characters', ''],
    ['more than 200 characters', 'x'.repeat(201)],
  ].map(([title = '', text]) => badSurname(`a name with ${title}`, text)),
  badSurname('a name that is an object', { $ne: null }),
  create('a document number that is too long', { document_number: 'x'.repeat(65) }, '#/document_number'),
]

export const details: BadRequest[] = [
  badDetail('an unauthorised field', 'shoe_size', SECRET),
  badDetail('an invalid field name', 'City', 'Köln'),
  badDetail('a field name that every object inherits', 'constructor', 'x'),
  badDetail('text for a number', 'height_cm', SECRET),
  badDetail('a number for text', 'city', 5),
  badDetail('text for a boolean', 'resident', 'yes'),
  badDetail('an invalid date', 'member_since', '1999-02-30'),
  badDetail('an object for a value', 'city', { $gt: '' }),
  badDetail('a list for a value', 'city', ['Köln']),
  badDetail('control characters', 'note', 'a\u0007b'),
  badDetail('a number too large for the table', 'height_cm', 1e120),
  raw(
    'an integer beyond exact precision',
    '{"surname":"A","details":{"height_cm":9007199254740993}}',
    '#/details/height_cm',
  ),
  raw('a number beyond the numeric range', '{"surname":"A","details":{"height_cm":1e400}}', '#/details/height_cm'),
]

export const times: BadRequest[] = [
  create('valid from the future', { surname: 'A', valid_from: tomorrow }, '#/valid_from'),
  ...['yesterday', '2020-02-30T00:00:00Z', '2020-01-01T00:00:00', '2020-01-01T25:00:00Z', '', 5, null].map(valid_from =>
    create(`valid from ${JSON.stringify(valid_from)}`, { surname: 'A', valid_from }, '#/valid_from'),
  ),
  {
    title: 'a change valid from the future',
    request: 'PATCH /v1/customers/:id',
    body: { surname: 'B', valid_from: tomorrow },
    pointers: ['#/valid_from'],
  },
  {
    title: 'a replacement valid from the future',
    request: 'PUT /v1/customers/:id',
    body: { surname: 'B', valid_from: tomorrow },
    pointers: ['#/valid_from'],
  },
  ...['as_of', 'known_at', 'changed_since'].flatMap(name =>
    ['yesterday', '2020-02-30', '2020-01-01T00:00:00', '5', ''].map(time =>
      get(`${name} ${JSON.stringify(time)}`, `?${name}=${time}`, `?${name}`),
    ),
  ),
  get('invalid times of one customer', '/:id?as_of=noon&known_at=never', '?as_of', '?known_at'),
  get('a difference whose start is after its end', '/:id/diff?from=2021-01-01&to=2020-01-01', '?from'),
  get('a difference without a start', '/:id/diff', '?from'),
  get('a difference from the future until now', '/:id/diff?from=2999-01-01', '?from'),
  {
    title: 'a difference of the list whose start is after its end',
    request: 'GET /v1/diff?from=2021-01-01&to=2020-01-01',
    pointers: ['?from'],
  },
  {
    title: 'a difference of the list to an invalid time',
    request: 'GET /v1/diff?from=2021-01-01&to=later',
    pointers: ['?to'],
  },
]
