import { describe, expect, test } from '@jest/globals'
import about from '../../package.json' with { type: 'json' }
import { type ApiDocument, type Operation, type Schema, toApiDocument } from '../../tools/codegen/api-document.ts'
import { breakingChanges } from '../../tools/codegen/breaking-changes.ts'
import { lastRelease } from '../../tools/codegen/releases.ts'

type Change = (document: ApiDocument) => void

/** Returns what a change of the API breaks. */
function findBreakingChanges(change: Change): string[] {
  const before = toApiDocument('1.0.0')
  const after = structuredClone(before)
  change(after)
  return breakingChanges(before, after)
}

const getOperation = (document: ApiDocument, method: string, path: string): Operation => {
  const operation = document.paths[path]?.[method]
  if (operation === undefined) throw new Error(`there is no operation ${method} ${path}`)
  return operation
}
const getBody = (document: ApiDocument, path: string): Schema =>
  getOperation(document, 'post', path).requestBody?.content['application/json']?.schema ?? {}
const getMember = (schema: Schema | undefined, name: string): Schema => {
  const member = schema?.properties?.[name]
  if (member === undefined) throw new Error(`there is no member ${name}`)
  return member
}
const getCustomerSchema = (document: ApiDocument): Schema => document.components.schemas.Customer ?? {}
const findStringSchema = (schema: Schema): Schema => schema.anyOf?.find(({ type }) => type === 'string') ?? {}

const breaking: [string, Change, string][] = [
  ['a path is removed', ({ paths }) => delete paths['/v1/diff'], 'GET /v1/diff was removed'],
  ['a method is removed', ({ paths }) => delete paths['/v1/customers/{id}']?.put, 'PUT /v1/customers/{id} was removed'],
  [
    'a body must meet one more condition',
    document => {
      getBody(document, '/v1/customers').allOf = [{ required: ['surname'] }]
    },
    'body has a different allOf',
  ],
  [
    'a public operation requires a token',
    document => getOperation(document, 'post', '/v1/lookup').security.push({ bearer: [] }),
    'POST /v1/lookup: now requires a token',
  ],
  [
    'a parameter is removed',
    document => getOperation(document, 'get', '/v1/diff').parameters.splice(0, 1),
    'is no longer accepted',
  ],
  [
    'an optional parameter becomes required',
    document => {
      for (const parameter of getOperation(document, 'get', '/v1/customers').parameters) parameter.required = true
    },
    'GET /v1/customers: ?limit is now required',
  ],
  [
    'a new parameter is required',
    document =>
      getOperation(document, 'get', '/v1/customers').parameters.push({
        name: 'country',
        in: 'query',
        required: true,
        schema: { type: 'string' },
      }),
    'GET /v1/customers: ?country is now required',
  ],
  [
    'a parameter accepts fewer values',
    document => {
      const state = getOperation(document, 'get', '/v1/customers').parameters.find(({ name }) => name === 'state')
      if (state) state.schema.enum = ['active']
    },
    'GET /v1/customers: ?state may no longer be deleted',
  ],
  [
    'a body is no longer accepted in a media type',
    document => delete getOperation(document, 'post', '/v1/batches').requestBody?.content['text/csv'],
    'POST /v1/batches: body is no longer accepted as text/csv',
  ],
  [
    'a member of a body is removed',
    document => delete getBody(document, '/v1/customers').properties?.dob,
    'POST /v1/customers: body/dob is no longer accepted',
  ],
  [
    'a member of a body becomes required',
    document => {
      getBody(document, '/v1/customers').required = ['surname']
    },
    'POST /v1/customers: body/surname is now required',
  ],
  [
    'a member of a body can no longer be null',
    document => {
      const surname = getMember(getBody(document, '/v1/customers'), 'surname')
      surname.anyOf = [findStringSchema(surname)]
    },
    'POST /v1/customers: body/surname may no longer be null',
  ],
  [
    'a member of a body must be shorter',
    document => {
      findStringSchema(getMember(getBody(document, '/v1/customers'), 'surname')).maxLength = 20
    },
    'POST /v1/customers: body/surname has a narrower maxLength',
  ],
  [
    'a member of a body gets a different pattern',
    document => {
      getMember(getBody(document, '/v1/customers'), 'type').pattern = '^P'
    },
    'POST /v1/customers: body/type has a different pattern',
  ],
  [
    'a list in a body may have fewer entries',
    document => {
      getMember(getBody(document, '/v1/match'), 'queries').maxItems = 10
    },
    'POST /v1/match: body/queries has a narrower maxItems',
  ],
  [
    'a response gets another status',
    document => {
      const { responses } = getOperation(document, 'post', '/v1/customers')
      responses['200'] = responses['201'] ?? {}
      delete responses['201']
    },
    'POST /v1/customers: 201 is no longer returned',
  ],
  [
    'a response is no longer available in a media type',
    document => delete getOperation(document, 'get', '/v1/audit').responses['200']?.content?.['text/csv'],
    'GET /v1/audit: 200 is no longer returned as text/csv',
  ],
  [
    'a response loses a member',
    document => {
      delete getCustomerSchema(document).properties?.dob
      getCustomerSchema(document).required = getCustomerSchema(document).required?.filter(name => name !== 'dob') ?? []
    },
    'GET /v1/customers: 200/items/-/dob is no longer always present',
  ],
  [
    'a member of a response can be null',
    document => {
      getMember(getCustomerSchema(document), 'location').type = ['string', 'null']
    },
    'GET /v1/customers: 200/items/-/location may now be null',
  ],
  [
    'a member of a response gets another type',
    document => {
      getMember(getCustomerSchema(document), 'version').type = 'integer'
    },
    'GET /v1/customers: 200/items/-/version may now be integer',
  ],
]

