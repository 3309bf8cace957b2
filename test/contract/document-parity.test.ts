import { describe, expect, test } from '@jest/globals'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { z } from 'zod'
import { openapi } from '#contract/openapi.ts'
import { headerSchemas, json, type Route } from '#contract/route.ts'
import { routes } from '#contract/routes.ts'
import { createBody } from '#contract/schemas/customer.ts'
import { requestFieldBody } from '#contract/schemas/field.ts'
import { flattenFields, validatePatch, validateState } from '#domain/customers/customer-fields.ts'
import { definitionFaults } from '#domain/fields/definition.ts'
import { readJson } from '#domain/json.ts'
import { withoutNulls } from '#domain/records/prepare-write.ts'

/** The document is read by an independent implementation of JSON Schema, which must accept the same values as the parser. */
const document = openapi('1')
const ajv = new Ajv2020({ strict: false, validateFormats: false, multipleOfPrecision: 6 })
ajv.addSchema(document, 'api')

const toToken = (name: string): string => encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))
const isDocumented = (...path: string[]) => ajv.compile({ $ref: `api#/${path.map(toToken).join('/')}` })

const LINE_LENGTHS = [64, 100, 200, 500, 1000].flatMap(max => [max, max + 1])
const texts = [
  ...[
    '',
    ' ',
    'a',
    ' a ',
    'Ann Lee',
    '\u00a0',
    '\u200d',
    'می\u200cخواهم',
    'a\u0000',
    'a\nb',
    'a\u0085',
    '\u202ea',
    'a\ufeff',
    '\u200e',
    '\u200ea\u00ad',
    'a\tb',
    '\t',
    '\u2066a\u2069',
    '\u180ea',
    'a\u2061',
  ],
  ...[
    '\ue000',
    '\uffff',
    '\u{1ffff}',
    '\u{e0041}',
    '\u{f0000}',
    '\u{10ffff}',
    '𠮷\u{e0100}',
    '.',
    '..',
    ' . ',
    'a/b',
    'a\\b',
  ],
  ...[
    '1985',
    '1985-04',
    '1985-04-31',
    '1984-02-29',
    '1985-02-29',
    '0000',
    '1985-13',
    '2026-05-31',
    '2026-05-31T14:00:00Z',
  ],
  ...[
    '2026-05-31T24:00Z',
    '2026-05-31T24:01Z',
    '0001-01-01T00:00:00+00:01',
    '9999-12-31T23:59-01:00',
    '9999-12-31T24:00Z',
  ],
  ...[
    'PERSON',
    'person',
    'text',
    'number',
    'choice',
    'sensitive',
    'none',
    'same',
    'confirm',
    'EUR',
    'XYZ',
    '19.99',
    '-1',
    '0.1234567',
  ],
  ...[
    '0b1f6d3e-6c5a-4d0f-9b3e-2f4a5c6d7e8f',
    '0b1f6d3e',
    'loyalty',
    'surname',
    'constructor',
    '25',
    '0',
    '101',
    '1e2',
    'true',
  ],
  ...LINE_LENGTHS.flatMap(length => ['a'.repeat(length), '𠮷'.repeat(length)]),
]
const values: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(...texts),
  fc.constantFrom<unknown>(...texts),
  fc.string({ unit: 'binary', maxLength: 4 }).filter(text => text.isWellFormed()),
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    0,
    1,
    -1,
    0.5,
    25,
    100,
    101,
    36_525,
    36_526,
    2 ** 53,
    1e-101,
    1e12,
    {},
    [],
    ['a'],
    ['a', 'a'],
  ),
  fc.constantFrom<unknown>(
    { city: 'Gent' },
    { City: 'Gent' },
    { city: null },
    { city: '\u0000' },
    { n: 1e101 },
    { PERSON: 1 },
  ),
)

const isObject = z.record(z.string(), z.unknown())

/** A body with some of its members replaced, removed or added, also within members. */
function edit(
  body: unknown,
  names: readonly string[],
  edits: readonly (readonly [number, number, unknown])[],
): unknown {
  const copy = structuredClone(body)
  for (const [how, at, value] of edits) {
    const inner = isObject.safeParse(copy).data ?? {}
    const list = Object.values(inner).find(Array.isArray)
    const target = how === 0 ? (isObject.safeParse(list?.[0]).data ?? inner) : inner
    const name = names[at % names.length] ?? 'more'
    if (how === 1) delete Object(copy)[name]
    else if (how === 0 && list !== undefined && target !== inner) list[0] = { ...target, [name]: value }
    else Object(copy)[name] = value
  }
  return copy
}

