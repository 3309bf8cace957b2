import { type BadRequest, SECRET } from './bad-requests.ts'

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
