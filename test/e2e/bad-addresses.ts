import { type BadRequest, SECRET } from './bad-requests.ts'

const get = (title: string, query: string, ...pointers: string[]): BadRequest => ({
  title,
  request: `GET /v1/customers${query}`,
  pointers,
})

export const queries: BadRequest[] = [
  ...['0', '1e9', 'abc', '-1', '1.5', '101', '', 'NaN', 'Infinity', '9007199254740993'].flatMap(limit => [
    get(`a list with the limit ${JSON.stringify(limit)}`, `?limit=${limit}`, '?limit'),
    get(`a history with the limit ${JSON.stringify(limit)}`, `/:id/history?limit=${limit}`, '?limit'),
  ]),
  get('an unknown query member', `?colour=${SECRET}`, '?colour'),
  get('an unknown query member of one customer', '/:id?colour=red', '?colour'),
  get('a query member that every object inherits', '/:id?constructor=1', '?constructor'),
  get('the query member __proto__ of one customer', '/:id?__proto__=1', '?__proto__'),
  get('the query member __proto__', '?__proto__=1', '?__proto__'),
  get('a repeated member', '?limit=5&limit=6', '?limit'),
  get('a member repeated with the same value', '/:id?consistent=true&consistent=true', '?consistent'),
  get(
    'many errors',
    `?limit=0&colour=red&as_of=${SECRET}&state=gone&type=ROBOT`,
    '?limit',
    '?colour',
    '?as_of',
    '?state',
    '?type',
  ),
  get('an invalid choice', '/:id?consistent=maybe', '?consistent'),
  get('a filter by an unauthorised field', '?detail.shoe_size=43', '?detail.shoe_size'),
  get('a filter by an invalid field name', '?detail.City=x', '?detail.City'),
  get('a filter without a field name', '?detail.=x', '?detail.'),
  get('blank words', '?q=%20', '?q'),
  get('words with a bidi character', '?q=%E2%80%AE', '?q'),
  get('words together with a past time', '?q=a&as_of=2020-01-01', '?q'),
  get('an empty cursor', '?cursor=', '?cursor'),
  get('a cursor that is too long', `?cursor=${'a'.repeat(3000)}`, '?cursor'),
  {
    title: 'a query for an operation without one',
    request: 'POST /v1/customers?x=1',
    body: { surname: 'A' },
    pointers: ['?x'],
  },
  {
    title: 'errors in path, query and body',
    request: 'PATCH /v1/customers/none?x=1',
    body: { nick: 1 },
    pointers: ['{id}', '?x', '#/nick'],
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
      title: `the id ${id}, ${method}`,
      request: `${method} /v1/customers/${id}`,
      pointers: ['{id}'],
    })),
  ),
  { title: 'an invalid batch id', request: 'GET /v1/batches/none', pointers: ['{id}'] },
  ...[
    'GET /v1/customers/:nobody',
    'DELETE /v1/customers/:nobody',
    'GET /v1/customers/:nobody/history',
    'GET /v1/customers/:nobody/diff?from=2020-01-01',
    'POST /v1/customers/:nobody/restore',
    'GET /v1/batches/:nobody',
    'GET /v1/customers/:id?as_of=1900-01-01',
    'GET /v1/customers/:id?known_at=1900-01-01',
  ].map(request => ({ title: `an unknown id: ${request}`, request, status: 404, pointers: [] })),
  {
    title: 'a patch of an unknown customer',
    request: 'PATCH /v1/customers/:nobody',
    body: { surname: 'A' },
    status: 404,
    pointers: [],
  },
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
    '/v1/customers/%ZZ',
    '/%E0%A4%A',
    '/.env',
  ].map(path => ({ title: `the unknown path ${path}`, request: `GET ${path}`, status: 404, pointers: [] })),
  ...['package.json', '..%2fpackage.json', '%2e%2e%2findex.js'].map(file => ({
    title: `the file ${file} of the documentation page`,
    request: `GET /docs/${file}`,
    pointers: ['{file}'],
  })),
]
