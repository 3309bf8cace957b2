import { describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { openapi } from '#contract/openapi.ts'
import type { Route } from '#contract/route.ts'
import { routes } from '#contract/routes.ts'

const operation = z.looseObject({ responses: z.record(z.string(), z.unknown()) })
const { paths } = z.looseObject({ paths: z.record(z.string(), z.record(z.string(), operation)) }).parse(openapi('1'))

const withBody = Object.entries<Route>(routes).filter(([, { consumes: types }]) => types.length > 0)
/** What is sent there was given out by the registry before: nobody makes it up. */
const OWN_WORDS = ['verifyLookup', 'verifyCertificate']

describe('the body of', () => {
  test.each(withBody.filter(([id]) => !OWN_WORDS.includes(id)))('%s has an example, which is taken', (_, { body }) => {
    const examples = z.globalRegistry.get(body)?.examples ?? []
    expect(examples).not.toEqual([])
    for (const example of examples as unknown[]) expect(body.safeParse(example)).toMatchObject({ success: true })
  })
})

test('what is not a batch id is told as such', () => {
  const read = routes.getBatch.params.safeParse({ id: 'none' })
  expect(read.error?.issues.map(({ message }) => message)).toEqual(['is not a batch id'])
})

test.each([
  ['get', '/v1/customers/{id}', [404, 410]],
  ['get', '/v1/customers/{id}/history', [404, 410]],
  ['get', '/v1/customers/{id}/diff', [404, 410]],
  ['get', '/v1/diff', [404, 410]],
  ['put', '/v1/customers/{id}/hold', [403, 404, 409, 410]],
  ['delete', '/v1/customers/{id}/hold', [403, 404, 409, 410]],
  ['get', '/v1/customers/{id}/duplicates', [404, 410]],
  ['post', '/v1/customers/{id}/split', [404, 409, 410]],
  ['post', '/v1/duplicates', [404, 409]],
  ['post', '/buy', [400, 410, 422]],
])('%s %s says that it may answer %j', (method, path, statuses) => {
  expect(Object.keys(paths[path]?.[method]?.responses ?? {})).toEqual(expect.arrayContaining(statuses.map(String)))
})

test('the audit is told in three media types, and of text the next page by a header', () => {
  const told = z.object({ content: z.record(z.string(), z.unknown()), headers: z.record(z.string(), z.unknown()) })
  const { content, headers } = told.parse(paths['/v1/audit']?.get?.responses['200'])
  expect(Object.keys(content)).toEqual(['application/json', 'text/csv', 'application/x-ndjson'])
  expect(Object.keys(headers)).toEqual(['Link'])
  expect(content['text/csv']).toEqual({ schema: { type: 'string' } })
})
