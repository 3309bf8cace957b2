import { describe, expect, test } from '@jest/globals'
import about from '../../package.json' with { type: 'json' }
import { type ApiDocument, type Operation, type Schema, toApiDocument } from '../../tools/codegen/api-document.ts'
import { breakingChanges } from '../../tools/codegen/breaking-changes.ts'
import { lastRelease } from '../../tools/codegen/releases.ts'

type Change = (document: ApiDocument) => void

/** What breaks when the API is changed so. */
function brokenBy(change: Change): string[] {
  const before = toApiDocument('1.0.0')
  const after = structuredClone(before)
  change(after)
  return breakingChanges(before, after)
}

const operation = (document: ApiDocument, method: string, path: string): Operation => {
  const found = document.paths[path]?.[method]
  if (found === undefined) throw new Error(`there is no ${method} ${path}`)
  return found
}
const toBody = (document: ApiDocument, path: string): Schema =>
  operation(document, 'post', path).requestBody?.content['application/json']?.schema ?? {}
const toMember = (schema: Schema | undefined, name: string): Schema => {
  const found = schema?.properties?.[name]
  if (found === undefined) throw new Error(`there is no member ${name}`)
  return found
}
const customer = (document: ApiDocument): Schema => document.components.schemas.Customer ?? {}
const stringIn = (schema: Schema): Schema => schema.anyOf?.find(({ type }) => type === 'string') ?? {}

const breaking: [string, Change, string][] = [
  ['a path is gone', ({ paths }) => delete paths['/v1/diff'], 'GET /v1/diff is gone'],
  ['a method is gone', ({ paths }) => delete paths['/v1/customers/{id}']?.put, 'PUT /v1/customers/{id} is gone'],
  [
    'what was open wants a token',
    document => operation(document, 'post', '/v1/lookup').security.push({ bearer: [] }),
    'POST /v1/lookup: wants a token now',
  ],
  [
    'a parameter is gone',
    document => operation(document, 'get', '/v1/diff').parameters.splice(0, 1),
    'is not taken any more',
  ],
  [
    'a parameter is needed that was not',
    document => {
      for (const parameter of operation(document, 'get', '/v1/customers').parameters) parameter.required = true
    },
    'GET /v1/customers: ?limit is needed now',
  ],
  [
    'a parameter is needed that is new',
    document =>
      operation(document, 'get', '/v1/customers').parameters.push({
        name: 'country',
        in: 'query',
        required: true,
        schema: { type: 'string' },
      }),
    'GET /v1/customers: ?country is needed now',
  ],
  [
    'a parameter takes fewer words',
    document => {
      const state = operation(document, 'get', '/v1/customers').parameters.find(({ name }) => name === 'state')
      if (state) state.schema.enum = ['active']
    },
    'GET /v1/customers: ?state may no longer be deleted',
  ],
  [
    'a body is not taken in a media type',
    document => delete operation(document, 'post', '/v1/batches').requestBody?.content['text/csv'],
    'POST /v1/batches: body is not taken as text/csv any more',
  ],
  [
    'a member of a body is not taken',
    document => delete toBody(document, '/v1/customers').properties?.dob,
    'POST /v1/customers: body/dob is not taken any more',
  ],
  [
    'a member of a body is needed',
    document => {
      toBody(document, '/v1/customers').required = ['surname']
    },
    'POST /v1/customers: body/surname is needed now',
  ],
  [
    'a member of a body may not be null',
    document => {
      const surname = toMember(toBody(document, '/v1/customers'), 'surname')
      surname.anyOf = [stringIn(surname)]
    },
    'POST /v1/customers: body/surname may no longer be null',
  ],
  [
    'a member of a body must be shorter',
    document => {
      stringIn(toMember(toBody(document, '/v1/customers'), 'surname')).maxLength = 20
    },
    'POST /v1/customers: body/surname has a narrower maxLength',
  ],
  [
    'a member of a body has another pattern',
    document => {
      toMember(toBody(document, '/v1/customers'), 'type').pattern = '^P'
    },
    'POST /v1/customers: body/type has another pattern',
  ],
  [
    'a list in a body takes fewer',
    document => {
      toMember(toBody(document, '/v1/match'), 'queries').maxItems = 10
    },
    'POST /v1/match: body/queries has a narrower maxItems',
  ],
  [
    'an answer has another status',
    document => {
      const { responses } = operation(document, 'post', '/v1/customers')
      responses['200'] = responses['201'] ?? {}
      delete responses['201']
    },
    'POST /v1/customers: 201 is not answered any more',
  ],
  [
    'an answer is not told in a media type',
    document => delete operation(document, 'get', '/v1/audit').responses['200']?.content?.['text/csv'],
    'GET /v1/audit: 200 is not told as text/csv any more',
  ],
  [
    'an answer lacks a member',
    document => {
      delete customer(document).properties?.dob
      customer(document).required = customer(document).required?.filter(name => name !== 'dob') ?? []
    },
    'GET /v1/customers: 200/items/-/dob is not always there any more',
  ],
  [
    'a member of an answer may be null',
    document => {
      toMember(customer(document), 'location').type = ['string', 'null']
    },
    'GET /v1/customers: 200/items/-/location may now be null',
  ],
  [
    'a member of an answer is of another type',
    document => {
      toMember(customer(document), 'version').type = 'integer'
    },
    'GET /v1/customers: 200/items/-/version may now be integer',
  ],
]

const harmless: [string, Change][] = [
  ['nothing', () => undefined],
  [
    'a path is new',
    ({ paths }) => {
      paths['/v1/new'] = structuredClone(paths['/v1/diff'] ?? {})
    },
  ],
  [
    'a parameter is new, and not needed',
    document =>
      operation(document, 'get', '/v1/customers').parameters.push({
        name: 'country',
        in: 'query',
        required: false,
        schema: { type: 'string' },
      }),
  ],
  [
    'a member of a body is new, and not needed',
    document => {
      const body = toBody(document, '/v1/customers')
      body.properties = { ...body.properties, country: { type: 'string' } }
    },
  ],
  [
    'a member of a body may be longer',
    document => {
      stringIn(toMember(toBody(document, '/v1/customers'), 'surname')).maxLength = 2000
    },
  ],
  [
    'an answer has one more member',
    document => {
      customer(document).properties = { ...customer(document).properties, country: { type: 'string' } }
      customer(document).required?.push('country')
    },
  ],
  [
    'what wanted a token is open',
    document => {
      operation(document, 'get', '/v1/customers').security.length = 0
    },
  ],
  [
    'a description is another',
    document => {
      operation(document, 'get', '/v1/customers').summary = 'Everybody'
    },
  ],
]

describe('a change breaks callers where', () => {
  test.each(breaking)('%s', (_, change, said) => {
    const found = brokenBy(change)
    expect(found.filter(one => one.includes(said))).not.toEqual([])
  })
})

describe('a change breaks nobody where', () => {
  test.each(harmless)('%s', (_, change) => {
    expect(brokenBy(change)).toEqual([])
  })
})

test('the API breaks nobody who calls it as it was released last, unless its first number is another', () => {
  const released = lastRelease()
  const major = (version: string) => version.split('.')[0]
  const found = breakingChanges(released, toApiDocument(about.version))
  if (major(released.info.version) === major(about.version)) expect(found).toEqual([])
  else expect(Number(major(about.version))).toBeGreaterThan(Number(major(released.info.version)))
})
