import { expect, test } from '@jest/globals'
import { headers } from '#functions/http/middleware/headers.ts'
import { toRequest } from './request.ts'

test.each(['after', 'onError'] as const)(
  '%s: adds the common headers and the request id to every response',
  async phase => {
    const request = await toRequest()
    request.response = { statusCode: 200, body: '', headers: { 'Content-Type': 'text/plain' } }
    await headers()[phase]?.(request)
    expect(request.response.headers).toEqual({
      'Content-Type': 'text/plain',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'X-Request-Id': request.event.requestContext.requestId,
    })
  },
)

test('a header of the response replaces the common one', async () => {
  const request = await toRequest()
  request.response = { statusCode: 200, body: '', headers: { 'Cache-Control': 'max-age=60' } }
  await headers().after?.(request)
  expect(request.response.headers).toMatchObject({ 'Cache-Control': 'max-age=60' })
})

test('adds nothing without a response, so that middy still throws the error', async () => {
  const request = await toRequest()
  await headers().onError?.(request)
  expect(request.response).toBeUndefined()
})
