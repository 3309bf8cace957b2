import { type BadRequest, SECRET } from './bad-requests.ts'

const get = (it: string, query: string, ...at: string[]): BadRequest => ({ it, send: `GET /v1/customers${query}`, at })

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
