import { expect, test } from '@jest/globals'
import { InvalidInput } from '#domain/errors.ts'
import { problemDocument } from '#functions/http/middleware/problem-document.ts'
import { toRequest } from './request.ts'

async function respondTo(error: Error) {
  const request = await toRequest()
  request.error = error
  await problemDocument().onError?.(request)
  if (!request.response) throw new Error('no response')
  return { request, response: request.response, problem: JSON.parse(request.response.body) }
}

test('returns a problem document with errors, path and request id for a problem error', async () => {
  const { request, response, problem } = await respondTo(
    new InvalidInput([{ pointer: '#/dob', detail: 'is not a date' }]),
  )
  expect(response.statusCode).toBe(400)
  expect(response.headers?.['Content-Type']).toBe('application/problem+json')
  expect(problem).toMatchObject({
    status: 400,
    instance: request.event.requestContext.path,
    request_id: request.event.requestContext.requestId,
    errors: [{ pointer: '#/dob', detail: 'is not a date' }],
  })
})

test('returns 500 without the message for an unknown error', async () => {
  const { response, problem } = await respondTo(new Error('Ada Lovelace is not a string'))
  expect(response.statusCode).toBe(500)
  expect(JSON.stringify(problem)).not.toContain('Lovelace')
})

test('returns 503 with Retry-After for a transient error', async () => {
  const { response } = await respondTo(Object.assign(new Error('slow down'), { name: 'ThrottlingException' }))
  expect(response.statusCode).toBe(503)
  expect(response.headers?.['Retry-After']).toBe('1')
})