const harmless: [string, Change][] = [
  ['nothing', () => undefined],
  [
    'a path is added',
    ({ paths }) => {
      paths['/v1/new'] = structuredClone(paths['/v1/diff'] ?? {})
    },
  ],
  [
    'an optional parameter is added',
    document =>
      getOperation(document, 'get', '/v1/customers').parameters.push({
        name: 'country',
        in: 'query',
        required: false,
        schema: { type: 'string' },
      }),
  ],
  [
    'an optional member of a body is added',
    document => {
      const body = getBody(document, '/v1/customers')
      body.properties = { ...body.properties, country: { type: 'string' } }
    },
  ],
  [
    'a member of a body may be longer',
    document => {
      findStringSchema(getMember(getBody(document, '/v1/customers'), 'surname')).maxLength = 2000
    },
  ],
  [
    'a response gets another member',
    document => {
      getCustomerSchema(document).properties = {
        ...getCustomerSchema(document).properties,
        country: { type: 'string' },
      }
      getCustomerSchema(document).required?.push('country')
    },
  ],
  [
    'an operation becomes public',
    document => {
      getOperation(document, 'get', '/v1/customers').security.length = 0
    },
  ],
  [
    'a description changes',
    document => {
      getOperation(document, 'get', '/v1/customers').summary = 'Everybody'
    },
  ],
]

describe('a change breaks callers when', () => {
  test.each(breaking)('%s', (_, change, message) => {
    const changes = findBreakingChanges(change)
    expect(changes.filter(change => change.includes(message))).not.toEqual([])
  })
})

describe('a change breaks no callers when', () => {
  test.each(harmless)('%s', (_, change) => {
    expect(findBreakingChanges(change)).toEqual([])
  })
})

test('the API is compatible with its last release, unless the major version differs', () => {
  const released = lastRelease()
  const major = (version: string) => version.split('.')[0]
  const changes = breakingChanges(released, toApiDocument(about.version))
  if (major(released.info.version) === major(about.version)) expect(changes).toEqual([])
  else expect(Number(major(about.version))).toBeGreaterThan(Number(major(released.info.version)))
})
