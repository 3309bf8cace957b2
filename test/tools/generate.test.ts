import { readFile } from 'node:fs/promises'
import { describe, expect, test } from '@jest/globals'
import * as z from 'zod'
import type { Route } from '#contract/route.ts'
import { routes } from '#contract/routes.ts'
import { generateFiles } from '../../tools/codegen/generate-files.ts'
import { toTypes } from '../../tools/codegen/types.ts'

const generated = await generateFiles()

test.each(Object.entries(generated))('%s is up to date with the contract (npm run generate)', async (path, text) => {
  expect(await readFile(new URL(`../../${path}`, import.meta.url), 'utf8')).toBe(text)
})

test('alternatives beside a type are conditions and leave the type as it is', async () => {
  const criteria = {
    type: 'object',
    properties: { name: { type: ['string', 'null'], anyOf: [{ minLength: 1 }, { const: null }] } },
    additionalProperties: false,
    anyOf: [{ required: ['name'] }, { minProperties: 1 }],
  }
  const info = { title: 'An API', version: '1.0.0' }
  const types = await toTypes({ openapi: '3.1.0', info, paths: {}, components: { schemas: { Criteria: criteria } } })
  expect(types.replaceAll(/\s+/g, ' ')).toContain('Criteria: { name?: string | null; };')
})

test('alternatives without a type are a union', async () => {
  const schemas = { Id: { anyOf: [{ type: 'string' }, { type: 'integer' }] } }
  const info = { title: 'An API', version: '1.0.0' }
  expect(await toTypes({ openapi: '3.1.0', info, paths: {}, components: { schemas } })).toContain(
    'Id: string | number;',
  )
})

const request = z.object({
  method: z.string(),
  header: z.array(z.object({ key: z.string(), value: z.string() })),
  url: z.object({
    raw: z.string(),
    path: z.array(z.string()),
    query: z.array(z.object({ key: z.string(), disabled: z.boolean() })),
    variable: z.array(z.object({ key: z.string() })),
  }),
  body: z.object({ mode: z.literal('raw'), raw: z.string() }).optional(),
  auth: z.object({ type: z.literal('noauth') }).optional(),
})
const item = z.object({
  name: z.string(),
  request: request,
  event: z.array(z.object({ script: z.object({ exec: z.array(z.string()) }) })).optional(),
})
const collection = z.object({
  info: z.object({
    name: z.string(),
    schema: z.literal('https://schema.getpostman.com/json/collection/v2.1.0/collection.json'),
  }),
  variable: z.array(z.object({ key: z.string() })),
  item: z.array(z.object({ name: z.string(), item: z.array(item) })),
})

describe('the Postman collection', () => {
  const { item: folders, variable } = collection.parse(JSON.parse(generated['client/postman.json'] ?? ''))
  const items = folders.flatMap(folder => folder.item)
  const findItem = (id: string) => items.find(({ name }) => name.startsWith(`${id}: `))
  const allRoutes = Object.entries<Route>(routes)
  /** These bodies contain values that only the registry issues, so they have no valid example. */
  const WITHOUT_EXAMPLE = ['verifyLookup', 'verifyCertificate']

  test.each(allRoutes)('has a request for %s that matches its route', (id, route) => {
    const request = findItem(id)?.request
    expect(request?.method).toBe(route.method)
    expect(`/${request?.url.path.join('/')}`).toBe(route.path.replaceAll(/\{(\w+)\}/g, ':$1'))
    expect(request?.url.variable.map(({ key }) => key)).toEqual(
      [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name),
    )
    expect(request?.auth?.type === 'noauth').toBe(route.role === 'public')
  })

  test.each(
    allRoutes.filter(([id, { consumes: types }]) => types[0] === 'application/json' && !WITHOUT_EXAMPLE.includes(id)),
  )('has a valid body for %s', (id, { body }) => {
    const example: unknown = JSON.parse(findItem(id)?.request.body?.raw ?? '')
    expect(body.safeParse(example)).toMatchObject({ success: true })
  })

  test('contains only requests of routes', () => {
    expect(items).toHaveLength(allRoutes.length)
  })

  test('stores the token of a login for all requests', () => {
    expect(variable.map(({ key }) => key)).toEqual(['url', 'token'])
    const [script = ''] = findItem('createToken')?.event?.[0]?.script.exec ?? []
    const variables: unknown[] = []
    const pm = {
      response: { code: 200, json: () => ({ access_token: 'a token' }) },
      collectionVariables: { set: (...args: unknown[]) => variables.push(args) },
    }
    new Function('pm', script)(pm)
    expect(variables).toEqual([['token', 'a token']])
  })
})
