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
import { editBody, texts, values } from './edited-bodies.ts'

/** The document is read by an independent implementation of JSON Schema, which must accept the same values as the parser. */
const document = openapi('1')
const ajv = new Ajv2020({ strict: false, validateFormats: false, multipleOfPrecision: 6 })
ajv.addSchema(document, 'api')

const toToken = (name: string): string => encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))
const isDocumented = (...path: string[]) => ajv.compile({ $ref: `api#/${path.map(toToken).join('/')}` })

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
        const body = editBody(example, [...names, 'more'], changes)
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