const isIdentified = (body: unknown): boolean =>
  validateState(withoutNulls(flattenFields(createBody.parse(body), new Map()))).length === 0

const CALLER = { now: '2026-05-31T14:00:00.000Z', actor: 'ada' }
const isMarkedBesideDob = (body: unknown): boolean =>
  validatePatch(createBody.parse(body), new Map(), CALLER).every(({ pointer }) => pointer !== '#/dob_approximate')

/** Rules of a body that the domain checks, because they also hold for what a record has already. */
const domainRules: Readonly<Record<string, (body: unknown) => boolean>> = {
  createCustomer: body => isIdentified(body) && isMarkedBesideDob(body),
  patchCustomer: isMarkedBesideDob,
  putCustomer: body => isIdentified(body) && isMarkedBesideDob(body),
  requestField: body => {
    const faults = definitionFaults(requestFieldBody.parse(body))
    // No schema can say whether a pattern takes little time; which countries exist depends on the platform.
    return faults.every(
      ({ pointer, detail }) => ['#/pattern', '#/country'].includes(pointer) && !detail.startsWith('is for'),
    )
  },
}

const withJson = Object.entries<Route>(routes).filter(([, { consumes }]) => consumes.includes(json))

describe('the document accepts the bodies that the server accepts, and no others:', () => {
  test.each(withJson)('%s', (id, route) => {
    const isValid = isDocumented(
      'paths',
      route.path,
      route.method.toLowerCase(),
      'requestBody',
      'content',
      json,
      'schema',
    )
    const examples = z
      .array(z.unknown())
      .parse(z.globalRegistry.get(route.body)?.examples ?? [{ receipt: 'a', certificate: 'a' }])
    const names = [
      ...new Set([
        ...examples.flatMap(example => Object.keys(Object(example))),
        ...Object.keys(Object(route.body).shape ?? {}),
      ]),
    ]
    const edits = fc.array(fc.tuple(fc.nat(2), fc.nat(30), values), { maxLength: 3 })
    fc.assert(
      fc.property(fc.constantFrom(...examples), edits, (example, changes) => {
        const body = edit(example, [...names, 'more'], changes)
        const read = readJson(JSON.stringify(body), route.exactNumbers)
        if (!('value' in read)) throw new Error('an edited body is valid JSON')
        const isAccepted = route.body.safeParse(read.value).success && (domainRules[id]?.(body) ?? true)
        expect({ body, isAccepted: isValid(body) }).toEqual({ body, isAccepted })
      }),
      { numRuns: 400, seed: 1 },
    )
  })
})

const parameters = Object.entries<Route>(routes).flatMap(([id, route]) =>
  z
    .array(
      z.looseObject({
        name: z.string(),
        in: z.enum(['path', 'query', 'header']),
        schema: z.looseObject({ type: z.unknown() }),
      }),
    )
    .parse(Object(document.paths)[route.path][route.method.toLowerCase()].parameters)
    // A parameter with any name.
    .filter(({ name }) => name !== 'detail.NAME')
    .map(({ name, in: place, schema }, n) => ({ id, route, name, place, isNumber: schema.type === 'integer', n })),
)

const isHeader = (name: string): name is keyof typeof headerSchemas => name in headerSchemas

describe('the document accepts the parameters that the server accepts, and no others:', () => {
  test.each(parameters)('$name in $place of $id', ({ route, name, place, isNumber, n }) => {
    const isValid = isDocumented('paths', route.path, route.method.toLowerCase(), 'parameters', String(n), 'schema')
    const isRead = (text: string): boolean => {
      if (isHeader(name)) return headerSchemas[name].safeParse(text).success
      const { error } = (place === 'query' ? route.query : route.params).safeParse({ [name]: text })
      return !error?.issues.some(({ path, code }) => path[0] === name || code === 'unrecognized_keys')
    }
    for (const text of texts) {
      // As a number a text may be written in many ways, of which the server reads one.
      const value = isNumber && /^\d{1,9}$/.test(text) ? Number(text) : text
      expect({ text, isAccepted: isValid(value) }).toEqual({ text, isAccepted: isRead(text) })
    }
  })
})
