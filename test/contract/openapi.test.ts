import { describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { openapi } from '#contract/openapi.ts'
import type { Route } from '#contract/route.ts'
import { routes } from '#contract/routes.ts'

const operation = z.looseObject({ responses: z.record(z.string(), z.unknown()) })
const { paths } = z.looseObject({ paths: z.record(z.string(), z.record(z.string(), operation)) }).parse(openapi('1'))

const withBody = Object.entries<Route>(routes).filter(([, { consumes: types }]) => types.length > 0)
/** These bodies contain values that only the registry issues, so they have no valid example. */
const WITHOUT_EXAMPLE = ['verifyLookup', 'verifyCertificate']

describe('the request body of', () => {
  test.each(withBody.filter(([id]) => !WITHOUT_EXAMPLE.includes(id)))('%s has a valid example', (_, { body }) => {
    const examples = z.globalRegistry.get(body)?.examples ?? []
    expect(examples).not.toEqual([])
    for (const example of examples as unknown[]) expect(body.safeParse(example)).toMatchObject({ success: true })
  })
})

test('an invalid batch id is refused with a message', () => {
  const result = routes.getBatch.params.safeParse({ id: 'none' })
  expect(result.error?.issues.map(({ message }) => message)).toEqual(['is not a batch id'])
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
])('%s %s documents the statuses %j', (method, path, statuses) => {
  expect(Object.keys(paths[path]?.[method]?.responses ?? {})).toEqual(expect.arrayContaining(statuses.map(String)))
})

test('the audit list is documented in three media types, with a Link header for text', () => {
  const responseSchema = z.object({
    content: z.record(z.string(), z.unknown()),
    headers: z.record(z.string(), z.unknown()),
  })
  const { content, headers } = responseSchema.parse(paths['/v1/audit']?.get?.responses['200'])
  expect(Object.keys(content)).toEqual(['application/json', 'text/csv', 'application/x-ndjson'])
  expect(Object.keys(headers)).toEqual(['Link'])
  expect(content['text/csv']).toEqual({ schema: { type: 'string' } })
})
