import { readFile } from 'node:fs/promises'
import { describe, expect, test } from '@jest/globals'
import * as z from 'zod'
import type { Route } from '#contract/route.ts'
import { routes } from '#contract/routes.ts'
import { generateFiles } from '../../tools/codegen/generate-files.ts'
import { toType } from '../../tools/codegen/types.ts'

const made = generateFiles()

test.each(Object.entries(made))('%s is as the contract is now; else: npm run generate', async (path, text) => {
  expect(await readFile(new URL(`../../${path}`, import.meta.url), 'utf8')).toBe(text)
})

describe('a schema becomes a type:', () => {
  test.each([
    [{ type: 'string', format: 'uuid' }, 'string'],
    [{ type: 'integer' }, 'number'],
    [{ type: ['string', 'null'] }, 'string | null'],
    [{ anyOf: [{ type: 'string' }, { type: 'null' }] }, 'string | null'],
    [{ enum: ['a', 'b'] }, '"a" | "b"'],
    [{ const: 'a' }, '"a"'],
    [{ $ref: '#/components/schemas/Customer' }, 'Schemas["Customer"]'],
    [{ type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'number' }] } }, '(string | number)[]'],
    [{ type: 'array', prefixItems: [{ type: 'string' }, { type: 'number' }] }, '[string, number]'],
    [{ type: 'object', additionalProperties: { type: 'number' } }, 'Record<string, number>'],
    [{ type: 'object', properties: { 'a-b': { type: 'string' } }, required: [] }, '{\n  "a-b"?: string\n}'],
    [{ type: 'object', properties: { a: { type: 'string' } }, required: ['a'] }, '{\n  a: string\n}'],
    [{}, 'unknown'],
  ])('%j', (schema, type) => {
    expect(toType(schema)).toBe(type)
  })
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
  const { item: folders, variable } = collection.parse(JSON.parse(made['client/postman.json'] ?? ''))
  const items = folders.flatMap(folder => folder.item)
  const itemOf = (id: string) => items.find(({ name }) => name.startsWith(`${id}: `))
  const all = Object.entries<Route>(routes)
  /** What is sent there was given out by the registry before: nobody makes it up. */
  const ownWords = ['verifyLookup', 'verifyCertificate']

  test.each(all)('has %s as its route is', (id, route) => {
    const made = itemOf(id)?.request
    expect(made?.method).toBe(route.method)
    expect(`/${made?.url.path.join('/')}`).toBe(route.path.replaceAll(/\{(\w+)\}/g, ':$1'))
    expect(made?.url.variable.map(({ key }) => key)).toEqual(
      [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name),
    )
    expect(made?.auth?.type === 'noauth').toBe(route.role === 'public')
  })

  test.each(all.filter(([id, { consumes: types }]) => types[0] === 'application/json' && !ownWords.includes(id)))(
    'sends %s a body that is taken',
    (id, { body }) => {
      const sent: unknown = JSON.parse(itemOf(id)?.request.body?.raw ?? '')
      expect(body.safeParse(sent)).toMatchObject({ success: true })
    },
  )

  test('has nothing that is no route', () => {
    expect(items).toHaveLength(all.length)
  })

  test('keeps the token of a log-in for all others', () => {
    expect(variable.map(({ key }) => key)).toEqual(['url', 'token'])
    const [script = ''] = itemOf('createToken')?.event?.[0]?.script.exec ?? []
    const kept: unknown[] = []
    const pm = {
      response: { code: 200, json: () => ({ access_token: 'a token' }) },
      collectionVariables: { set: (...words: unknown[]) => kept.push(words) },
    }
    new Function('pm', script)(pm)
    expect(kept).toEqual([['token', 'a token']])
  })
})
